using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Emit;
using MobikeX.Generators.Model;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators;

/// <summary>A file to render, or what went wrong while it was planned.</summary>
internal sealed record PlannedFile(OutputUnit? Unit, SpecDiagnostic? Fault);

/// <summary>A file that is rendered, or what went wrong.</summary>
internal sealed record RenderedFile(GeneratedFile? File, SpecDiagnostic? Fault);

/// <summary>The stages that the generator's pipeline and <see cref="SpecCompiler"/> share. No exception passes one of them.</summary>
internal static class CompilationStages
{
    public static YamlDocument Read(SpecFile file, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            return YamlReader.Read(file);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            SpecSpan top = SpecSpan.Top(file.Path);
            return new YamlDocument(file, null, [InternalFault.Of(file.Path, top, e)]);
        }
    }

    public static IEnumerable<PlannedFile> Plan(IEnumerable<SpecModel> specs) => specs.SelectMany(Plan);

    public static RenderedFile Render(PlannedFile planned, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        if (planned.Unit is not { } unit)
        {
            return new RenderedFile(null, planned.Fault);
        }

        try
        {
            return new RenderedFile(new GeneratedFile(unit.HintName, Emitter.Render(unit)), null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new RenderedFile(null, InternalFault.Of(unit.HintName, SpecSpan.Top(""), e));
        }
    }

    private static IEnumerable<PlannedFile> Plan(SpecModel spec)
    {
        try
        {
            return [.. Emitter.Plan(spec).Select(unit => new PlannedFile(unit, null))];
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return [new PlannedFile(null, InternalFault.Of(spec.Name, SpecSpan.Top(""), e))];
        }
    }
}
