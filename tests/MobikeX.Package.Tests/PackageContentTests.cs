using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace MobikeX.Package.Tests;

/// <summary>What is in the packages, file by file.</summary>
[Collection(FeedCollection.Name)]
public class PackageContentTests(Feed feed)
{
    private const string Analyzers = "analyzers/dotnet/cs/";

    /// <summary>Of GUID cc110556-a091-4d38-9fec-25ab9a351a6a: where a debugger finds the sources.</summary>
    private static readonly Guid SourceLink = new("cc110556-a091-4d38-9fec-25ab9a351a6a");

    private static readonly string[] Names = ["MobikeX.Cli", "MobikeX.Engine", "MobikeX.Protocol", "MobikeX.Runtime", "MobikeX.Toolkit"];

    public static TheoryData<string> All => [.. Names];

    public static TheoryData<string> Libraries => ["MobikeX.Engine", "MobikeX.Protocol", "MobikeX.Runtime"];

    /// <summary>The toolkit has no assembly of its own for symbols to be of.</summary>
    [Fact]
    public void The_solution_packs_these_and_no_others()
    {
        IEnumerable<string> expected = Names.Select(name => $"{name}.{Feed.Version}.nupkg")
            .Concat(Names.Where(name => name != "MobikeX.Toolkit").Select(name => $"{name}.{Feed.Version}.snupkg"));

        Assert.Equal(expected.Order(StringComparer.Ordinal), Directory.EnumerateFiles(feed.Packages).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_package_says_what_it_is_whose_and_from_where(string name)
    {
        using ZipArchive package = Open(name);
        XElement metadata = Nuspec(package, name);
        string? Said(string key) => metadata.Element(metadata.GetDefaultNamespace() + key)?.Value;

        Assert.Equal(Feed.Version, Said("version"));
        Assert.Equal("MIT", Said("license"));
        Assert.NotEmpty(Said("description")!);
        Assert.NotEmpty(Said("tags")!);
        XElement repository = metadata.Element(metadata.GetDefaultNamespace() + "repository")!;
        Assert.Equal("git", repository.Attribute("type")!.Value);
        Assert.Equal("https://github.com/mobikex/toolkit", repository.Attribute("url")!.Value);
        Assert.Matches("^[0-9a-f]{40}$", repository.Attribute("commit")!.Value);
        Assert.StartsWith("# ", Text(package, Said("readme")!), StringComparison.Ordinal);
        Assert.NotNull(package.GetEntry(Said("icon")!));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_library_is_there_for_both_targets_with_docs_and_symbols(string name)
    {
        using ZipArchive package = Open(name);
        using ZipArchive symbols = Open(name, "snupkg");

        foreach (string target in new[] { "netstandard2.0", "net10.0" })
        {
            Assert.NotNull(package.GetEntry($"lib/{target}/{name}.xml"));
            using PEReader assembly = Assembly(package, $"lib/{target}/{name}.dll");
            Assert.Contains(assembly.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.Reproducible);
            using MetadataReaderProvider pdb = MetadataReaderProvider.FromPortablePdbStream(Stream(symbols, $"lib/{target}/{name}.pdb"));
            MetadataReader reader = pdb.GetMetadataReader();
            string[] links =
            [
                .. reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation)
                    .Where(info => reader.GetGuid(info.Kind) == SourceLink)
                    .Select(info => System.Text.Encoding.UTF8.GetString(reader.GetBlobBytes(info.Value))),
            ];
            Assert.Contains("https://raw.githubusercontent.com/mobikex/toolkit/", Assert.Single(links), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("MobikeX.Toolkit", "MobikeX.Runtime")]
    [InlineData("MobikeX.Protocol", "MobikeX.Runtime")]
    [InlineData("MobikeX.Engine", "MobikeX.Protocol")]
    public void A_package_refers_to_what_it_stands_on_in_the_same_version(string name, string other)
    {
        using ZipArchive package = Open(name);
        XElement metadata = Nuspec(package, name);

        Dictionary<string, string?> versions = metadata.Descendants(metadata.GetDefaultNamespace() + "group").ToDictionary(
            group => group.Attribute("targetFramework")!.Value,
            group => group.Elements().SingleOrDefault(dependency => dependency.Attribute("id")!.Value == other)?.Attribute("version")!.Value);

        Assert.Equal(new Dictionary<string, string?> { [".NETStandard2.0"] = Feed.Version, ["net10.0"] = Feed.Version }, versions);
    }

    [Fact]
    public void The_analyzer_has_beside_it_all_that_it_loads_and_nothing_that_the_compiler_has()
    {
        using ZipArchive package = Open("MobikeX.Toolkit");
        string[] carried = [.. package.Entries.Where(e => e.FullName.StartsWith(Analyzers, StringComparison.Ordinal)).Select(e => Path.GetFileNameWithoutExtension(e.Name))];
        string[] needed = [.. carried.SelectMany(name => References(package, $"{Analyzers}{name}.dll")).Distinct()];

        // The reference assembly of .NET Standard and the compiler are what a host has; an editor, which alone asks for fixes, has workspaces too.
        string[] host =
        [
            "netstandard", "Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp", "System.Collections.Immutable",
            "Microsoft.CodeAnalysis.Workspaces", "Microsoft.CodeAnalysis.CSharp.Workspaces", "System.Composition.AttributedModel",
        ];
        Assert.Empty(needed.Except(carried).Except(host));
        Assert.Equal(["MobikeX.CodeFixes", "MobikeX.Generators"], carried.Except(needed).Order(StringComparer.Ordinal));
        Assert.NotNull(package.GetEntry("schema/mobikex.schema.json"));
        Assert.DoesNotContain(carried, name => name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal));
        Assert.DoesNotContain("YamlDotNet", carried);
    }

    [Theory]
    [InlineData("MobikeX.Toolkit")]
    [InlineData("MobikeX.Cli")]
    public void Each_assembly_that_is_carried_has_its_licence_told(string name)
    {
        using ZipArchive package = Open(name);
        string notices = Text(package, "THIRD-PARTY-NOTICES.txt");

        IEnumerable<string> carried = package.Entries
            .Where(entry => entry.Name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
            .Select(entry => Path.GetFileNameWithoutExtension(entry.Name))
            .Where(assembly => assembly != "mobikex" && (assembly == "MobikeX.YamlDotNet" || !assembly.StartsWith("MobikeX.", StringComparison.Ordinal)));

        Assert.All(carried, assembly => Assert.Matches($@"(?m)(^| ){assembly.Replace(".", "\\.", StringComparison.Ordinal)} ", notices));
    }

    private static IEnumerable<string> References(ZipArchive package, string path)
    {
        using PEReader assembly = Assembly(package, path);
        MetadataReader reader = assembly.GetMetadataReader();
        return [.. reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name))];
    }

    private static PEReader Assembly(ZipArchive package, string path) => new(Stream(package, path));

    private static MemoryStream Stream(ZipArchive package, string path)
    {
        ZipArchiveEntry? entry = package.GetEntry(path);
        Assert.True(entry is not null, $"{path} is missing");
        using Stream packed = entry.Open();
        var unpacked = new MemoryStream();
        packed.CopyTo(unpacked);
        unpacked.Position = 0;
        return unpacked;
    }

    private static string Text(ZipArchive package, string path)
    {
        using var reader = new StreamReader(Stream(package, path));
        return reader.ReadToEnd();
    }

    private static XElement Nuspec(ZipArchive package, string name) => XDocument.Load(Stream(package, name + ".nuspec")).Root!.Elements().Single();

    private ZipArchive Open(string name, string extension = "nupkg") => ZipFile.OpenRead(Path.Combine(feed.Packages, $"{name}.{Feed.Version}.{extension}"));
}
