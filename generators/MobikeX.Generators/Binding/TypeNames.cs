using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Binding;

/// <summary>C# names that must differ from each other: the types of a namespace, the members of a type. Files are named after types, so case does not tell two apart.</summary>
internal sealed class TypeNames(DiagnosticBag diagnostics)
{
    private readonly Dictionary<string, YamlScalar?> _taken = new(StringComparer.OrdinalIgnoreCase);

    public TypeNames Reserve(params string[] clrNames)
    {
        foreach (string clrName in clrNames)
        {
            _taken[clrName] = null;
        }

        return this;
    }

    /// <summary>False where another has one of the names already, which is reported.</summary>
    public bool Claim(IEnumerable<string> clrNames, YamlScalar name)
    {
        foreach (string clrName in clrNames)
        {
            if (_taken.TryGetValue(clrName, out YamlScalar? other))
            {
                if (other is null)
                {
                    diagnostics.Report(ShapeRules.ClrNameTaken, name, name.Value, clrName);
                }
                else
                {
                    diagnostics.Report(ShapeRules.ClrNameClash, name, other.Value, name.Value, clrName);
                }

                return false;
            }
        }

        foreach (string clrName in clrNames)
        {
            _taken[clrName] = name;
        }

        return true;
    }
}
