using System.CommandLine;
using System.Text.RegularExpressions;
using MobikeX.Cli.Commands;
using MobikeX.Cli.Run.Control;
using MobikeX.Cli.Terminal;

namespace MobikeX.Cli.Tests;

/// <summary>Every exit code that the help of a command promises, and none besides.</summary>
public sealed partial class ExitCodeTests : IDisposable
{
    private const string Spec = """
        spec: probe
        title: A probe
        document: probe-00
        namespace: Probe
        constants:
          SIZE: { value: 8, unit: octets, ref: "1", doc: How large it is. }
        """;

    private const string Scenario = """
        scenario: s
        initiator: { address: 192.0.2.1, auth: psk }
        responder: { address: 203.0.113.1 }
        version: 2
        steps:
          - request: { notifies: [ COOKIE2: { data: 0102030405060708 } ] }
            response: [ COOKIE2: { data: 0102030405060708 } ]
        """;

    private const string Requirements = """
        sections: { "8": 1 }
        requirements:
          - { id: R-8-01, section: "8", level: MUST, text: T., binds: implementation, scope: in }
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>What a command to a daemon is called with; its code is what the daemon says.</summary>
    private static readonly string[] ToDaemon =
    [
        "up road", "down road", "rekey road", "address update 198.51.100.7", "address add 198.51.100.7", "address remove 198.51.100.7",
        "address check update 198.51.100.7", "address check add 198.51.100.7", "address check remove 198.51.100.7", "alternates offer 198.51.100.7",
    ];

    /// <summary>Calls, by what may come of them. A word in braces is a file of <see cref="Files"/>, or a daemon that says so.</summary>
    private static readonly Case[] Cases =
    [
        .. ToDaemon.SelectMany(static call => (Case[])
            [new(call + " --socket {done}", 0), new(call + " --socket {no}", 1), new(call + " --socket {wrong}", 2), new(call + " --socket {nobody}", 3)]),
        new("sa list --socket {done}", 0),
        new("sa list --socket {no}", 1),
        new("sa list --socket {wrong}", 2),
        new("sa list --socket {nobody}", 3),

        // What the kernel under the tests has and allows is not known.
        new("sa watch --events 0", 0, 3),
        new("demo --json", 0),
        new("demo --pcap {missing}/x", 2),
        new("replay {scenario}", 0),
        new("replay {scenario-that-differs}", 1),
        new("replay {missing}", 2),
        new("decode 000000080000a002", 0),
        new("decode 000000090000a00200", 1),
        new("decode xyz", 2),
        new("encode < [ END_OF_SELECTOR: [] ]", 0),
        new("encode < [ END_OF_SELECTR: [] ]", 2),
        new("lint {spec}", 0),
        new("lint {spec-with-an-error}", 1),
        new("lint {missing}", 2),
        new("generate {spec} --out {out}", 0),
        new("generate {spec-with-an-error} --out {out}", 1),
        new("generate {spec} --out {config}", 2),
        new("errata {spec}", 0),
        new("errata {spec-with-an-error}", 1),
        new("errata {missing}", 2),
        new("requirements --check --spec {requirements} --tests {tests}", 0),
        new("requirements --check --spec {requirements} --tests {no-tests}", 1),
        new("requirements --spec {spec} --tests {tests}", 2),
        new("run --config {config-at-fault}", 2),
        new("config check {config}", 0),
        new("config check {config-at-fault}", 2),
        new("config schema", 0),
    ];

    /// <summary>What a call alone does not bring about: a daemon that ends well takes a kernel, and the lab stops one; the others have tests of their own.</summary>
    private static readonly (string Command, int Code)[] Apart = [("run", 0), ("run", 3), ("demo", 1)];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mobikex-exit");
    private readonly CancellationTokenSource _stop = new();

    public ExitCodeTests()
    {
        _folder.CreateSubdirectory("no-tests");
        _folder.CreateSubdirectory("tests");
        foreach ((string name, string text) in Files)
        {
            File.WriteAllText(Place(name), text);
        }
    }

    public static TheoryData<string> Calls => [.. Cases.Select(static each => each.Call)];

    public static TheoryData<string> Commands => [.. Leaves().Select(static leaf => leaf.Name)];

    private static Dictionary<string, string> Files => new()
    {
        ["scenario"] = Scenario,
        ["scenario-that-differs"] = Scenario + "\n    sad: { ike1: closed }\n",
        ["spec"] = Spec,
        ["spec-with-an-error"] = Spec + "\n  OTHER: {}\n",
        ["requirements"] = Requirements,
        ["tests/Tests.cs"] = "[" + "Requirement(\"R-8-01\")]",
        ["config"] = SmallConfig.Text,
        ["config-at-fault"] = SmallConfig.Text.Replace("psk", "pks", StringComparison.Ordinal),
    };

    public void Dispose()
    {
        _stop.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_call_ends_with_its_code(string call)
    {
        using ControlSocket done = ControlSocket.Open(Place("done"));
        using ControlSocket no = ControlSocket.Open(Place("no"));
        using ControlSocket wrong = ControlSocket.Open(Place("wrong"));
        Task serving = Task.WhenAll(
            done.RunAsync(static (_, _) => Task.FromResult(new ControlAnswer(ControlOutcome.Done, Sas: [])), _stop.Token),
            no.RunAsync(static (_, _) => Task.FromResult(ControlAnswer.No("no")), _stop.Token),
            wrong.RunAsync(static (_, _) => Task.FromResult(ControlAnswer.Wrong("what is this")), _stop.Token));
        string[] parts = call.Split(" < ");
        string[] words = [.. parts[0].Split(' ').Select(Fill)];

        ToolRun run = ToolRun.With(parts.ElementAtOrDefault(1) ?? string.Empty, words);

        Case given = Cases.Single(each => each.Call == call);
        Assert.Contains(run.ExitCode, given.Codes);
        Assert.True(run.ExitCode < ExitCode.Wrong || (run.Output.Length == 0 && run.Error.Length > 0));
        await _stop.CancelAsync();
        await serving.WaitAsync(Patience);
    }

    [Fact]
    public void A_daemon_without_the_capability_is_denied()
    {
        ToolRun run = Unprivileged.Run(() => ToolRun.Of("run", "--config", Place("config")));

        Assert.Equal(ExitCode.Denied, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.StartsWith("mobikex: ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Words_that_a_command_does_not_know_are_a_wrong_call(string command)
    {
        ToolRun run = ToolRun.Of([.. command.Split(' '), "one", "two", "--three"]);

        Assert.Equal(ExitCode.Wrong, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.NotEmpty(run.Error);
    }

    [Fact]
    public void Every_code_that_the_help_of_a_command_promises_is_shown_and_no_other_comes()
    {
        foreach ((string name, string description) in Leaves())
        {
            int[] promised = [.. Promise().Matches(description).Select(static match => int.Parse(match.Groups[1].Value)).Order()];
            int[] shown =
            [
                .. Cases.Where(each => (each.Call + " ").StartsWith(name + " ", StringComparison.Ordinal)).SelectMany(static each => each.Codes)
                    .Concat(Apart.Where(each => each.Command == name).Select(static each => each.Code)).Distinct().Order(),
            ];

            Assert.True(promised.SequenceEqual(shown), $"{name}: promised {string.Join(", ", promised)}; shown {string.Join(", ", shown)}");
        }
    }

    private static IEnumerable<(string Name, string Description)> Leaves()
    {
        using var nothing = new StringWriter();
        return [.. Leaves(CommandTree.Create(new ToolConsole(Stream.Null, nothing, nothing, terminal: false)), string.Empty)];
    }

    private static IEnumerable<(string Name, string Description)> Leaves(Command command, string path) =>
        command.Subcommands.Count == 0
            ? [(path, command.Description ?? string.Empty)]
            : command.Subcommands.SelectMany(each => Leaves(each, path.Length == 0 ? each.Name : $"{path} {each.Name}"));

    private string Place(string name) => Path.Combine(_folder.FullName, name);

    private string Fill(string word) => Braced().Replace(word, match => Place(match.Groups[1].Value));

    [GeneratedRegex(@"(?:Exit code |; )(\d)[:.]")]
    private static partial Regex Promise();

    [GeneratedRegex(@"\{([a-z-]+)\}")]
    private static partial Regex Braced();

    private sealed record Case(string Call, params int[] Codes);
}
