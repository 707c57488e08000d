using System.CommandLine;
using MobikeX.Cli.Specs;
using MobikeX.Cli.Terminal;
using MobikeX.Generators;
using MobikeX.Generators.Diagnostics;

namespace MobikeX.Cli.Commands;

/// <summary><c>mobikex generate</c>: the generator's files, written to a folder.</summary>
internal static class GenerateCommand
{
    internal static Command Create(ToolConsole console)
    {
        var spec = new Argument<string>("SPEC") { Description = "The spec file; what it imports and includes is read beside it." };
        var folder = new Option<string>("--out") { Description = "The folder to write to; it is made where it is missing.", HelpName = "DIR", Required = true };
        var command = new Command(
            "generate",
            "Write the C# files that the source generator makes of a spec, and remove those that it made of the spec before and no longer does: all of it or none. A file of another origin is never touched. "
            + "Exit code 0: written; 1: the spec has errors; 2: a file cannot be read or written. Nothing is written with 1 or 2.")
        {
            spec, folder,
        };
        command.SetAction(call => Run(console, call.GetValue(spec)!, call.GetValue(folder)!));
        return command;
    }

    private static int Run(ToolConsole console, string path, string folder)
    {
        SpecCompilation compilation = SpecCompiler.Compile(SpecLocator.Find(path).Files);
        foreach (SpecDiagnostic diagnostic in compilation.Diagnostics)
        {
            console.WriteError(diagnostic.ToString());
        }

        if (compilation.Diagnostics.Any(diagnostic => diagnostic.IsError))
        {
            return ExitCode.No;
        }

        int removed = GeneratedFolder.Write(folder, compilation);
        console.Out.WriteLine($"{compilation.Files.Count} files written to {folder}{(removed > 0 ? $", {removed} removed that the spec no longer makes" : string.Empty)}");
        return ExitCode.Fine;
    }
}
