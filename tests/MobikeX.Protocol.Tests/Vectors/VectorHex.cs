using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace MobikeX.Protocol.Tests.Vectors;

/// <summary>Octets as the vectors write them: hexadecimal, a comment behind <c>#</c>, <c>ab*20</c> for twenty octets ab.</summary>
internal static partial class VectorHex
{
    public static byte[] Read(string text)
    {
        IEnumerable<string> words = text
            .Split('\n')
            .SelectMany(line => line.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return Convert.FromHexString(string.Concat(words.Select(Expand)));
    }

    /// <summary>Writes repeated octets out, and leaves any other text as it is.</summary>
    public static string Expand(string word) => string.Concat(Repeat(word));

    /// <summary>The items of a list, repeated ones written out.</summary>
    public static IEnumerable<string> Items(YamlSequenceNode list) => list.Children.SelectMany(item => Repeat(item.ToString()));

    private static IEnumerable<string> Repeat(string word) =>
        Repeated().Match(word) is { Success: true } match
            ? Enumerable.Repeat(match.Groups[1].Value, int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture))
            : [word];

    [GeneratedRegex("^([0-9a-f]+)\\*([0-9]+)$")]
    private static partial Regex Repeated();
}
