using System.Diagnostics;
using MobikeX.Cli.Scenarios;
using MobikeX.Engine;
using MobikeX.Ike;
using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Cli.Demo;

/// <summary>What the two peers of the demo do, act by act.</summary>
internal sealed class DemoStory
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly DemoNetwork _network;
    private readonly DemoPeer _initiator;
    private readonly DemoPeer _responder;

    /// <param name="network">What the peers talk over.</param>
    /// <param name="keyLog">Takes the keys of the IKE_SAs, in the format of Wireshark's table; null where they stay secret.</param>
    public DemoStory(DemoNetwork network, Action<string>? keyLog = null)
    {
        (IkeOptions initiator, IkeOptions responder) = DemoSetting.Configure(keyLog);
        _network = network;
        _initiator = new DemoPeer(PeerRole.Initiator, initiator, network, Now);
        _responder = new DemoPeer(PeerRole.Responder, responder, network, Now);
    }

    private TimeSpan Now => _clock.Elapsed;

    /// <summary>The acts, each played when it is asked for. The last one played says whether the story went on.</summary>
    public IEnumerable<DemoAct> Play()
    {
        foreach ((string title, string about, Func<bool> begin) in Script())
        {
            DemoAct act = PlayAct(title, about, begin);
            yield return act;
            if (!act.Completed)
            {
                yield break;
            }
        }
    }

    private IEnumerable<(string Title, string About, Func<bool> Begin)> Script()
    {
        yield return (
            "Negotiation",
            "IKE_SA_INIT agrees on keys, in clear; what follows is sealed with them. IKE_AUTH proves who is who and sets up c1: in it the Initiator offers "
            + "its versions of MOBIKE, and the Responder takes the highest that both have. CREATE_CHILD_SA sets up c2.",
            () => _initiator.Endpoint.TryInitiate(DemoSetting.Connection, Now, out _, out _));
        yield return (
            "CHECK",
            "Wi-Fi gets weak. Would the Responder take the mobile address for c1? Nothing changes yet.",
            () => Update(new ActionCommand { Selectors = [Tunnel], Check = true, Old = DemoSetting.WiFi, Address = DemoSetting.Mobile }));
        yield return (
            "UPDATE of one selected SA",
            "c1 moves to the mobile network, c2 and the IKE_SA stay.",
            () => Update(new ActionCommand { Selectors = [Tunnel], Old = DemoSetting.WiFi, Address = DemoSetting.Mobile }));
        yield return (
            "ADD",
            "A cable is plugged in: c1 may be used from there too.",
            () => Other.Add(new ActionCommand { Selectors = [Tunnel], Address = DemoSetting.Cable }, Now) is not null);
        yield return (
            "REMOVE",
            "And the mobile network is given up: the cable alone is left.",
            () => Other.Remove(new ActionCommand { Selectors = [Tunnel], Address = DemoSetting.Mobile }, Now) is not null);
        yield return (
            "A refused address",
            "The Initiator wants all its SAs at 10.9.9.9, which the Responder's policy refuses, and then tries its next candidate.",
            () => Update(new ActionCommand { Candidates = [DemoSetting.Foreign, DemoSetting.Mobile] }));
        yield return (
            "New keys",
            "The IKE_SA is rekeyed. The addresses, the version and the CHILD_SAs pass on to the new one.",
            () => Other.RekeyIke());
        yield return (
            "Alternates",
            "Two addresses for the day on which this one fails; the cable is preferred.",
            () => Other.OfferAlternates([Alternate(DemoSetting.WiFi, preference: 10), Alternate(DemoSetting.Cable, preference: 200)], [], Now));
        yield return (
            "Deactivation",
            "The Initiator ends the use of MOBIKE-X. The SAs stay where they are.",
            () => Other.Deactivate(Now));
        yield return (
            "Delete",
            "The phone is switched off, and says so: the SAs are gone at both ends.",
            ShutDown);
    }

    private IkePeer Other => _initiator.Other ?? throw new InvalidOperationException("there is no IKE_SA");

    private SaSelector Tunnel => new() { ChildSpi = Other.ChildPairs.First(pair => pair.Name == DemoSetting.Tunnel).Sa.Spi };

    private bool ShutDown()
    {
        _initiator.Endpoint.ShutDown(Now);
        return true;
    }

    private bool Update(ActionCommand command) => Other.Update(command, Now) is not null;

    private DemoAct PlayAct(string title, string about, Func<bool> begin)
    {
        SadState before = _responder.Sad(Now);
        MobikeVersion? version = _responder.Other?.MobikeVersion;
        var messages = new List<DemoMessage>();
        var told = new List<ScenarioTold>();
        bool completed = begin() && Exchange(messages, told) && messages.Count > 0;
        return new DemoAct(
            title,
            about,
            messages,
            told,
            before,
            After: _responder.Sad(Now),
            AtInitiator: _initiator.Sad(Now),
            version,
            _initiator.Other?.Algorithms,
            _initiator.Other?.InitiatorState?.Name(),
            _responder.Other?.ResponderState?.Name(),
            completed);
    }

    /// <summary>Carries datagrams until no request is unanswered; false where an answer does not come.</summary>
    private bool Exchange(List<DemoMessage> messages, List<ScenarioTold> told)
    {
        Run(messages, told);
        while (_initiator.Awaits || _responder.Awaits)
        {
            if (_network.Receive(UntilDeadline()) is { } datagram)
            {
                (datagram.Receiver == PeerRole.Initiator ? _initiator : _responder).Endpoint.HandleDatagram(datagram.Octets, datagram.Packet, Now);
            }
            else
            {
                _initiator.Endpoint.HandleTimeout(Now);
                _responder.Endpoint.HandleTimeout(Now);
            }

            Run(messages, told);
        }

        return !_initiator.HasLost && !_responder.HasLost;
    }

    private TimeSpan UntilDeadline()
    {
        TimeSpan until = new[] { Now + LongestWait, _initiator.Endpoint.NextDeadline, _responder.Endpoint.NextDeadline }.Min()!.Value;
        return until - Now;
    }

    private void Run(List<DemoMessage> messages, List<ScenarioTold> told)
    {
        _initiator.Run(Now, messages, told);
        _responder.Run(Now, messages, told);
    }

    private static OfferedAlternate Alternate(IpAddress address, byte preference) =>
        new(address, new MultihomingInformation(preference, AddressClass.None, Reachability.Reachable, startTime: 0, lifeTime: 0));
}
