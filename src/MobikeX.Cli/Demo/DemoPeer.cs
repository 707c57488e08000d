using MobikeX.Cli.Scenarios;
using MobikeX.Engine;
using MobikeX.Engine.Memory;
using MobikeX.Ike;

namespace MobikeX.Cli.Demo;

/// <summary>One end of the demo: an endpoint of IKEv2 with its SAD in memory.</summary>
internal sealed class DemoPeer
{
    private readonly MemoryIpsecBackend _backend = new();
    private readonly DemoNetwork _network;
    private int _unanswered;

    public DemoPeer(PeerRole role, IkeOptions options, DemoNetwork network, TimeSpan now)
    {
        Role = role;
        _network = network;
        Endpoint = new IkeEndpoint(options, _backend) { Usage = _backend.UsageOf };
        Endpoint.HandleAddresses(DemoSetting.Addresses(role), now);
    }

    public PeerRole Role { get; }

    public IkeEndpoint Endpoint { get; }

    /// <summary>The other end as this one knows it; null where there is no IKE_SA with it.</summary>
    public IkePeer? Other => Endpoint.Peers.Count > 0 ? Endpoint.Peers[0] : null;

    /// <summary>True while a request of this peer has no answer.</summary>
    public bool Awaits => _unanswered > 0;

    /// <summary>True where a request was given up.</summary>
    public bool HasLost { get; private set; }

    /// <summary>The SAs by the names that the demo has for them.</summary>
    public SadState Sad(TimeSpan now) => SadState.Of(Sas(), now);

    /// <summary>Lets what the endpoint asks for happen, sends what it has to say, and notes both and what it tells.</summary>
    public void Run(TimeSpan now, List<DemoMessage> messages, List<ScenarioTold> told)
    {
        bool isDone;
        do
        {
            isDone = true;
            IkeDriver.Run(Endpoint, _backend, _backend, now);
            while (Endpoint.TryPollEvent(out IkeEvent? ikeEvent))
            {
                isDone = false;
                Take(ikeEvent, messages, told);
            }

            while (Endpoint.TryPollDatagram(out OutgoingDatagram datagram))
            {
                isDone = false;
                byte[] octets = _network.Send(datagram);
                messages.FindLast(message => message.Sender == Role && message.TryTake(datagram.Octets, octets));
            }
        }
        while (!isDone);
    }

    private void Take(IkeEvent ikeEvent, List<DemoMessage> messages, List<ScenarioTold> told)
    {
        switch (ikeEvent)
        {
            case MessageSent sent:
                _unanswered += sent.IsResponse ? 0 : 1;
                messages.Add(new DemoMessage(sent.At, Role, sent.IsResponse, sent.MessageId, sent.Exchange, sent.Packet, sent.Payloads));
                break;
            case MessageReceived { IsResponse: true }:
                _unanswered--;
                break;
            case SaEnded when Awaits:
                HasLost = true;
                _unanswered = 0;
                break;
        }

        told.AddRange(DemoEvents.Describe(Role, Other, Sas(), ikeEvent));
    }

    private Dictionary<string, SecurityAssociation> Sas()
    {
        Dictionary<string, SecurityAssociation> sas = [];
        if (Other is not { IsEstablished: true } other)
        {
            return sas;
        }

        sas.Add(DemoSetting.IkeSa, other.Sa!);
        foreach (ChildPair pair in other.ChildPairs)
        {
            sas[pair.Name] = pair.Sa;
        }

        return sas;
    }
}
