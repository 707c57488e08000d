using MobikeX.Engine;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Ike;

/// <summary>What an endpoint tells of an IKE_SA.</summary>
public abstract record IkeEvent
{
    /// <summary>The moment.</summary>
    public TimeSpan At { get; internal init; }

    /// <summary>The name of the connection.</summary>
    public string Connection { get; internal init; } = "";

    /// <summary>The SPI that this host receives on.</summary>
    public ulong LocalSpi { get; internal init; }
}

/// <summary>The IKE_SA is set up, and both peers are authenticated.</summary>
/// <param name="Peer">The identity that the peer proved, shortened where it is long.</param>
/// <param name="Path">The way to the peer.</param>
public sealed record SaEstablished(string Peer, PacketAddresses Path) : IkeEvent;

/// <summary>The peer gave this host addresses inside the tunnel, until the IKE_SA ends: at most one of each family (RFC 7296 section 2.19).</summary>
/// <param name="Addresses">The addresses.</param>
public sealed record InnerAddressesGiven(IReadOnlyList<IpAddress> Addresses) : IkeEvent;

/// <summary>The IKE_SA has new keys.</summary>
/// <param name="FormerSpi">The SPI that this host received on before.</param>
public sealed record SaRekeyed(ulong FormerSpi) : IkeEvent;

/// <summary>The IKE_SA was to have new keys, and keeps those it has.</summary>
/// <param name="Reason">Why, in words.</param>
public sealed record SaRekeyFailed(string Reason) : IkeEvent;

/// <summary>The IKE_SA is no more, and its CHILD_SAs are not either.</summary>
/// <param name="Cause">Why, in kind.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record SaEnded(EndCause Cause, string Reason) : IkeEvent
{
    /// <summary>True where another began it and was never authenticated: anybody may have sent that, in whoever's name.</summary>
    public bool IsOfStranger { get; init; }
}

/// <summary>A pair of CHILD_SAs is set up.</summary>
/// <param name="Child">What it is called in the configuration.</param>
/// <param name="LocalSpi32">The SPI that this host receives on.</param>
/// <param name="RemoteSpi32">The SPI that the peer receives on.</param>
/// <param name="Selectors">The traffic that it carries, this host's end first.</param>
public sealed record ChildEstablished(string Child, uint LocalSpi32, uint RemoteSpi32, string Selectors) : IkeEvent;

/// <summary>A pair of CHILD_SAs was not set up; the IKE_SA stays.</summary>
/// <param name="Child">What it is called in the configuration; the connection's name where it is not known which was meant.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record ChildFailed(string Child, string Reason) : IkeEvent
{
    /// <summary>The SPI that this host receives on with the pair which it was to replace; null where it was to replace none.</summary>
    public uint? FormerSpi { get; init; }
}

/// <summary>A pair of CHILD_SAs is no more.</summary>
/// <param name="Child">What it is called in the configuration.</param>
/// <param name="LocalSpi32">The SPI that this host received on.</param>
public sealed record ChildEnded(string Child, uint LocalSpi32) : IkeEvent;

/// <summary>An SA of a pair has carried what it may, and the pair is rekeyed; where the limit was hard, that SA is gone at this host.</summary>
/// <param name="Child">What it is called in the configuration.</param>
/// <param name="LocalSpi32">The SPI that this host receives on with the pair.</param>
/// <param name="IsHard">True where the SA is gone.</param>
public sealed record ChildAtLimit(string Child, uint LocalSpi32, bool IsHard) : IkeEvent;

/// <summary>Another pair of CHILD_SAs is in the place of one.</summary>
/// <param name="Child">What it is called in the configuration.</param>
/// <param name="FormerSpi">The SPI that this host received on with the old pair.</param>
/// <param name="LocalSpi32">The SPI that this host receives on with the new pair.</param>
/// <param name="RemoteSpi32">The SPI that the peer receives on with the new pair.</param>
public sealed record ChildRekeyed(string Child, uint FormerSpi, uint LocalSpi32, uint RemoteSpi32) : IkeEvent;

/// <summary>A request was sent again, with the same octets: since no response came, or to try another way.</summary>
/// <param name="Exchange">The exchange.</param>
/// <param name="MessageId">The Message ID.</param>
/// <param name="Attempt">How often it has been sent again for want of a response, from 0 anew when it takes another way.</param>
/// <param name="Path">Where from and where to.</param>
public sealed record RequestSentAgain(ExchangeType Exchange, uint MessageId, int Attempt, PacketAddresses Path) : IkeEvent;

/// <summary>A request of the peer came again, and was answered as before.</summary>
/// <param name="Exchange">The exchange.</param>
/// <param name="MessageId">The Message ID.</param>
/// <param name="Times">How often it has come again: anybody who has seen it can send it.</param>
/// <param name="Path">Where from and where to the request came.</param>
public sealed record RequestRepeated(ExchangeType Exchange, uint MessageId, int Times, PacketAddresses Path) : IkeEvent;

/// <summary>The way to the peer is another.</summary>
/// <param name="Path">The new way.</param>
public sealed record PathChanged(PacketAddresses Path) : IkeEvent;

/// <summary>What an engine told.</summary>
/// <param name="Event">What it told.</param>
/// <param name="Version">The version of MOBIKE that both ends had agreed on; null before that.</param>
public sealed record EngineTold(EngineEvent Event, MobikeVersion? Version = null) : IkeEvent;

/// <summary>An error of the peer, or about it, that did not end the IKE_SA by itself.</summary>
/// <param name="Reason">What it is, in words.</param>
public sealed record PeerFailed(string Reason) : IkeEvent;

/// <summary>The IPsec of this host did not do what it was asked for; all of it is as before.</summary>
/// <param name="What">What it was to do, and with which SAs.</param>
/// <param name="Reason">Why it did not, in its own words.</param>
public sealed record IpsecRefused(string What, string Reason) : IkeEvent;

/// <summary>A first request of a peer that nothing is kept of was refused, with an answer or none. It is of no connection yet.</summary>
/// <param name="Refusal">Why.</param>
/// <param name="Packet">Where from and where to it came; anybody may have sent it in that name.</param>
public sealed record RequestRefused(RequestRefusal Refusal, PacketAddresses Packet) : IkeEvent;

/// <summary>A message was sent.</summary>
/// <param name="Exchange">The exchange.</param>
/// <param name="MessageId">The Message ID.</param>
/// <param name="IsResponse">Which half of the exchange it is.</param>
/// <param name="Payloads">What it says.</param>
/// <param name="Packet">Where from and where to.</param>
public sealed record MessageSent(ExchangeType Exchange, uint MessageId, bool IsResponse, MessagePayloads Payloads, PacketAddresses Packet) : IkeEvent;

/// <summary>A message of the peer was believed.</summary>
/// <param name="Exchange">The exchange.</param>
/// <param name="MessageId">The Message ID.</param>
/// <param name="IsResponse">Which half of the exchange it is.</param>
/// <param name="Payloads">What it says.</param>
/// <param name="Packet">Where from and where to.</param>
public sealed record MessageReceived(ExchangeType Exchange, uint MessageId, bool IsResponse, MessagePayloads Payloads, PacketAddresses Packet) : IkeEvent;
