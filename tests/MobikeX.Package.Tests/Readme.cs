using System.Text.RegularExpressions;

namespace MobikeX.Package.Tests;

/// <summary>Blocks of the README, each behind a comment that names it.</summary>
internal static class Readme
{
    private static readonly string Text = Feed.ReadRepository("README.md");

    public static string Block(string name, string language)
    {
        Match block = Regex.Match(
            Text,
            $"^<!-- {Regex.Escape(name)} -->\\n```{language}\\n(.*?)^```$",
            RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.CultureInvariant);
        Assert.True(block.Success, $"the README has no block '{name}'");
        return block.Groups[1].Value;
    }
}
