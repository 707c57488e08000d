namespace MobikeX.Package.Tests;

/// <summary>The generator in a process that has loaded another YamlDotNet than the generator's.</summary>
[Collection(FeedCollection.Name)]
public class HostTests(Feed feed)
{
    [Fact]
    public async Task The_generator_loads_beside_another_YamlDotNet()
    {
        (await feed.BuildAccepted()).AssertSuccess();
        string output = Directory.CreateDirectory(Path.Combine(feed.Root, "hosted")).FullName;

        Command run = await feed.Run(
            Path.Combine("Accepted", "Host"), "dotnet", Path.Combine("bin", "Debug", "net10.0", "Host.dll"), output, Path.Combine(feed.Root, "icmp.mobikex.yaml"), "Hosted.txt");

        run.AssertSuccess();
        Assert.True(File.Exists(Path.Combine(output, "Hosted.dll")));
        Assert.Equal(
            ["loaded MobikeX.YamlDotNet 18", "loaded YamlDotNet 16"],
            run.Output.Split('\n').Where(line => line.StartsWith("loaded ", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }
}
