using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Tests;

/// <summary>A spec file as a project gives it to the compiler.</summary>
internal sealed class SpecText(SpecFile file) : AdditionalText
{
    public override string Path => file.Path;

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(file.Text, Encoding.UTF8);
}

/// <summary>The metadata <c>MobikeXSpec</c> of every additional file; null: none has it.</summary>
internal sealed class SpecOptions(string? value) : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(null);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Options(value);

    private sealed class Options(string? value) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? found)
        {
            found = key == "build_metadata.AdditionalFiles.MobikeXSpec" ? value : null;
            return found is not null;
        }
    }
}
