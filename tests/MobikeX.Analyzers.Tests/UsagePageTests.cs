using System.Text.RegularExpressions;

namespace MobikeX.Analyzers.Tests;

/// <summary>The pages of MBX5… are tests: the wrong example gives the message, the right one none, and the fix leads from one to the other.</summary>
public partial class UsagePageTests
{
    public static TheoryData<string> Pages =>
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "docs"), "MBX5*.md").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task The_wrong_example_gives_the_messages_of_the_page(string page)
    {
        (string wrong, string messages, _) = Read(page);

        Assert.Equal(messages.Split('\n', StringSplitOptions.RemoveEmptyEntries), await UsageHost.Analyze(wrong));
        Assert.Contains($" {Path.GetFileNameWithoutExtension(page)}: ", messages, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task The_right_example_gives_none(string page) => Assert.Empty(await UsageHost.Analyze(Read(page).Right));

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task The_fix_makes_the_right_example_of_the_wrong_one(string page)
    {
        (string wrong, _, string right) = Read(page);

        Assert.Equal(right, await UsageHost.Fix(wrong));
    }

    private static (string Wrong, string Messages, string Right) Read(string page)
    {
        string text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", page)).ReplaceLineEndings("\n");
        MatchCollection code = Code().Matches(text);
        Assert.Equal(2, code.Count);
        return (code[0].Groups[1].Value, Message().Match(text).Groups[1].Value, code[1].Groups[1].Value);
    }

    [GeneratedRegex("^```csharp\\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Code();

    [GeneratedRegex("^```text\\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Message();
}
