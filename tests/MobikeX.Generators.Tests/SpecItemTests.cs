using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Tests;

/// <summary>What a project says of a spec file beside its text, and the build files of the package that hand it on.</summary>
public partial class SpecItemTests
{
    private static readonly XDocument Props = XDocument.Parse(SpecSources.ReadText("build", "MobikeX.Toolkit.props"));
    private static readonly XDocument Targets = XDocument.Parse(SpecSources.ReadText("build", "MobikeX.Toolkit.targets"));

    [Fact]
    public void Types_are_in_the_namespace_that_the_project_asks_for()
    {
        IEnumerable<SpecFile> files = SpecSources.Demo("imports: [carrier.yaml]\n").Select(f => f with { Namespace = f.Path == "carrier.yaml" ? "My.Carrier" : "" });

        SpecCompilation compilation = SpecCompiler.Compile([.. files]);

        Assert.Empty(compilation.Diagnostics);
        Assert.Equal(["My.Carrier", "Demo"], compilation.Specs.Select(s => s.Namespace));
        Assert.All(compilation.Files.Where(f => f.HintName.StartsWith("My.Carrier.", StringComparison.Ordinal)), f => Assert.Contains("namespace My.Carrier\n", f.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void No_type_of_an_internal_spec_is_public()
    {
        IReadOnlyList<SpecFile> files = [.. SpecSources.Repository.Append(SnapshotSpec.File).Select(f => f with { Visibility = "internal" })];

        byte[] image = CompiledSpec.Emit(SpecCompiler.Compile(files));

        var context = new AssemblyLoadContext("internal", isCollectible: true);
        Assembly assembly = context.LoadFromStream(new MemoryStream(image));
        Assert.NotEmpty(assembly.GetTypes());
        Assert.Empty(assembly.GetExportedTypes());
        context.Unload();
    }

    [Fact]
    public void One_spec_may_be_internal_and_what_it_imports_public()
    {
        IEnumerable<SpecFile> files = SpecSources.Demo("imports: [carrier.yaml]\n").Select(f => f with { Visibility = f.Path == "demo.yaml" ? "Internal" : "public" });

        SpecCompilation compilation = SpecCompiler.Compile([.. files]);

        Assert.Empty(compilation.Diagnostics);
        Assert.Equal([false, true], compilation.Specs.Select(s => s.IsInternal));
    }

    [Fact]
    public void A_public_spec_does_not_import_an_internal_one()
    {
        IEnumerable<SpecFile> files = SpecSources.Demo("imports: [carrier.yaml]\n").Select(f => f with { Visibility = f.Path == "carrier.yaml" ? "internal" : "" });

        Assert.Equal(
            ["demo.yaml:5:11: error MBX4011: imports[0]: the types of 'carrier.yaml' are internal, and those of this spec, which show them, are public"],
            SpecCompiler.Compile([.. files]).Diagnostics.Select(d => d.ToString()));
    }

    [Theory]
    [InlineData("", "intern", "Visibility of the MobikeXSpec item is 'intern', which is not public or internal; did you mean 'internal'?")]
    [InlineData("My..Types", "", "Namespace of the MobikeXSpec item is 'My..Types', which is not a namespace")]
    public void Metadata_that_means_nothing_is_a_diagnostic(string space, string visibility, string message)
    {
        SpecFile file = SpecSources.Carrier with { Namespace = space, Visibility = visibility };

        Assert.Equal([$"carrier.yaml:1:1: error MBX4010: {message}"], SpecCompiler.Compile([file]).Diagnostics.Select(d => d.ToString()));
    }

    [Fact]
    public void Below_C_sharp_8_no_file_is_added()
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new MobikeXGenerator().AsSourceGenerator()],
            [new SpecText(SpecSources.Carrier)],
            new CSharpParseOptions(LanguageVersion.CSharp7_3),
            new SpecOptions("true"));

        GeneratorRunResult result = driver.RunGenerators(CSharpCompilation.Create("Old")).GetRunResult().Results[0];

        Assert.Equal(["MBX4009"], result.Diagnostics.Select(d => d.Id));
        Assert.Empty(result.GeneratedSources);
    }

    [Fact]
    public void The_build_files_show_the_compiler_what_the_generator_reads()
    {
        string[] read = [SpecItem.IsSpecMetadata, SpecItem.NamespaceMetadata, SpecItem.VisibilityMetadata];
        IEnumerable<string> visible = Props.Descendants("CompilerVisibleItemMetadata").Select(e => $"{e.Attribute("Include")!.Value}.{e.Attribute("MetadataName")!.Value}");
        IEnumerable<string> set = Targets.Descendants("AdditionalFiles").Elements().Select(e => e.Name.LocalName);

        Assert.Equal(read.Select(name => $"AdditionalFiles.{name}"), visible);
        Assert.Equal(read, set);
        Assert.Equal("build_metadata.AdditionalFiles.", SpecItem.MetadataPrefix);
        Assert.Empty(Props.Descendants("CompilerVisibleProperty"));
        Assert.EndsWith("*" + SpecItem.Extension, Props.Descendants("MobikeXSpec").Single().Attribute("Include")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_build_files_refuse_an_old_compiler_in_the_words_of_the_rule()
    {
        XElement error = Targets.Descendants("Error").Single();

        Assert.Equal(ProjectRules.CompilerVersion.Id, error.Attribute("Code")!.Value);
        Assert.Equal(
            string.Format(null, ProjectRules.CompilerVersion.MessageFormat.ToString(null), "$(CompilerApiVersion)"),
            error.Attribute("Text")!.Value);
        Version floor = typeof(MobikeXGenerator).Assembly.GetReferencedAssemblies().Single(a => a.Name == "Microsoft.CodeAnalysis").Version!;
        Assert.Equal(floor.ToString(2), Floor().Match(error.Attribute("Condition")!.Value).Groups[1].Value);
    }

    [GeneratedRegex(@"'(\d+\.\d+)'\)\)$")]
    private static partial Regex Floor();
}
