namespace MobikeX.Package.Tests;

/// <summary>The tool, as it is installed from the feed.</summary>
[Collection(FeedCollection.Name)]
public class ToolTests(Feed feed)
{
    [Fact]
    public async Task The_tool_runs_its_demo_in_any_folder_has_its_specs_and_checks_others()
    {
        string tools = Path.Combine(feed.Root, "tools");
        string elsewhere = Directory.CreateDirectory(Path.Combine(feed.Root, "elsewhere")).FullName;
        string mobikex = Path.Combine(tools, "mobikex");

        Command install = await feed.Run("", "dotnet", "tool", "install", "MobikeX.Cli", "--version", Feed.Version, "--tool-path", tools, "--configfile", Path.Combine(feed.Root, "nuget.config"));
        Command demo = await feed.Run(elsewhere, mobikex, "demo");
        Command errata = await feed.Run(elsewhere, mobikex, "errata");
        Command lint = await feed.Run(Path.Combine("Refused", "FaultySpec"), mobikex, "lint", "faulty.mobikex.yaml");

        install.AssertSuccess();
        demo.AssertSuccess();
        Assert.Contains("UPDATE_SA_ADDRESSES", demo.Output, StringComparison.Ordinal);
        errata.AssertSuccess();
        Assert.Contains("E01", errata.Output, StringComparison.Ordinal);
        Assert.Equal(1, lint.ExitCode);
        Assert.Contains("faulty.mobikex.yaml:16:36: error MBX2004", lint.Output, StringComparison.Ordinal);
    }
}
