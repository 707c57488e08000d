namespace MobikeX.Package.Tests;

/// <summary>The README's way to a protocol of one's own, word for word.</summary>
[Collection(FeedCollection.Name)]
public class QuickStartTests(Feed feed)
{
    [Fact]
    public async Task The_quick_start_of_the_README_prints_what_it_says()
    {
        // The clone that the README speaks of, as far as these commands see it; the first of them is how the feed was made.
        string folder = Directory.CreateDirectory(Path.Combine(feed.Root, "quickstart", "toolkit")).FullName;
        Directory.CreateSymbolicLink(Directory.CreateDirectory(Path.Combine(folder, "artifacts")).FullName + "/packages", feed.Packages);
        string[] commands = Lines(Readme.Block("quick start: package", ""));
        Assert.Equal("dotnet pack", commands[0]);
        foreach (string command in commands.Skip(1))
        {
            folder = await Run(folder, command);
        }

        foreach ((string file, string language) in new[] { ("icmp.mobikex.yaml", "yaml"), ("Program.cs", "csharp") })
        {
            await File.WriteAllTextAsync(Path.Combine(folder, file), Readme.Block($"quick start: {file}", language));
        }

        string run = Assert.Single(Lines(Readme.Block("quick start: run", "")));
        Command program = await feed.Run(folder, run.Split(' ')[0], run.Split(' ')[1..]);

        Assert.Equal((0, Readme.Block("quick start: output", "text")), (program.ExitCode, program.Output));
    }

    /// <returns>The folder that the next command is given in.</returns>
    private async Task<string> Run(string folder, string command)
    {
        string[] words = command.Split(' ');
        if (words[0] == "cd")
        {
            return Path.GetFullPath(Path.Combine(folder, words[1]));
        }

        (await feed.Run(folder, words[0], words[1..])).AssertSuccess();
        return folder;
    }

    private static string[] Lines(string block) => block.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
