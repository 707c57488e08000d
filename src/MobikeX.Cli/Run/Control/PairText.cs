using MobikeX.Cli.Yaml;

namespace MobikeX.Cli.Run.Control;

/// <summary>Pairs of a key and a value between commas.</summary>
internal static class PairText
{
    /// <summary>Reads them; each key is known, and stands once.</summary>
    public static bool TryParse(string? text, IReadOnlyList<string> keys, out IReadOnlyList<(string Key, string Value)> pairs, out string fault)
    {
        var found = new List<(string Key, string Value)>();
        pairs = found;
        fault = string.Empty;
        foreach (string pair in (text ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            string key = equals < 0 ? pair : pair[..equals];
            if (!keys.Contains(key))
            {
                fault = $"'{key}' is not known here{NearestName.Hint(key, keys)}";
                return false;
            }

            if (equals < 0 || found.Any(each => each.Key == key))
            {
                fault = equals < 0 ? $"'{key}' has no value" : $"'{key}' stands there twice";
                return false;
            }

            found.Add((key, pair[(equals + 1)..]));
        }

        return true;
    }
}
