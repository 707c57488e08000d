using System.Text.Json;

namespace MobikeX.Cli.Tests;

/// <summary><c>mobikex replay</c> from the outside: every scenario of the project, and scenarios that expect what does not happen.</summary>
public sealed class ReplayTests : IDisposable
{
    private const string Move =
        """
        scenario: an outer address moves on one selected tunnel
        initiator: { identity: mn@example.org, auth: psk, address: 192.0.2.1 }
        responder: { identity: gw@example.org, address: 203.0.113.1 }
        version: 2
        child_sas:
          - { name: c1, spi: c1000001, inner: 10.0.0.2, remote: 10.1.0.0/16 }
          - { name: c2, spi: c1000002, proto: ah, mode: transport }
        policy: { local: [192.0.2.0/24, 198.51.100.0/24] }
        steps:
          - request:
              from: 198.51.100.7
              notifies:
                - SELECTOR: [ { SPI: { spi: c1000001 } } ]
                - UPDATE_SA_ADDRESSES: [ { IP: { new: true, header: true, address: ADDRESS } }, { ID: { identifier: 7 } } ]
                - END_OF_SELECTOR: []
            response: RESPONSE
            sad: SAD
            events: EVENTS

        """;

    private const string Peers =
        """
        scenario: s
        initiator: { identity: mn@example.org, auth: psk, address: 192.0.2.1 }
        responder: { identity: gw@example.org, address: 203.0.113.1 }

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("replay").FullName;

    public static TheoryData<string> Scenarios
    {
        get
        {
            var data = new TheoryData<string>();
            foreach (string file in Directory.EnumerateFiles(ScenarioFolder, "*.yaml").Order(StringComparer.Ordinal))
            {
                data.Add(Path.GetFileName(file));
            }

            return data;
        }
    }

    private static string ScenarioFolder => Path.Combine(AppContext.BaseDirectory, "scenarios");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_scenario_of_the_project_holds(string file)
    {
        ToolRun run = ToolRun.Of("replay", Path.Combine(ScenarioFolder, file));
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
    }

    [Fact]
    public void What_is_expected_holds()
    {
        ToolRun run = Replay(Move, "198.51.100.7", "[]", "{ c1: { initiator: [198.51.100.7] } }");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("UPDATE_SA_ADDRESSES: [ { IP: { new: true, header: true, address: 198.51.100.7 } }, { ID: { identifier: 7 } } ]", run.Output);
        Assert.Contains("SAD c1 initiator 192.0.2.1 ⇒ 198.51.100.7", run.Output);
        Assert.Contains("holds", run.Output);
    }

    [Fact]
    public void An_error_that_was_not_expected_is_shown()
    {
        ToolRun run = Replay(Move, "10.9.9.9", "[]", "{}");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("s.yaml:16:15: response, notify 1", run.Output);
        Assert.Contains("expected nothing", run.Output);
        Assert.Contains("got      UNACCEPTABLE_ADDRESS: [ { ID: { identifier: 7 } } ]", run.Output);
    }

    [Fact]
    public void An_error_that_does_not_come_is_shown()
    {
        ToolRun run = Replay(Move, "198.51.100.7", "[ UNACCEPTABLE_ADDRESS: [ { ID: { identifier: 7 } } ] ]", "{ c1: { initiator: [198.51.100.7] } }");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("s.yaml:16:17: response, notify 1", run.Output);
        Assert.Contains("expected UNACCEPTABLE_ADDRESS: [ { ID: { identifier: 7 } } ]", run.Output);
        Assert.Contains("got      nothing", run.Output);
    }

    [Fact]
    public void Another_ID_in_an_error_is_shown()
    {
        ToolRun run = Replay(Move, "10.9.9.9", "[ UNACCEPTABLE_ADDRESS: [ { ID: { identifier: 8 } } ] ]", "{}");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("expected UNACCEPTABLE_ADDRESS: [ { ID: { identifier: 8 } } ]", run.Output);
        Assert.Contains("got      UNACCEPTABLE_ADDRESS: [ { ID: { identifier: 7 } } ]", run.Output);
    }

    [Fact]
    public void Both_peers_are_compared_where_the_Initiator_is_asked()
    {
        const string Asked = Peers + """
            version: 2
            steps:
              - ask: { action: update, address: 198.51.100.7, lose: [1] }
                sad: { ike1: { initiator: [198.51.100.7] } }

            """;
        ToolRun run = ToolRun.Of("replay", Write(Asked));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("s.yaml:7:18: ike1.initiator at the Responder", run.Output);
        Assert.Contains("expected [198.51.100.7]", run.Output);
        Assert.Contains("got      [192.0.2.1]", run.Output);
        Assert.Equal(0, ToolRun.Of("replay", Write(Asked + "    peer_sad: {}\n")).ExitCode);
    }

    [Theory]
    [InlineData("{}", "17:10: c1.initiator", "[192.0.2.1] (as before: the file does not name it)")]
    [InlineData("{ c2: { initiator: [192.0.2.1] } }", "17:10: c1.initiator", "[192.0.2.1] (as before: the file does not name it)")]
    [InlineData("{ c1: { initiator: [198.51.100.8] } }", "17:16: c1.initiator", "[198.51.100.8]")]
    [InlineData("{ c1: { responder: [203.0.113.1] } }", "17:16: c1.initiator", "[192.0.2.1] (as before: the file does not name it)")]
    public void A_change_that_the_file_does_not_state_is_shown(string sad, string place, string expected)
    {
        ToolRun run = Replay(Move, "198.51.100.7", "[]", sad);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("s.yaml:" + place, run.Output);
        Assert.Contains("expected " + expected, run.Output);
        Assert.Contains("got      [198.51.100.7]", run.Output);
    }

    [Theory]
    [InlineData("{ c1: closed }", "closed", "open")]
    [InlineData("{ c1: { mode: Transport } }", "Transport", "Tunnel")]
    [InlineData("{ alternates: { ike1: [198.51.100.9] } }", "[198.51.100.9]", "[]")]
    public void A_change_that_does_not_come_is_shown(string sad, string expected, string got)
    {
        ToolRun run = Replay(Move, "10.9.9.9", "[ UNACCEPTABLE_ADDRESS: [ { ID: { identifier: 7 } } ] ]", sad);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("expected " + expected, run.Output);
        Assert.Contains("got      " + got, run.Output);
    }

    [Fact]
    public void An_event_that_is_not_told_is_shown()
    {
        ToolRun run = Replay(Move, "198.51.100.7", "[]", "{ c1: { initiator: [198.51.100.7] } }", "[ closed: c1 ]");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("s.yaml:18:15: event 1", run.Output);
        Assert.Contains("expected closed: c1", run.Output);
    }

    [Fact]
    public void A_negotiation_that_ends_otherwise_is_shown()
    {
        const string Text =
            """
            scenario: s
            initiator: { address: 192.0.2.1 }
            responder: { address: 203.0.113.1 }
            negotiate:
              initiator: { offer: [1, 2] }
              responder: { enable: [2] }
              expect: { initiator: MOBIKE_UNSUPPORTED, responder: MOBIKE-X_SUPPORTED, version: 1 }
            """;
        ToolRun run = ToolRun.Of("replay", Write(Text));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("s.yaml:7:11: expect.initiator", run.Output);
        Assert.Contains("expected MOBIKE_UNSUPPORTED", run.Output);
        Assert.Contains("got      MOBIKE-X_SUPPORTED", run.Output);
        Assert.Contains("expect.version at the Initiator", run.Output);
        Assert.DoesNotContain("expect.responder", run.Output);
    }

    [Fact]
    public void JSON_is_one_object_a_file()
    {
        string good = Write(Fill("198.51.100.7", "[]", "{ c1: { initiator: [198.51.100.7] } }"), "good.yaml");
        string bad = Write(Fill("198.51.100.7", "[]", "{}"), "bad.yaml");
        ToolRun run = ToolRun.Of("replay", "--json", good, bad);
        Assert.Equal(1, run.ExitCode);
        string[] lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        using JsonDocument first = JsonDocument.Parse(lines[0]);
        Assert.True(first.RootElement.GetProperty("holds").GetBoolean());
        JsonElement step = first.RootElement.GetProperty("steps")[0];
        Assert.Equal("SELECTOR", step.GetProperty("messages")[0].GetProperty("payloads")[0].GetProperty("name").GetString());
        Assert.Equal("198.51.100.7", step.GetProperty("after").GetProperty("c1").GetProperty("initiator")[0].GetString());
        using JsonDocument second = JsonDocument.Parse(lines[1]);
        Assert.False(second.RootElement.GetProperty("holds").GetBoolean());
        JsonElement difference = second.RootElement.GetProperty("steps")[0].GetProperty("differences")[0];
        Assert.Equal("c1.initiator", difference.GetProperty("subject").GetString());
        Assert.Equal("[198.51.100.7]", difference.GetProperty("got").GetString());
    }

    [Fact]
    public void A_wrong_file_among_good_ones_runs_none()
    {
        string good = Write(Fill("198.51.100.7", "[]", "{ c1: { initiator: [198.51.100.7] } }"), "good.yaml");
        string wrong = Write("scenario: s\n", "wrong.yaml");
        ToolRun run = ToolRun.Of("replay", good, wrong);
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains($"{wrong}:1:1: a scenario needs 'initiator'", run.Error);
    }

    [Fact]
    public void A_file_that_is_not_there_is_one_line()
    {
        ToolRun run = ToolRun.Of("replay", "nowhere.yaml");
        Assert.Equal(2, run.ExitCode);
        Assert.Equal("nowhere.yaml: no such file", run.Error.Trim());
    }

    [Fact]
    public void A_folder_stands_for_its_files()
    {
        Write(Fill("198.51.100.7", "[]", "{ c1: { initiator: [198.51.100.7] } }"), "a.yaml");
        Write(Fill("10.9.9.9", "[ UNACCEPTABLE_ADDRESS: [ { ID: { identifier: 7 } } ] ]", "{}"), "b.yaml");
        ToolRun run = ToolRun.Of("replay", _folder);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("2 scenarios, all hold", run.Output);
    }

    [Fact]
    public void A_lost_request_is_not_acted_upon_and_of_a_lost_response_nothing_comes_back()
    {
        const string Steps =
            """
            version: 2
            steps:
              - request: { from: 198.51.100.7, notifies: [ { UPDATE_SA_ADDRESSES: [] } ] }
                lose: [1]
                response: []
              - request: { from: 198.51.100.7, notifies: [ { SELECTOR: [ { ID: { identifier: 7 } } ] }, { UPDATE_SA_ADDRESSES: [] } ] }
                lose: [2]
                response: []
            """;
        ToolRun run = ToolRun.Of("replay", Write(Peers + Steps));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("198.51.100.7 → 203.0.113.1 lost", run.Output);
        Assert.Contains("203.0.113.1 → 198.51.100.7 lost", run.Output);
    }

    [Fact]
    public void Under_version_1_what_only_version_2_has_words_for_can_be_said_and_is_passed_over()
    {
        const string Steps =
            """
            version: 1
            child_sas: [ { spi: c1000001 } ]
            steps:
              - request:
                  notifies:
                    - SELECTOR: [ { SPI: { spi: c1000001 } } ]
                    - ADD_SA_ADDRESS: [ { IP: { header: true, address: 198.51.100.9 } } ]
                response: []
            """;
        ToolRun run = ToolRun.Of("replay", Write(Peers + Steps));
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
    }

    [Theory]
    [InlineData("UNSUPPORTED_CRITICAL_PAYLOAD: { payloadType: 41 }")]
    [InlineData("UNSUPPORTED_CRITICAL_PAYLOAD: { data: 29 }")]
    [InlineData("{ code: 1, data: 29 }")]
    [InlineData("hex: 000000090000000129")]
    public void An_answer_compares_by_what_it_means_however_it_is_written(string answer)
    {
        string steps =
            $$"""
            version: 2
            steps:
              - request: { notifies: [ { code: 40000, data: 0102, critical: true } ] }
                response:
                  - {{answer}}
            """;
        ToolRun run = ToolRun.Of("replay", Write(Peers + steps));
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
    }

    private static string Fill(string address, string response, string sad, string events = "[]", string text = Move) =>
        text.Replace("ADDRESS } }, { ID", $"{address} }} }}, {{ ID").Replace("RESPONSE", response).Replace("SAD\n", sad + "\n").Replace("EVENTS", events);

    private ToolRun Replay(string text, string address, string response, string sad, string events = "[]") =>
        ToolRun.Of("replay", Write(Fill(address, response, sad, events, text)));

    private string Write(string text, string name = "s.yaml")
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
