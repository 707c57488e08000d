using System.Globalization;
using CsCheck;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Tests;

/// <summary>The same specs give the same models and files, wherever and however they are compiled.</summary>
public class BindingDeterminismTests
{
    private static readonly SpecCompilation Expected = SpecCompiler.Compile(SpecSources.Repository);

    [Fact]
    public void The_order_of_files_does_not_matter() => Gen.Shuffle(SpecSources.Repository.ToArray()).Sample(
        files => AssertSame(SpecCompiler.Compile(files)),
        iter: 10,
        threads: 1);

    [Fact]
    public void The_order_of_files_does_not_matter_to_faults()
    {
        SpecFile[] files = [.. SpecSources.RepositoryWith("mobike.yaml", "code: 16401", "code: 70000"), .. SpecSources.Demo("imports: [nowhere.yaml]\n")];

        Assert.Equal(
            SpecCompiler.Compile(files).Diagnostics,
            SpecCompiler.Compile([.. files.Reverse()]).Diagnostics);
    }

    [Fact]
    public void Line_ends_do_not_matter() => AssertSame(SpecCompiler.Compile(
        [.. SpecSources.Repository.Select(f => f with { Text = f.Text.Replace("\n", "\r\n", StringComparison.Ordinal) })]));

    [Fact]
    public void A_file_that_is_given_twice_counts_once() => AssertSame(SpecCompiler.Compile([.. SpecSources.Repository, .. SpecSources.Repository]));

    [Fact]
    public void The_culture_does_not_matter()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        var strange = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        strange.NumberFormat.NegativeSign = "~";
        strange.NumberFormat.PositiveSign = "&";
        strange.NumberFormat.NumberGroupSeparator = "_";
        strange.NumberFormat.NumberDecimalSeparator = "-";
        try
        {
            CultureInfo.CurrentCulture = strange;
            AssertSame(SpecCompiler.Compile(SpecSources.Repository));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static void AssertSame(SpecCompilation actual)
    {
        Assert.Empty(actual.Diagnostics);
        Assert.Equal(Expected.Specs, actual.Specs);
        Assert.Equal(Expected.Files, actual.Files);
    }
}
