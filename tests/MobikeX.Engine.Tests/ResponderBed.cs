using MobikeX.Engine.Memory;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Engine.Tests;

/// <summary>A Responder with SAs in memory, and a peer that sends it requests.</summary>
internal sealed class ResponderBed
{
    public static readonly IpAddress Home = IpAddress.Parse("192.0.2.1");
    public static readonly IpAddress Away = IpAddress.Parse("198.51.100.7");
    public static readonly IpAddress Third = IpAddress.Parse("198.51.100.8");
    public static readonly IpAddress Gateway = IpAddress.Parse("203.0.113.1");
    public static readonly IpAddress InnerHost = IpAddress.Parse("10.0.0.2");
    public const ushort Port = 4500;

    private static readonly AddressPrefix Remote = new(IpAddress.Parse("10.1.0.0"), 16);

    private uint _messageId;

    public ResponderBed(ResponderOptions? options = null, MobikeVersion? version = MobikeVersion.MobikeX)
    {
        Ike = NewIkeSa(0xa1, "mn@example.org", "psk");
        Ike.Version = version;
        Responder = new MobikeXResponder(Ike, options ?? new ResponderOptions());
    }

    public MemoryIpsecBackend Backend { get; } = new();

    public IkeSa Ike { get; }

    public MobikeXResponder Responder { get; }

    public TimeSpan Now { get; set; }

    public List<EngineEvent> Events { get; } = [];

    /// <summary>Requests of the Responder itself that came out.</summary>
    public List<Transmit> Requests { get; } = [];

    public IkeSa NewIkeSa(ulong spi, string identity, string authentication)
    {
        IkeSa ike = new(spi, identity, authentication, new AddressSet(Home), new AddressSet(Gateway));
        Backend.Add(ike);
        return ike;
    }

    public ChildSa NewTunnel(uint spi, IkeSa? ike = null, IpAddress? inner = null, IpsecProto protocol = IpsecProto.Esp)
    {
        ChildSa child = new(ike ?? Ike, spi, protocol, IpsecMode.Tunnel, new AddressSet(Home), new AddressSet(Gateway), new AddressSet(inner ?? default), Remote);
        Backend.Add(child);
        return child;
    }

    public ChildSa NewTransport(uint spi, IkeSa? ike = null, IpsecProto protocol = IpsecProto.Esp)
    {
        ChildSa child = new(ike ?? Ike, spi, protocol, IpsecMode.Transport, new AddressSet(Home), new AddressSet(Gateway));
        Backend.Add(child);
        return child;
    }

    /// <summary>Sends a request and returns what is answered, each by its name and the ID that it carries.</summary>
    public IReadOnlyList<string> Send(RequestNotifies notifies, IpAddress? from = null, uint? messageId = null) =>
        AnswerReader.Read(SendForResponse(notifies, from, messageId));

    /// <summary>Sends a request and returns the response.</summary>
    public Transmit SendForResponse(RequestNotifies notifies, IpAddress? from = null, uint? messageId = null, ushort port = Port)
    {
        PacketAddresses packet = new(from ?? Home, port, Gateway, Port);
        return SendForResponse(notifies.First, notifies.Octets, packet, messageId);
    }

    public Transmit SendForResponse(PayloadType first, ReadOnlySpan<byte> payloads, PacketAddresses packet, uint? messageId = null)
    {
        uint token = messageId ?? _messageId++;
        Responder.HandleRequest(new ReceivedMessage(ExchangeType.Informational, token, first, payloads, packet), Now, Backend);
        Drain();
        Transmit response = Assert.Single(_responses);
        _responses.Clear();
        Assert.Equal(token, response.Token);
        return response;
    }

    /// <summary>Answers a request of the Responder.</summary>
    public void Respond(in Transmit request, RequestNotifies notifies)
    {
        Responder.HandleResponse(new ReceivedMessage(request.Exchange, request.Token, notifies.First, notifies.Octets, request.Packet.Reversed), Now, Backend);
        Drain();
    }

    /// <summary>Returns the cookie of a request of the Responder.</summary>
    public void ReturnCookie(in Transmit check) => Respond(check, new RequestNotifies().Add(NotifyType.Cookie2, AnswerReader.DataOf(check, NotifyType.Cookie2)));

    private readonly List<Transmit> _responses = [];

    /// <summary>Carries out what the Responder asks for, and takes what comes out of it.</summary>
    public void Drain()
    {
        EngineDriver.Run(Responder, Backend, Now);
        while (Responder.TryPollTransmit(out Transmit transmit))
        {
            (transmit.Kind == TransmitKind.Response ? _responses : Requests).Add(transmit);
        }

        while (Responder.TryPollEvent(out EngineEvent? engineEvent))
        {
            Events.Add(engineEvent!);
        }
    }

    public static AddressSet Set(params IpAddress[] addresses) => AddressSet.Of(addresses);
}
