using MobikeX.Engine;
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
public sealed record SaEstablished(string Peer, PacketAddresses Path) : IkeEvent;

/// <summary>The peer gave this host addresses inside the tunnel, until the IKE_SA ends: at most one of each family (RFC 7296 section 2.19).</summary>
public sealed record InnerAddressesGiven(IReadOnlyList<IpAddress> Addresses) : IkeEvent;

/// <summary>The IKE_SA has new keys.</summary>
public sealed record SaRekeyed(ulong FormerSpi) : IkeEvent;

/// <summary>The IKE_SA was to have new keys, and keeps those it has.</summary>
public sealed record SaRekeyFailed(string Reason) : IkeEvent;

/// <summary>The IKE_SA is no more, and its CHILD_SAs are not either.</summary>
public sealed record SaEnded(string Reason) : IkeEvent
{
    /// <summary>True where another began it and was never authenticated: anybody may have sent that, in whoever's name.</summary>
    public bool IsOfStranger { get; init; }
}

/// <summary>A pair of CHILD_SAs is set up.</summary>
public sealed record ChildEstablished(string Child, uint LocalSpi32, uint RemoteSpi32, string Selectors) : IkeEvent;

/// <summary>A pair of CHILD_SAs was not set up; the IKE_SA stays.</summary>
public sealed record ChildFailed(string Child, string Reason) : IkeEvent
{
    /// <summary>The SPI that this host receives on with the pair which it was to replace; null where it was to replace none.</summary>
    public uint? FormerSpi { get; init; }
}

/// <summary>A pair of CHILD_SAs is no more.</summary>
public sealed record ChildEnded(string Child, uint LocalSpi32) : IkeEvent;

/// <summary>An SA of a pair has carried what it may, and the pair is rekeyed; where the limit was hard, that SA is gone at this host.</summary>
public sealed record ChildAtLimit(string Child, uint LocalSpi32, bool IsHard) : IkeEvent;

/// <summary>Another pair of CHILD_SAs is in the place of one.</summary>
public sealed record ChildRekeyed(string Child, uint FormerSpi, uint LocalSpi32, uint RemoteSpi32) : IkeEvent;

/// <summary>A request was sent again.</summary>
public sealed record RequestSentAgain(ExchangeType Exchange, uint MessageId, int Attempt, PacketAddresses Path) : IkeEvent;

/// <summary>A request of the peer came again, and was answered as before.</summary>
public sealed record RequestRepeated(ExchangeType Exchange, uint MessageId, PacketAddresses Path) : IkeEvent;

/// <summary>The way to the peer is another.</summary>
public sealed record PathChanged(PacketAddresses Path) : IkeEvent;

/// <summary>What an engine told.</summary>
public sealed record EngineTold(EngineEvent Event) : IkeEvent;

/// <summary>An error of the peer, or about it, that did not end the IKE_SA by itself.</summary>
public sealed record PeerFailed(string Reason) : IkeEvent;

/// <summary>The IPsec of this host did not do what it was asked for; all of it is as before.</summary>
/// <param name="What">What it was to do, and with which SAs.</param>
/// <param name="Reason">Why it did not, in its own words.</param>
public sealed record IpsecRefused(string What, string Reason) : IkeEvent;

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
