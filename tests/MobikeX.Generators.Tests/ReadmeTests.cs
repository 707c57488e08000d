using System.Text.RegularExpressions;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Tests;

/// <summary>What the language reference shows as a whole spec is one.</summary>
public partial class ReadmeTests
{
    public static TheoryData<int> Examples => [.. Enumerable.Range(0, Complete().Count)];

    [Fact]
    public void The_reference_shows_a_whole_spec() => Assert.NotEmpty(Complete());

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_whole_spec_of_the_reference_generates_code_that_compiles(int index)
    {
        SpecCompilation result = SpecCompiler.Compile([new SpecFile("example.yaml", Complete()[index])]);

        Assert.Empty(result.Diagnostics);
        Assert.NotEmpty(CompiledSpec.Emit(result));
    }

    internal static List<string> Complete()
    {
        string text = SpecSources.ReadText("spec", "README.md");
        return [.. Block().Matches(text).Select(match => match.Groups[1].Value)];
    }

    [GeneratedRegex("<!-- complete -->\\n```yaml\\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
