using System.Diagnostics;
using MobikeX.Cli.Scenarios;
using MobikeX.Engine;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;
using Ikev2Constants = MobikeX.Protocol.Ikev2.Constants;

namespace MobikeX.Cli.Demo;

/// <summary>What the two peers of the demo do, act by act.</summary>
internal sealed class DemoStory
{
    /// <summary>Loopback answers in microseconds: who waits longer has lost a datagram, and the demo says so.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly DemoNetwork _network;
    private readonly DemoPeer _initiator;
    private readonly DemoPeer _responder;
    private readonly MobikeXInitiator _engine;

    public DemoStory(DemoNetwork network)
    {
        _network = network;
        _initiator = new DemoPeer(new ScenarioHost(PeerRole.Initiator, DemoSetting.Scenario), network);
        _responder = new DemoPeer(new ScenarioHost(PeerRole.Responder, DemoSetting.Scenario), network);
        _engine = (MobikeXInitiator)_initiator.Host.Engine;
    }

    private TimeSpan Now => _clock.Elapsed;

    /// <summary>The acts, each played when it is asked for. The last one played says whether the story went on.</summary>
    public IEnumerable<DemoAct> Play()
    {
        foreach ((string title, string about, Action begin) in Script())
        {
            DemoAct act = PlayAct(title, about, begin);
            yield return act;
            if (!act.Completed)
            {
                yield break;
            }
        }
    }

    private IEnumerable<(string Title, string About, Action Begin)> Script()
    {
        SaSelector tunnel = new() { ChildSpi = DemoSetting.Tunnel };
        yield return (
            "Negotiation",
            "The Initiator offers its versions in IKE_AUTH, and the Responder takes the highest that both have.",
            () => _engine.Enable(Now));
        yield return (
            "CHECK",
            "Wi-Fi gets weak. Would the Responder take the mobile address for c1? Nothing changes yet.",
            () => _engine.Update(
                new ActionCommand { Selectors = [tunnel], Check = true, Old = DemoSetting.WiFi, Address = DemoSetting.Mobile },
                From(DemoSetting.WiFi), Now, _initiator.Host.Backend));
        yield return (
            "UPDATE of one selected SA",
            "c1 moves to the mobile network, c2 and the IKE_SA stay.",
            () => _engine.Update(
                new ActionCommand { Selectors = [tunnel], Old = DemoSetting.WiFi, Address = DemoSetting.Mobile },
                From(DemoSetting.Mobile), Now, _initiator.Host.Backend));
        yield return (
            "ADD",
            "A cable is plugged in: c1 may be used from there too.",
            () => _engine.Add(
                new ActionCommand { Selectors = [tunnel], Address = DemoSetting.Cable },
                From(DemoSetting.Cable), Now, _initiator.Host.Backend));
        yield return (
            "REMOVE",
            "And the mobile network is given up: the cable alone is left.",
            () => _engine.Remove(
                new ActionCommand { Selectors = [tunnel], Address = DemoSetting.Mobile },
                From(DemoSetting.Cable), Now, _initiator.Host.Backend));
        yield return (
            "A refused address",
            "The Initiator wants all its SAs at 10.9.9.9, which the Responder's policy refuses, and then tries its next candidate.",
            () => _engine.Update(
                new ActionCommand { Candidates = [DemoSetting.Foreign, DemoSetting.Mobile] },
                From(DemoSetting.WiFi), Now, _initiator.Host.Backend));
        yield return (
            "Alternates",
            "Two addresses for the day on which this one fails; the cable is preferred.",
            () => _engine.OfferAlternates([Alternate(DemoSetting.WiFi, preference: 10), Alternate(DemoSetting.Cable, preference: 200)], [], Now));
        yield return (
            "Deactivation",
            "The Initiator ends the use of MOBIKE-X. The SAs stay where they are.",
            () => _engine.Deactivate(Now));
    }

    private DemoAct PlayAct(string title, string about, Action begin)
    {
        SadState before = _responder.Host.Sad(Now);
        MobikeVersion? version = _responder.Host.Ike.Version;
        var messages = new List<DemoMessage>();
        var told = new List<ScenarioTold>();
        begin();
        bool answered = Exchange(messages, told);
        SadState after = _responder.Host.Sad(Now);
        return new DemoAct(
            title,
            about,
            messages,
            told,
            before,
            after,
            _initiator.Host.Sad(Now),
            version,
            _engine.State.Name(),
            ((MobikeXResponder)_responder.Host.Engine).State.Name(),
            answered);
    }

    /// <summary>Carries datagrams until no request is unanswered; false where an answer does not come.</summary>
    private bool Exchange(List<DemoMessage> messages, List<ScenarioTold> told)
    {
        Poll(messages, told);
        while (_initiator.Awaits || _responder.Awaits)
        {
            if (_network.Receive(Patience) is not { } datagram)
            {
                return false;
            }

            (datagram.Receiver == PeerRole.Initiator ? _initiator : _responder).Receive(datagram, Now);
            Poll(messages, told);
        }

        return true;
    }

    private void Poll(List<DemoMessage> messages, List<ScenarioTold> told)
    {
        foreach (DemoPeer peer in (DemoPeer[])[_initiator, _responder])
        {
            messages.AddRange(peer.Send(Now));
            told.AddRange(peer.Tell(Now));
        }
    }

    private static PacketAddresses From(IpAddress source) => new(source, Ikev2Constants.NatTraversalPort, DemoSetting.Gateway, Ikev2Constants.NatTraversalPort);

    private static OfferedAlternate Alternate(IpAddress address, byte preference) =>
        new(address, new MultihomingInformation(preference, AddressClass.None, Reachability.Reachable, startTime: 0, lifeTime: 0));
}

/// <summary>What happened in an act.</summary>
/// <param name="Before">The Responder's SAD.</param>
/// <param name="After">The Responder's SAD.</param>
/// <param name="Version">What was agreed when the act began, which says how its notifies are read.</param>
/// <param name="AtInitiator">The Initiator's SAD at the end.</param>
/// <param name="Completed">False where a request was not answered.</param>
internal sealed record DemoAct(
    string Title,
    string About,
    IReadOnlyList<DemoMessage> Messages,
    IReadOnlyList<ScenarioTold> Told,
    SadState Before,
    SadState After,
    SadState AtInitiator,
    MobikeVersion? Version,
    string InitiatorState,
    string ResponderState,
    bool Completed)
{
    /// <summary>True where both peers have the same addresses for every SA.</summary>
    public bool PeersAgree => After.Sas.Zip(AtInitiator.Sas).All(pair =>
        pair.First.IsClosed == pair.Second.IsClosed
        && pair.First.Initiator.ToHashSet().SetEquals(pair.Second.Initiator)
        && pair.First.Responder.ToHashSet().SetEquals(pair.Second.Responder));
}
