using MobikeX.Generators.Diagnostics;

namespace MobikeX.Generators.Binding;

/// <summary>What the code of a spec, which knows all that its imports bring in, could not tell apart. Two imports that do not know each other are each sound.</summary>
internal sealed class ImportClashes(DiagnosticBag diagnostics)
{
    /// <summary>Those that can stand beside each other, nearest first. The others are reported: at the import that brings them in, or at the spec's own.</summary>
    /// <param name="found">What the spec declares and what its imports do, nearest first.</param>
    /// <param name="shared">What two have in common that they must not, as the end of a sentence; null for nothing.</param>
    public List<(Declaration Declaration, T Model)> Apart<T>(SpecScope spec, IEnumerable<(Declaration Declaration, T Model)> found, Func<T, T, string?> shared)
    {
        List<(Declaration Declaration, T Model)> apart = [];
        foreach ((Declaration far, T model) in found)
        {
            (Declaration Near, string What)? clash = apart
                .Select(near => shared(near.Model, model) is { } what ? (near.Declaration, what) : ((Declaration, string)?)null)
                .FirstOrDefault(static each => each is not null);
            if (clash is { } told)
            {
                Report(spec, told.Near, far, told.What);
            }
            else
            {
                apart.Add((far, model));
            }
        }

        return apart;
    }

    /// <summary>What the C# name of both is, as the end of a sentence; null where the names differ.</summary>
    public static string? SharedName(string first, string second) =>
        string.Equals(first, second, StringComparison.OrdinalIgnoreCase) ? $"are both '{second}' in C#" : null;

    private void Report(SpecScope spec, Declaration near, Declaration far, string what)
    {
        if (near.Owner == spec)
        {
            diagnostics.Report(ShapeRules.ClrNameClash, near.NameNode, far.Name, near.Name, near.ClrName!);
        }
        else if (!spec.Closure.Any(s => s != spec && s.All(Section.Notifies).Count > 0 && s.Closure.Contains(near.Owner) && s.Closure.Contains(far.Owner)))
        {
            diagnostics.Report(ProjectRules.ImportClash, spec.ImportOf(far.Owner, near.Owner), $"{far.Owner.Name}.{far.Name}", $"{near.Owner.Name}.{near.Name}", what);
        }
    }
}
