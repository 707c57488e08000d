using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Model;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Binding;

/// <summary>The states of a machine: each says what every event does, each is reached, and each is left unless it is final.</summary>
internal sealed class StateBinder(ElementReader elements, MachineNames names, TransitionBinder transitions, DiagnosticBag diagnostics)
{
    /// <summary>The states, the initial one first; null where one is at fault, which is reported.</summary>
    public List<StateModel>? Read(YamlMapping nodes, YamlScalar initial, IReadOnlyList<ElementInfo> events)
    {
        var taken = new TypeNames(diagnostics);
        var clrNames = new List<string?>();
        foreach (YamlEntry entry in nodes.Entries)
        {
            string? clrName = ElementReader.ClrName(entry, diagnostics);
            clrName = clrName is not null && taken.Claim([clrName], entry.Key) ? clrName : null;
            clrNames.Add(clrName);
            names.Add("state", entry.Key.Value, clrName);
        }

        string? first = names.Use("state", initial);
        var states = new List<StateModel?>();
        for (int i = 0; i < nodes.Entries.Count; i++)
        {
            states.Add(clrNames[i] is { } clrName ? ReadState(nodes.Entries[i], clrName, events) : null);
        }

        if (first is null || states.Contains(null))
        {
            return null;
        }

        List<StateModel> sound = [.. states.OfType<StateModel>()];
        return CheckPaths(sound, nodes, first) ? [.. sound.OrderBy(s => s.Info.ClrName == first ? 0 : 1)] : null;
    }

    private StateModel? ReadState(YamlEntry entry, string clrName, IReadOnlyList<ElementInfo> events)
    {
        if (KeyReader.Of(entry.Value, entry.Key, diagnostics) is not { } keys)
        {
            return null;
        }

        ElementInfo info = elements.Read(keys, entry.Key, clrName);
        bool final = keys.Boolean("final");
        YamlMapping? on = keys.Mapping("on");
        YamlNode? otherwise = keys.Take("otherwise");
        keys.Finish();

        var read = new Dictionary<string, StateEventModel?>(StringComparer.Ordinal);
        bool sound = true;
        foreach (YamlEntry handled in on?.Entries ?? [])
        {
            if (names.Use("event", handled.Key) is { } eventName)
            {
                read[eventName] = transitions.Read(eventName, handled.Value, handled.Key);
                sound &= read[eventName] is not null;
            }
            else
            {
                sound = false;
            }
        }

        List<ElementInfo> missing = [.. events.Where(e => !read.ContainsKey(e.ClrName))];
        if (missing.Count > 0 && otherwise is not null)
        {
            StateEventModel? rest = transitions.Read("", otherwise, entry.Key);
            sound &= rest is not null;
            foreach (ElementInfo e in missing)
            {
                read[e.ClrName] = rest is null ? null : rest with { Event = e.ClrName };
            }
        }
        else if (missing.Count > 0 && final)
        {
            foreach (ElementInfo e in missing)
            {
                read[e.ClrName] = new StateEventModel(e.ClrName, Ignored: true, default);
            }
        }
        else if (missing.Count > 0)
        {
            // An event that is written wrong is reported as unknown already: it is most likely the one that is missing.
            if (sound)
            {
                diagnostics.Report(MachineRules.Incomplete, entry.Key, string.Join(", ", missing.Select(e => e.Name)));
            }

            sound = false;
        }

        return sound ? new StateModel(info, final, events.Select(e => read[e.ClrName]!).ToEquatableArray()) : null;
    }

    private bool CheckPaths(List<StateModel> states, YamlMapping nodes, string initial)
    {
        Dictionary<string, HashSet<string>> targets = states.ToDictionary(
            s => s.Info.ClrName,
            s => new HashSet<string>(s.Events.SelectMany(e => e.Transitions).Select(t => t.Target).OfType<string>().Where(t => t != s.Info.ClrName)));
        var reached = new HashSet<string> { initial };
        var open = new Queue<string>(reached);
        while (open.Count > 0)
        {
            foreach (string next in targets[open.Dequeue()])
            {
                if (reached.Add(next))
                {
                    open.Enqueue(next);
                }
            }
        }

        bool sound = true;
        for (int i = 0; i < states.Count; i++)
        {
            StateModel state = states[i];
            YamlScalar at = nodes.Entries[i].Key;
            if (!reached.Contains(state.Info.ClrName))
            {
                diagnostics.Report(MachineRules.Unreachable, at, states.First(s => s.Info.ClrName == initial).Info.Name);
                sound = false;
            }

            bool leaves = targets[state.Info.ClrName].Count > 0;
            if (leaves == state.Final)
            {
                diagnostics.Report(leaves ? MachineRules.FinalActs : MachineRules.DeadEnd, at);
                sound = false;
            }
        }

        return sound;
    }
}
