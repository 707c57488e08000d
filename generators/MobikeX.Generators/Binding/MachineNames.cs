using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Model;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Binding;

/// <summary>What a machine declares, by the names that its transitions use.</summary>
internal sealed class MachineNames(DiagnosticBag diagnostics)
{
    private readonly Dictionary<string, Dictionary<string, string?>> _kinds = [];

    /// <summary>Enters a name that was written, with its C# name; null where it was at fault, so that its use is no second fault.</summary>
    public void Add(string kind, string name, string? clrName) => Of(kind)[name] = clrName;

    public void AddAll(string kind, YamlMapping? written, IEnumerable<ElementInfo> bound)
    {
        foreach (YamlEntry entry in written?.Entries ?? [])
        {
            Add(kind, entry.Key.Value, null);
        }

        foreach (ElementInfo info in bound)
        {
            Add(kind, info.Name, info.ClrName);
        }
    }

    /// <summary>The C# name of what a transition uses; null where the machine does not declare it, which is reported.</summary>
    public string? Use(string kind, YamlScalar reference, string name)
    {
        Dictionary<string, string?> known = Of(kind);
        if (known.TryGetValue(name, out string? clrName))
        {
            return clrName;
        }

        diagnostics.Report(MachineRules.Unknown, reference, kind, name, Suggestion.For(name, known.Keys));
        return null;
    }

    public string? Use(string kind, YamlScalar reference) => Use(kind, reference, reference.Value);

    private Dictionary<string, string?> Of(string kind)
    {
        if (!_kinds.TryGetValue(kind, out Dictionary<string, string?>? names))
        {
            _kinds[kind] = names = new Dictionary<string, string?>(StringComparer.Ordinal);
        }

        return names;
    }
}
