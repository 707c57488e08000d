using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MobikeX.Cli.Specs;

/// <summary>Finds the files that a spec names, and nothing else: what is wrong with the text is for the compiler to say.</summary>
internal static class SpecReferences
{
    private static readonly string[] Lists = ["imports", "includes"];

    /// <summary>The entries of <c>imports</c> and <c>includes</c> that stand before the first fault of the text.</summary>
    internal static List<string> Of(string text)
    {
        var found = new List<string>();
        try
        {
            Collect(new Parser(new StringReader(text)), found);
        }
        catch (Exception e) when (e is YamlException or InvalidOperationException or ArgumentException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            // The library throws each of these on texts that are no YAML.
        }

        return found;
    }

    private static void Collect(Parser events, List<string> found)
    {
        // Depth 1 is the mapping at the top, depth 2 a list that is a value in it; at depth 1 keys and values take turns.
        int depth = 0;
        bool isKey = true;
        string key = string.Empty;
        while (events.MoveNext())
        {
            switch (events.Current)
            {
                case MappingStart or SequenceStart:
                    depth++;
                    break;
                case MappingEnd or SequenceEnd:
                    depth--;
                    isKey |= depth == 1;
                    break;
                case Scalar scalar when depth == 1:
                    key = isKey ? scalar.Value : key;
                    isKey = !isKey;
                    break;
                case Scalar scalar when depth == 2 && Lists.Contains(key):
                    found.Add(scalar.Value);
                    break;
            }
        }
    }
}
