using System.Globalization;
using MobikeX.Cli.Yaml;
using MobikeX.Engine;
using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Cli.Run.Control;

/// <summary>An alternate address as a command line has it: <c>198.51.100.7</c>, <c>198.51.100.7,preference=10,start=60</c>, <c>198.51.100.7,check</c>.</summary>
internal static class AlternateText
{
    private const string CheckWord = ",check";

    private static readonly string[] Keys = ["preference", "class", "reachability", "start", "life"];

    /// <summary>Reads one; where it is wrong, says why.</summary>
    public static bool TryParse(string? text, out OfferedAlternate value, out string fault)
    {
        value = default;
        string rest = text ?? string.Empty;
        bool check = rest.EndsWith(CheckWord, StringComparison.Ordinal);
        rest = check ? rest[..^CheckWord.Length] : rest;
        int comma = rest.IndexOf(',', StringComparison.Ordinal);
        string addressText = comma < 0 ? rest : rest[..comma];
        if (!IpAddress.TryParse(addressText, out IpAddress address))
        {
            fault = $"'{addressText}' is no address";
            return false;
        }

        if (!PairText.TryParse(comma < 0 ? string.Empty : rest[(comma + 1)..], Keys, out IReadOnlyList<(string Key, string Value)> pairs, out fault))
        {
            return false;
        }

        byte preference = 0;
        AddressClass addressClass = default;
        Reachability reachability = default;
        uint start = 0, life = 0;
        foreach ((string key, string word) in pairs)
        {
            bool read = key switch
            {
                "preference" => byte.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out preference),
                "class" => AddressClassNames.TryParse(word, out addressClass),
                "reachability" => ReachabilityNames.TryParse(word, out reachability),
                "start" => uint.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out start),
                _ => uint.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out life),
            };
            if (!read)
            {
                fault = $"'{word}' is no {key} of an alternate address{Hint(key, word)}";
                return false;
            }
        }

        value = new OfferedAlternate(address, pairs.Count == 0 ? null : new MultihomingInformation(preference, addressClass, reachability, start, life), check);
        return true;
    }

    private static string Hint(string key, string word) => key switch
    {
        "class" => NearestName.Hint(word, AddressClassNames.All),
        "reachability" => NearestName.Hint(word, ReachabilityNames.All),
        "preference" => "; it is a number from 0 to 255",
        _ => "; it counts seconds",
    };
}
