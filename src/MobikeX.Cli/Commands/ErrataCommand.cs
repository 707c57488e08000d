using System.CommandLine;
using System.Text.Json;
using MobikeX.Cli.Specs;
using MobikeX.Cli.Terminal;
using MobikeX.Generators;
using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Model;
using Spectre.Console;

namespace MobikeX.Cli.Commands;

/// <summary><c>mobikex errata</c>: where the document contradicts itself, and what was chosen.</summary>
internal static class ErrataCommand
{
    internal static Command Create(ToolConsole console)
    {
        var spec = new Argument<string?>("SPEC")
        {
            Description = "The spec file; left out, spec/mobikex.yaml here or in a folder above, or the copy in the tool.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<bool> json = JsonOption.Create();
        var command = new Command(
            "errata",
            "List where the document contradicts itself or is silent, the readings, and the choice. Exit code 0: listed; 1: the spec has errors; 2: it cannot be read.")
        {
            spec, json,
        };
        command.SetAction(call => Run(console, SpecLocator.Find(call.GetValue(spec)), call.GetValue(json)));
        return command;
    }

    private static int Run(ToolConsole console, SpecFileSet set, bool json)
    {
        SpecCompilation compilation = SpecCompiler.Compile(set.Files);
        SpecDiagnostic[] errors = [.. compilation.Diagnostics.Where(diagnostic => diagnostic.IsError)];
        if (errors.Length > 0)
        {
            foreach (SpecDiagnostic error in errors)
            {
                console.WriteError(error.ToString());
            }

            return ExitCode.No;
        }

        (SpecModel Spec, ErratumModel Erratum)[] errata = [.. compilation.Specs.SelectMany(spec => spec.Errata.Select(erratum => (spec, erratum)))];
        if (json)
        {
            JsonText.WriteLine(console.Out, writer => Write(writer, errata));
        }
        else
        {
            Write(console.Rich, errata);
        }

        return ExitCode.Fine;
    }

    private static void Write(IAnsiConsole console, (SpecModel Spec, ErratumModel Erratum)[] errata)
    {
        Table table = new Table { ShowRowSeparators = true, Border = TableBorder.Rounded }.AddColumns("Erratum", "Section", "Conflict", "Readings", "Choice");
        foreach ((_, ErratumModel erratum) in errata)
        {
            table.AddRow(new Text(erratum.Id), new Text(string.Join(", ", erratum.Sections)), new Text(erratum.Conflict), new Text(string.Join(" / ", erratum.Readings)), new Text(erratum.Choice));
        }

        console.Write(table);
    }

    private static void Write(Utf8JsonWriter json, (SpecModel Spec, ErratumModel Erratum)[] errata)
    {
        json.WriteStartArray();
        foreach ((SpecModel spec, ErratumModel erratum) in errata)
        {
            json.WriteStartObject();
            json.WriteString("id", erratum.Id);
            json.WriteString("document", spec.Document);
            WriteList(json, "sections", erratum.Sections);
            json.WriteString("conflict", erratum.Conflict);
            WriteList(json, "readings", erratum.Readings);
            json.WriteString("choice", erratum.Choice);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteList(Utf8JsonWriter json, string name, EquatableArray<string> items)
    {
        json.WriteStartArray(name);
        foreach (string item in items)
        {
            json.WriteStringValue(item);
        }

        json.WriteEndArray();
    }
}
