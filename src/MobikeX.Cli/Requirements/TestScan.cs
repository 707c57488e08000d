using System.Text.RegularExpressions;
using MobikeX.Cli.Yaml;

namespace MobikeX.Cli.Requirements;

/// <summary>Finds what tests name: <c>[Requirement("…")]</c> in C#, and the key <c>requirements</c> of scenarios.</summary>
/// <remarks>The text is searched, not the built tests: the matrix is there before anything is built, and for a tool that loads no assembly.</remarks>
internal static partial class TestScan
{
    private static readonly string[] BuildFolders = ["bin", "obj"];

    /// <summary>Everything that the tests in a folder name, in order of path and line.</summary>
    /// <exception cref="InputException">The folder is missing, or a scenario is no YAML.</exception>
    public static IReadOnlyList<RequirementReference> Of(string testsFolder)
    {
        if (!Directory.Exists(testsFolder))
        {
            throw new InputException($"{testsFolder}: no such folder");
        }

        var found = new List<RequirementReference>();
        foreach (string path in Directory.EnumerateFiles(testsFolder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string name = Path.GetRelativePath(testsFolder, path).Replace('\\', '/');
            string[] folders = name.Split('/')[..^1];
            if (folders.Any(BuildFolders.Contains))
            {
                continue;
            }

            if (name.EndsWith(".cs", StringComparison.Ordinal))
            {
                found.AddRange(OfSource(name, InputFile.ReadText(path)));
            }
            else if (folders is ["scenarios", ..] && name.EndsWith(".yaml", StringComparison.Ordinal))
            {
                found.AddRange(OfScenario(name, InputFile.ReadText(path)));
            }
        }

        return found;
    }

    /// <summary>The attributes of a C# file. A line counts where it begins as an attribute does, so that text that speaks of one does not.</summary>
    public static IEnumerable<RequirementReference> OfSource(string name, string text)
    {
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].TrimStart().StartsWith('['))
            {
                foreach (Match match in Attribute().Matches(lines[i]))
                {
                    yield return new RequirementReference(match.Groups[1].Value, name, i + 1);
                }
            }
        }
    }

    /// <exception cref="InputException">The text is no YAML, or the key holds no list.</exception>
    public static IEnumerable<RequirementReference> OfScenario(string name, string text)
    {
        var faults = new Faults(name);
        YamlValue? listed = (YamlFile.Read(text, faults) as YamlMapping)?.Find("requirements")?.Value;
        YamlScalar[] ids = [.. (listed as YamlSequence)?.Items.OfType<YamlScalar>() ?? []];
        if (listed is not null && (listed as YamlSequence)?.Items.Count != ids.Length)
        {
            faults.Add(listed, "requirements is a list of ids");
        }

        return faults.Any
            ? throw new InputException([.. faults.InOrder().Select(fault => fault.ToString())])
            : ids.Select(id => new RequirementReference(id.Text, name, id.Line));
    }

    [GeneratedRegex("""\bRequirement\("([^"]*)"\)""")]
    private static partial Regex Attribute();
}
