namespace MobikeX.Generators.Emit;

/// <summary>Names of locals and parameters in generated code: those that it has for itself, and those made of a spec's names, which step aside.</summary>
internal static class LocalNames
{
    /// <summary>What stands beside locals that are made of a spec's names.</summary>
    private static readonly HashSet<string> Own = new(StringComparer.Ordinal)
    {
        "_", "bits", "buffer", "consumed", "data", "destination", "element", "failure", "length", "nested", "nestedLength", "offset", "other", "padding",
        "read", "reader", "size", "source", "text", "value", "writer", "written",
    };

    /// <summary>What stands beside properties alone.</summary>
    private static readonly HashSet<string> BesideProperties = new(StringComparer.Ordinal) { "hash", "i", "obj", "parts" };

    /// <summary>What stands beside locals that are made of the names of all parameters.</summary>
    public static readonly string[] BesideParameters = ["error", "name", "parsed"];

    /// <summary>The local for the octets of addresses whose family the length of the struct tells.</summary>
    public const string FamilyLength = "familyLength";

    /// <summary>What has a number behind it where there are several.</summary>
    private static readonly HashSet<string> Numbered = new(StringComparer.Ordinal) { "bits", "padding" };

    /// <summary>True where a property of this name would be taken for a local.</summary>
    public static bool HideProperty(string name) => IsOwn(name) || BesideProperties.Contains(name);

    /// <summary>What the locals of elements begin with: the name of each, or a longer one where that, or what is made of it, means something else.</summary>
    /// <param name="elements">C# names that differ, and what the locals of each may end with.</param>
    /// <param name="aside">What is added to a name that steps aside.</param>
    /// <param name="taken">Further names that mean something else.</param>
    public static IReadOnlyList<string> Stems(IEnumerable<(string ClrName, string[] Endings)> elements, string aside, IEnumerable<string> taken)
    {
        HashSet<string> used = new(taken, StringComparer.Ordinal);
        List<string> stems = [];
        foreach ((string clrName, string[] endings) in elements)
        {
            string stem = CSharpText.CamelCase(clrName);
            while (IsOwn(stem) || endings.Any(ending => used.Contains(stem + ending) || IsOwn(stem + ending)))
            {
                stem += aside;
            }

            used.UnionWith(endings.Select(ending => stem + ending));
            stems.Add(stem);
        }

        return stems;
    }

    private static bool IsOwn(string name) => Own.Contains(name) || Numbered.Contains(name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'));
}
