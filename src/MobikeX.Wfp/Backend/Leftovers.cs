using System.Runtime.Versioning;
using MobikeX.Wfp.Interop;

namespace MobikeX.Wfp;

/// <summary>What a change had to leave, since the platform refused a step from which there was no way back; it is tried again before the next change.</summary>
[SupportedOSPlatform("windows")]
internal sealed class Leftovers
{
    private readonly List<ulong> _contexts = [];
    private readonly List<ulong> _filters = [];
    private readonly List<string> _notes = [];

    /// <summary>What is left, in words; null where nothing is.</summary>
    public string? Describe()
    {
        List<string> words = [.. _notes];
        words.AddRange(_contexts.Select(static id => $"SA context {id} is still to be deleted"));
        words.AddRange(_filters.Select(static id => $"filter {id} is still to be deleted"));
        return words.Count == 0 ? null : string.Join("; ", words);
    }

    public void Note(string what) => _notes.Add(what);

    /// <summary>Tries once more what was left.</summary>
    public void Retry(WfpEngine engine)
    {
        _notes.Clear();
        ulong[] contexts = [.. _contexts], filters = [.. _filters];
        _contexts.Clear();
        _filters.Clear();
        foreach (ulong id in contexts)
        {
            DeleteOrKeep(engine, id);
        }

        DeleteOrKeep(engine, filters);
    }

    /// <summary>Deletes a context; one that is gone already is what was asked for.</summary>
    public void Delete(WfpEngine engine, ulong context)
    {
        try
        {
            engine.DeleteContext(context);
        }
        catch (WfpException gone) when (gone.Code == WfpResult.NotFound)
        {
            // Its owner was faster.
        }
    }

    /// <summary>Deletes filters, all of them or none.</summary>
    public void Delete(WfpEngine engine, ulong[] filters)
    {
        if (filters.Length > 0)
        {
            engine.InTransaction(() => Array.ForEach(filters, id => DeleteIfThere(engine, id)));
        }
    }

    /// <summary>Deletes a context, now or before the next change.</summary>
    public void DeleteOrKeep(WfpEngine engine, ulong context)
    {
        try
        {
            Delete(engine, context);
        }
        catch (WfpException)
        {
            _contexts.Add(context);
        }
    }

    /// <summary>Deletes filters, now or before the next change.</summary>
    public void DeleteOrKeep(WfpEngine engine, ulong[] filters)
    {
        try
        {
            Delete(engine, filters);
        }
        catch (WfpException)
        {
            _filters.AddRange(filters);
        }
    }

    private static void DeleteIfThere(WfpEngine engine, ulong id)
    {
        try
        {
            engine.DeleteFilter(id);
        }
        catch (WfpException gone) when (gone.Code == WfpResult.FilterNotFound)
        {
            // Its owner was faster.
        }
    }
}
