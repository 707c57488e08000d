using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using MobikeX.Generators.Binding;
using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Model;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators;

/// <summary>Generates C# from the spec files of a project.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class MobikeXGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // From each spec file its path and text: from here on nothing of Roslyn is in the pipeline.
        IncrementalValuesProvider<SpecFile> files = context.AdditionalTextsProvider
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Where(static pair => SpecItem.IsSpec(pair.Left, pair.Right))
            .Select(static (pair, cancellation) => SpecItem.Read(pair.Left, pair.Right, cancellation))
            .WithTrackingName(GeneratorStepNames.Files);

        // A tree for each: an edit of one file parses one file.
        IncrementalValuesProvider<YamlDocument> documents = files
            .Select(static (file, cancellation) => CompilationStages.Read(file, cancellation))
            .WithTrackingName(GeneratorStepNames.Parse);

        // All trees together, to models and faults: specs import each other, so no file is bound alone.
        IncrementalValueProvider<BindResult> bound = documents
            .Collect()
            .Select(static (all, cancellation) => SpecBinder.Bind(all, cancellation))
            .WithTrackingName(GeneratorStepNames.Bind);

        // Faults go their own way: they know lines, so they change where models do not.
        context.RegisterSourceOutput(
            bound.SelectMany(static (result, _) => result.Diagnostics).WithTrackingName(GeneratorStepNames.Diagnostics),
            static (production, fault) => production.ReportDiagnostic(fault.ToDiagnostic()));

        // The models: a comment in the YAML ends here, since they are equal to those before.
        IncrementalValueProvider<EquatableArray<SpecModel>> models = bound
            .Select(static (result, _) => result.Specs)
            .WithTrackingName(GeneratorStepNames.Models);

        // Below C# 8 what is generated does not compile: one diagnostic says so, in place of hundreds.
        IncrementalValueProvider<bool> tooOld = context.ParseOptionsProvider
            .Select(static (options, _) => options is CSharpParseOptions { LanguageVersion: < LanguageVersion.CSharp8 })
            .Combine(models)
            .Select(static (pair, _) => pair.Left && pair.Right.Count > 0)
            .WithTrackingName(GeneratorStepNames.Language);
        context.RegisterSourceOutput(tooOld, static (production, old) => ReportLanguage(production, old));

        // One item for each file to generate, with what it depends on; an edit renders the files that it touches.
        IncrementalValuesProvider<RenderedFile> rendered = models
            .SelectMany(static (specs, _) => CompilationStages.Plan(specs))
            .WithTrackingName(GeneratorStepNames.Plan)
            .Select(static (planned, cancellation) => CompilationStages.Render(planned, cancellation))
            .WithTrackingName(GeneratorStepNames.Render);
        context.RegisterSourceOutput(rendered.Combine(tooOld), static (production, pair) => Add(production, pair.Left, pair.Right));
    }

    private static void Add(SourceProductionContext production, RenderedFile rendered, bool tooOld)
    {
        if (rendered.Fault is not null)
        {
            production.ReportDiagnostic(rendered.Fault.ToDiagnostic());
        }

        if (rendered.File is not null && !tooOld)
        {
            production.AddSource(rendered.File.HintName, SourceText.From(rendered.File.Text, Encoding.UTF8));
        }
    }

    private static void ReportLanguage(SourceProductionContext production, bool tooOld)
    {
        if (tooOld)
        {
            production.ReportDiagnostic(Diagnostic.Create(ProjectRules.LanguageVersion, Location.None));
        }
    }
}
