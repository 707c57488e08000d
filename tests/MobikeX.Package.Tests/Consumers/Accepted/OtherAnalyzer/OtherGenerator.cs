using System.IO;
using Microsoft.CodeAnalysis;
using YamlDotNet.RepresentationModel;

/// <summary>Reads YAML with the YamlDotNet that lies beside it, and says which one that was.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class OtherGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context) => context.RegisterPostInitializationOutput(output =>
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader("name: Other"));
        string name = yaml.Documents[0].RootNode["name"].ToString();
        string version = typeof(YamlStream).Assembly.GetName().Version.ToString();
        output.AddSource("Other.g.cs", $"internal static class {name} {{ public const string YamlDotNet = \"{version}\"; }}");
    });
}
