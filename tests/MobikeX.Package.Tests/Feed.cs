using System.Reflection;

namespace MobikeX.Package.Tests;

/// <summary>The packages of this repository, packed once into a folder of its own, and beside it an empty cache and the projects that use them.</summary>
public sealed class Feed : IAsyncLifetime
{
    private static readonly string Configuration = typeof(Feed).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    private Task<Command>? _accepted;

    public static string Repository { get; } = Metadata("RepositoryRoot");

    public static string Version { get; } = Metadata("Version");

    /// <summary>Holds all of it, and is deleted at the end.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("mobikex-").FullName;

    public string Packages => Path.Combine(Root, "feed");

    /// <summary>Where restored packages go: nothing of what the machine has cached is taken.</summary>
    public string Cache => Path.Combine(Root, "cache");

    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["NUGET_PACKAGES"] = Cache,
        ["MobikeXVersion"] = Version,

        // A compiler server of this feed's alone: it keeps the builds quick, and is stopped at the end.
        ["UseSharedCompilation"] = "true",
        ["SharedCompilationId"] = Path.GetFileName(Root),
    };

    public async Task InitializeAsync()
    {
        Copy(Path.Combine(Repository, "tests", "MobikeX.Package.Tests", "Consumers"), Root);
        Directory.CreateDirectory(Packages);

        // What the tests were built with is what is packed: nothing is built beside the other tests.
        Command pack = await Command.Run(Repository, new Dictionary<string, string>(), "dotnet", "pack", "MobikeX.Toolkit.sln", "--no-build", "--configuration", Configuration, "--output", Packages);
        pack.AssertSuccess();
    }

    public async Task DisposeAsync()
    {
        Command folder = await Run("Accepted/Host", "dotnet", "msbuild", "-getProperty:RoslynTargetsPath");
        await Run("", "dotnet", Path.Combine(folder.Output.Trim(), "bincore", "VBCSCompiler.dll"), "-shutdown", $"-pipename:{Path.GetFileName(Root)}");
        Directory.Delete(Root, recursive: true);
    }

    /// <summary>Builds the projects that are to build, the first time that it is asked.</summary>
    public Task<Command> BuildAccepted() => _accepted ??= BuildAcceptedOnce();

    /// <summary>Runs a command in a folder of the feed's, with its cache.</summary>
    public Task<Command> Run(string folder, string program, params string[] arguments) =>
        Command.Run(Path.Combine(Root, folder), Environment, program, arguments);

    public static string ReadRepository(params string[] path) => File.ReadAllText(Path.Combine([Repository, .. path])).ReplaceLineEndings("\n");

    private async Task<Command> BuildAcceptedOnce()
    {
        await File.WriteAllTextAsync(Path.Combine(Root, "Accepted", "Engine", "Program.cs"), Readme.Block("twenty lines", "csharp"));
        return await Run("Accepted", "dotnet", "build", "Accepted.slnx");
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static string Metadata(string key) =>
        typeof(Feed).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}

/// <summary>The tests share the feed, and run one after the other: each keeps the machine's processors busy by itself.</summary>
[CollectionDefinition(Name)]
public sealed class FeedCollection : ICollectionFixture<Feed>
{
    public const string Name = "feed";
}
