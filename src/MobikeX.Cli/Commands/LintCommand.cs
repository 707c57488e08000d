using System.CommandLine;
using System.Text.Json;
using MobikeX.Cli.Specs;
using MobikeX.Cli.Terminal;
using MobikeX.Generators;
using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Syntax;

namespace MobikeX.Cli.Commands;

/// <summary><c>mobikex lint</c>: what the generator says of a spec, without a build.</summary>
internal static class LintCommand
{
    internal static Command Create(ToolConsole console)
    {
        var spec = new Argument<string>("SPEC") { Description = "The spec file; what it imports and includes is read beside it." };
        Option<bool> json = JsonOption.Create();
        var command = new Command(
            "lint",
            "Check a spec as the generator does. Exit code 0: no errors (there may be warnings); 1: errors; 2: the file cannot be read.")
        {
            spec, json,
        };
        command.SetAction(call => Run(console, call.GetValue(spec)!, call.GetValue(json)));
        return command;
    }

    private static int Run(ToolConsole console, string path, bool json)
    {
        SpecFileSet set = SpecLocator.Find(path);
        IReadOnlyList<SpecDiagnostic> diagnostics = SpecCompiler.Compile(set.Files).Diagnostics;
        if (json)
        {
            JsonText.WriteLine(console.Out, writer => Write(writer, set, diagnostics));
        }
        else
        {
            foreach (SpecDiagnostic diagnostic in diagnostics)
            {
                console.Out.WriteLine(diagnostic);
            }

            if (diagnostics.Count == 0)
            {
                console.Out.WriteLine($"{path}: no findings in {set.Files.Count} files");
            }
        }

        return diagnostics.Any(diagnostic => diagnostic.IsError) ? ExitCode.No : ExitCode.Fine;
    }

    private static void Write(Utf8JsonWriter json, SpecFileSet set, IReadOnlyList<SpecDiagnostic> diagnostics)
    {
        json.WriteStartObject();
        json.WriteStartArray("files");
        foreach (SpecFile file in set.Files)
        {
            json.WriteStringValue(file.Path);
        }

        json.WriteEndArray();
        json.WriteStartArray("diagnostics");
        foreach (SpecDiagnostic diagnostic in diagnostics)
        {
            json.WriteStartObject();
            json.WriteString("id", diagnostic.Id);
            json.WriteString("severity", diagnostic.IsError ? "error" : "warning");
            json.WriteString("path", diagnostic.Span.Path);
            json.WriteNumber("line", diagnostic.Span.StartLine + 1);
            json.WriteNumber("column", diagnostic.Span.StartColumn + 1);
            json.WriteString("message", diagnostic.Message);
            json.WriteString("help", diagnostic.HelpLink);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
