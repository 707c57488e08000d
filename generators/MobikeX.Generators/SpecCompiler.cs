using MobikeX.Generators.Binding;
using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Model;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators;

/// <summary>Specs in, C# out, with no compiler around: the entry for the command line and for tests. Pure, and throws on no input.</summary>
public static class SpecCompiler
{
    /// <param name="files">All files of the project, in any order: specs find their imports and parts among them by path.</param>
    public static SpecCompilation Compile(IReadOnlyList<SpecFile> files, CancellationToken cancellation = default)
    {
        BindResult bound = SpecBinder.Bind(files.Select(file => CompilationStages.Read(file, cancellation)), cancellation);
        var diagnostics = new List<SpecDiagnostic>(bound.Diagnostics);
        var generated = new List<GeneratedFile>();
        foreach (PlannedFile planned in CompilationStages.Plan(bound.Specs))
        {
            RenderedFile rendered = CompilationStages.Render(planned, cancellation);
            if (rendered.File is not null)
            {
                generated.Add(rendered.File);
            }

            if (rendered.Fault is not null)
            {
                diagnostics.Add(rendered.Fault);
            }
        }

        return new SpecCompilation(diagnostics, bound.Specs, generated);
    }
}

/// <summary>What <see cref="SpecCompiler"/> gives.</summary>
/// <param name="Diagnostics">In the order of files and places. Where one is an error, what is generated is not whole.</param>
/// <param name="Specs">Imports before those that import them.</param>
/// <param name="Files">The C# files, each once.</param>
public sealed record SpecCompilation(IReadOnlyList<SpecDiagnostic> Diagnostics, IReadOnlyList<SpecModel> Specs, IReadOnlyList<GeneratedFile> Files);

/// <param name="HintName">The name of the file, <c>.g.cs</c> at its end.</param>
/// <param name="Text">With <c>\n</c> at the end of lines.</param>
public sealed record GeneratedFile(string HintName, string Text);
