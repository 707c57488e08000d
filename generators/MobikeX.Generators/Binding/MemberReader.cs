using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Model;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Binding;

/// <summary>Reads a mapping of names to descriptions: the values of a trait, the events, guards and actions of a machine.</summary>
internal sealed class MemberReader(ElementReader elements, DiagnosticBag diagnostics)
{
    /// <param name="taken">The C# names that the members share with others.</param>
    public List<ElementInfo> Read(YamlMapping? members, TypeNames taken)
    {
        var found = new List<ElementInfo>();
        foreach (YamlEntry entry in members?.Entries ?? [])
        {
            if (!entry.Value.Truncated && elements.ReadShort(entry, diagnostics) is { } info && taken.Claim([info.ClrName], entry.Key))
            {
                found.Add(info);
            }
        }

        return found;
    }
}
