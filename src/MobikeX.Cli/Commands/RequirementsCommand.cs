using System.CommandLine;
using System.Text.Json;
using MobikeX.Cli.Requirements;
using MobikeX.Cli.Specs;
using MobikeX.Cli.Terminal;
using Spectre.Console;

namespace MobikeX.Cli.Commands;

/// <summary><c>mobikex requirements</c>: what the draft demands, and which test shows it.</summary>
internal static class RequirementsCommand
{
    private static readonly string DefaultSpec = Path.Combine("spec", "requirements.yaml");

    internal static Command Create(ToolConsole console)
    {
        var spec = new Option<string?>("--spec") { Description = "The requirements; left out, spec/requirements.yaml here or in a folder above.", HelpName = "FILE" };
        var tests = new Option<string?>("--tests") { Description = "The folder of the tests; left out, tests beside the folder of the requirements.", HelpName = "DIR" };
        var check = new Option<bool>("--check") { Description = "Fail where a MUST or MUST NOT that binds an implementation has no test, or a test names no requirement." };
        Option<bool> json = JsonOption.Create();
        var command = new Command(
            "requirements",
            "Print the requirements with the tests that name them. Exit code 0: printed; 1: with --check, something is missing; 2: a file is wrong.")
        {
            spec, tests, check, json,
        };
        command.SetAction(call => Run(console, call.GetValue(spec), call.GetValue(tests), call.GetValue(check), call.GetValue(json)));
        return command;
    }

    private static int Run(ToolConsole console, string? spec, string? tests, bool check, bool json)
    {
        string file = spec ?? SpecLocator.Above(DefaultSpec) ?? throw new InputException($"{DefaultSpec}: no such file here or in a folder above; name it with --spec");
        string folder = tests ?? Path.Combine(Path.GetDirectoryName(file) ?? string.Empty, "..", "tests");
        RequirementMatrix matrix = RequirementMatrix.Of(file, RequirementsFile.Load(file), TestScan.Of(folder));
        if (json)
        {
            JsonText.WriteLine(console.Out, writer => Write(writer, matrix));
        }
        else
        {
            Write(console.Rich, matrix);
        }

        return check && matrix.Faults.Count > 0 ? ExitCode.No : ExitCode.Fine;
    }

    private static void Write(IAnsiConsole console, RequirementMatrix matrix)
    {
        Table table = new Table { Border = TableBorder.Rounded }.AddColumns("Id", "Level", "Requirement", "Shown by");
        foreach ((Requirement requirement, IReadOnlyList<RequirementReference> shown) in matrix.Rows)
        {
            string by = shown.Count > 0 ? string.Join(", ", shown)
                : requirement.OutOfScope is { } why ? $"out of scope: {why}"
                : requirement.NeedsTest ? "missing"
                : requirement.Binds == RequirementBinding.Implementation ? $"not needed: a {requirement.Level.Word()}"
                : $"not needed: binds the {requirement.Binds.Word()}";
            table.AddRow(new Text(requirement.Id), new Text(requirement.Level.Word()), new Text(requirement.Text), new Text(by));
        }

        console.Write(table);
        foreach (string fault in matrix.Faults)
        {
            console.MarkupLine($"[red]fault[/] {Markup.Escape(fault)}");
        }

        int needed = matrix.Rows.Count(row => row.Requirement.NeedsTest);
        int missing = matrix.Rows.Count(row => row.IsMissingTest);
        console.WriteLine($"{matrix.Rows.Count} requirements; {needed} need a test, {missing} of them have none");
    }

    private static void Write(Utf8JsonWriter json, RequirementMatrix matrix)
    {
        json.WriteStartObject();
        json.WriteStartArray("requirements");
        foreach ((Requirement requirement, IReadOnlyList<RequirementReference> shown) in matrix.Rows)
        {
            json.WriteStartObject();
            json.WriteString("id", requirement.Id);
            json.WriteString("section", requirement.Section);
            json.WriteString("level", requirement.Level.Word());
            json.WriteString("text", requirement.Text);
            json.WriteString("binds", requirement.Binds.Word());
            json.WriteString("outOfScope", requirement.OutOfScope);
            json.WriteBoolean("needsTest", requirement.NeedsTest);
            WriteList(json, "errata", requirement.Errata);
            WriteList(json, "tests", shown.Select(reference => reference.ToString()));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteList(json, "faults", matrix.Faults);
        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, string name, IEnumerable<string> items)
    {
        json.WriteStartArray(name);
        foreach (string item in items)
        {
            json.WriteStringValue(item);
        }

        json.WriteEndArray();
    }
}
