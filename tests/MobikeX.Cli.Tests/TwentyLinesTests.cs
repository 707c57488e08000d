using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using MobikeX.Engine;
using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Cli.Tests;

/// <summary>The twenty lines of the README, compiled and run as they stand there.</summary>
public partial class TwentyLinesTests
{
    [Fact]
    public void The_twenty_lines_of_the_README_compile_and_move_the_SA()
    {
        string source = Block().Match(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md"))).Groups[1].Value;
        Assert.NotEmpty(source);
        string platform = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        IEnumerable<MetadataReference> references = Directory.EnumerateFiles(platform, "System*.dll")
            .Concat([typeof(WireFailure).Assembly.Location, typeof(NotifyDispatcher).Assembly.Location, typeof(IkeSa).Assembly.Location])
            .Where(IsManaged)
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "quickstart",
            [CSharpSyntaxTree.ParseText(source), CSharpSyntaxTree.ParseText("global using System;")],
            references,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication));
        using var image = new MemoryStream();

        Assert.Empty(compilation.Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));

        TextWriter console = Console.Out;
        using var output = new StringWriter();
        try
        {
            Console.SetOut(output);
            MethodInfo main = Assembly.Load(image.ToArray()).EntryPoint!;
            main.Invoke(null, main.GetParameters().Length == 0 ? null : [Array.Empty<string>()]);
        }
        finally
        {
            Console.SetOut(console);
        }

        Assert.Contains("moved CHILD_SA c1000001 to [198.51.100.7]", output.ToString(), StringComparison.Ordinal);
    }

    private static bool IsManaged(string path)
    {
        using var file = new System.Reflection.PortableExecutable.PEReader(File.OpenRead(path));
        return file.HasMetadata;
    }

    [GeneratedRegex("<!-- twenty lines -->\\n```csharp\\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
