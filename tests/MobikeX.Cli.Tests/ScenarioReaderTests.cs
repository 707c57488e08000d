using MobikeX.Cli.Scenarios;
using MobikeX.Cli.Yaml;

namespace MobikeX.Cli.Tests;

/// <summary>What is wrong with a scenario file is said with its place, and with what was probably meant.</summary>
public sealed class ScenarioReaderTests
{
    private const string Peers =
        """
        scenario: s
        initiator: { identity: mn, auth: psk, address: 192.0.2.1 }
        responder: { identity: gw, address: 203.0.113.1 }
        version: 2
        child_sas:
          - { name: c1, spi: c1000001 }

        """;

    public static TheoryData<string, string> FaultsBehindThePeers => new()
    {
        { "steps: [ { wait: 30 parsecs } ]", "7:18: a duration such as 30s, 500ms or 2m is expected, found '30 parsecs'" },
        { "steps: [ { fail: disk } ]", "7:18: 'disk' is no thing that can fail; known here: backend" },
        { "steps: [ { respnse: [] } ]", "7:12: a step has no key 'respnse'; did you mean 'response'?" },
        { "steps: [ { response: [] } ]", "7:22: a response needs a request in the same step" },
        { "steps: [ { wait: 1s, lose: [1] } ]", "7:28: lose needs something that is sent in the same step" },
        { "steps: [ {} ]", "7:10: a step says what happens or what is expected, found nothing" },
        { "steps: [ 17 ]", "7:10: a step is a mapping, found '17'" },
        { "steps: 17", "7:8: steps is a list, found '17'" },
        { "polcy: {}\nsteps: []", "7:1: a scenario has no key 'polcy'; did you mean 'policy'?" },
        { "steps: []\nerrata: E01", "8:9: errata is a list of ids, found 'E01'" },
        { "steps: []\nrequirements: [ [] ]", "8:17: an id of requirements is a single value, found a list" },
        { "steps: [ { request: { by: respnder, notifies: [] } } ]", "7:27: 'respnder' is no peer; did you mean 'responder'?" },
        { "steps: [ { request: { from: 192.0.2.300, notifies: [] } } ]", "7:29: an IPv4 or IPv6 address is expected, found '192.0.2.300'" },
        { "steps: [ { request: { from: 192.0.2.3 } } ]", "7:21: a request needs 'notifies'" },
        { "steps: [ { request: { notifies: [ { UPDATE_SA_ADRESSES: [] } ] } } ]", "7:37: no notify is called 'UPDATE_SA_ADRESSES'; did you mean 'UPDATE_SA_ADDRESSES'?" },
        { "steps: [ { request: { notifies: [ { ADD_SA_ADDRESS: [ { IP: { headr: true, address: 192.0.2.3 } } ] } ] } } ]", "7:63: IP has no field 'headr'; did you mean 'header'?" },
        { "steps: [ { ask: {} } ]", "7:17: an ask needs 'action'" },
        { "steps: [ { ask: { action: updat } } ]", "7:27: 'updat' is no action; did you mean 'update'?" },
        { "steps: [ { ask: { action: add, adress: 192.0.2.3 } } ]", "7:32: an ask has no key 'adress'; did you mean 'address'?" },
        { "steps: [ { ask: { action: add, address: 192.0.2.300 } } ]", "7:41: an IPv4 or IPv6 address is expected, found '192.0.2.300'" },
        { "steps: [ { unreachable: [ 192.0.2.300 ] } ]", "7:27: an IPv4 or IPv6 address is expected, found '192.0.2.300'" },
        { "steps: [ { unreachable: [], lose: [1] } ]", "7:35: lose needs something that is sent in the same step" },
        { "steps: [ { wait: 1s, peer_sad: {} } ]", "7:32: peer_sad needs an ask in the same step" },
        { "steps: [ { request: { message_id: -1, notifies: [] } } ]", "7:35: message_id is a number from 0 to 2147483647, found '-1'" },
        { "steps: [ { negotiate: { answer: [ { MOBIKE_SUPORTED: [] } ] } } ]", "7:37: no notify is called 'MOBIKE_SUPORTED'; did you mean 'MOBIKE_SUPPORTED'?" },
        { "steps: [ { sad: { c2: closed } } ]", "7:19: sad has no key 'c2'; did you mean 'c1'?" },
        { "steps: [ { sad: { c1: open } } ]", "7:23: 'c1' is 'closed' or a mapping of what is true of it, found 'open'" },
        { "steps: [ { sad: { alternates: { c1: [] } } } ]", "7:33: alternates has no key 'c1'; known here: ike1" },
        { "steps: [ { events: [ clsed: c1 ] } ]", "7:22: 'clsed' is no event; did you mean 'closed'?" },
        { "steps: [ { events: [ closed: c2 ] } ]", "7:30: 'c2' is no SA of this file; did you mean 'c1'?" },
        { "steps: [ { events: [ alternate: { sa: c1, adress: 192.0.2.3 } ] } ]", "7:43: event 'alternate' has no key 'adress'; did you mean 'address'?" },
        { "steps: [ { expect: { initiator: MOBIKE-X_SUPORTED } } ]", "7:33: 'MOBIKE-X_SUPORTED' is no state of the negotiation; did you mean 'MOBIKE-X_SUPPORTED'?" },
        { "negotiate: {}", "4:10: version is agreed beforehand, negotiate agrees it: a file has one of them" },
        { "policy: { local: [ 192.0.2.0/33 ] }\nsteps: []", "7:20: an address or a prefix such as 192.0.2.0/24 is expected, found '192.0.2.0/33'" },
        { "policy: { remote: [] }\nsteps: []", "7:11: policy has no key 'remote'; known here: local, spd" },
        { "ike_sas: [ { name: c1 } ]\nsteps: []", "6:13: another SA is named 'c1'" },
        { "ike_sas: [ { spi: a1 } ]\nsteps: []", "7:19: an SPI of 16 hexadecimal digits is expected, found 'a1'" },
        { "ike_sas: [ { initiator: [] } ]\nsteps: []", "7:25: an SA has at least one address" },
        { "steps: []\nsteps: []", "8:1: 'steps' stands here a second time" },
        { "steps: []\n---\nscenario: t", "8:1: a second document; a file holds one" },
        { "steps: *c", "7:8: no anchor 'c' stands before this alias" },
    };

    [Theory]
    [MemberData(nameof(FaultsBehindThePeers))]
    public void A_fault_is_named_at_its_place(string rest, string expected)
    {
        Assert.Null(ScenarioReader.Read("s.yaml", Peers + rest, out IReadOnlyList<Fault> faults));
        Assert.Equal("s.yaml:" + expected, Assert.Single(faults).ToString());
    }

    [Theory]
    [InlineData("", "1:1: the file is empty")]
    [InlineData("- a", "1:1: a scenario is a mapping, found a list")]
    [InlineData("scenario: s\nresponder: { address: 203.0.113.1 }\ninitiator: {}\nsteps: []", "3:12: initiator needs 'address'")]
    [InlineData("scenario: s\nresponder: { address: 203.0.113.1 }\nsteps: []", "1:1: a scenario needs 'initiator'")]
    [InlineData("initiator: { address: 192.0.2.1 }\nresponder: { address: 203.0.113.1 }\nsteps: []", "1:1: a scenario needs 'scenario'")]
    [InlineData("scenario: s\ninitiator: { address: 192.0.2.1 }\nresponder: { address: 203.0.113.1 }", "1:1: a scenario needs 'steps' or 'negotiate'")]
    [InlineData("scenario: s\ninitiator: { address: 192.0.2.1, own_sas: when-send }\nresponder: { address: 203.0.113.1 }\nsteps: []", "2:43: 'when-send' is no time to change own SAs; did you mean 'when-sent'?")]
    [InlineData("scenario: s\ninitiator: { address: 192.0.2.1 }\nresponder: { address: 203.0.113.1, own_sas: when-sent }\nsteps: []", "3:36: responder has no key 'own_sas'; known here: identity, auth, address, routability")]
    [InlineData("scenario: s\ninitiator: { address: 192.0.2.1 }\nresponder: { address: 203.0.113.1, routability: before-movin }\nsteps: []", "3:49: 'before-movin' is no time to check return routability; did you mean 'before-moving'?")]
    [InlineData("scenario: s\ninitiator: { address: 192.0.2.1 }\nresponder: { address: 203.0.113.1 }\nversion: 9\nsteps: []", "4:10: version 9 is none that this tool speaks")]
    public void A_file_without_what_it_needs_is_refused(string text, string expected)
    {
        Assert.Null(ScenarioReader.Read("s.yaml", text, out IReadOnlyList<Fault> faults));
        Assert.Equal("s.yaml:" + expected, Assert.Single(faults).ToString());
    }

    [Fact]
    public void Every_fault_of_a_file_is_named_in_the_order_of_the_file()
    {
        const string Text = Peers + "policy: { spd: [ x ] }\nsteps:\n  - wait: x\n  - sad: { x: closed }\n";
        ScenarioReader.Read("s.yaml", Text, out IReadOnlyList<Fault> faults);
        Assert.Equal([(7, 18), (9, 11), (10, 12)], faults.Select(fault => (fault.Line, fault.Column)));
    }

    [Theory]
    [InlineData("steps: [ {")]
    [InlineData("steps: \"")]
    [InlineData("steps:\n\t- x")]
    [InlineData("steps: &a [ *a ]")]
    [InlineData("steps: []\n? [a]\n: b")]
    public void Text_that_is_no_YAML_is_one_fault_and_not_an_exception(string rest)
    {
        Assert.Null(ScenarioReader.Read("s.yaml", Peers + rest, out IReadOnlyList<Fault> faults));
        Assert.All(faults, fault => Assert.True(fault.Line >= 7 && fault.Column >= 1, fault.ToString()));
        Assert.NotEmpty(faults);
    }

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        string text = Peers + "steps: " + new string('[', 10_000);
        Assert.Null(ScenarioReader.Read("s.yaml", text, out IReadOnlyList<Fault> faults));
        Assert.Contains("nested deeper than", Assert.Single(faults).Text);
    }

    [Fact]
    public void What_an_SA_leaves_out_is_that_of_the_first()
    {
        const string Text = Peers + "ike_sas:\n  - { name: ike1, spi: 00000000000000a7 }\n  - ike2: { identity: other }\nsteps: []\n";
        Scenario scenario = ScenarioReader.Read("s.yaml", Text, out _)!;
        Assert.Equal(("ike1", 0xa7UL, "mn", "psk"), Summary(scenario.IkeSas[0]));
        Assert.Equal(("ike2", 0xa1UL, "other", "psk"), Summary(scenario.IkeSas[1]));
        Assert.Equal("192.0.2.1", Assert.Single(scenario.IkeSas[1].Initiator).ToString());
        Assert.Equal("203.0.113.1", Assert.Single(scenario.ChildSas[0].Responder).ToString());
    }

    private static (string Name, ulong Spi, string Identity, string Authentication) Summary(ScenarioIkeSa sa) =>
        (sa.Name, sa.Spi, sa.Identity, sa.Authentication);
}
