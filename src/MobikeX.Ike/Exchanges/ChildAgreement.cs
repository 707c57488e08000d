using MobikeX.Engine;
using MobikeX.Ike.Crypto;
using MobikeX.Ike.Messages;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>What two peers agreed on for a CHILD_SA, before it has keys.</summary>
internal sealed record ChildAgreement(
    ChildOptions Options,
    ChildSuite Suite,
    bool Transport,
    uint LocalSpi,
    uint RemoteSpi,
    IReadOnlyList<TrafficSelector> Local,
    IReadOnlyList<TrafficSelector> Remote,
    IkeChild? Replaces)
{
    /// <summary>The CHILD_SA with its keys.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="keys">Those of the IKE_SA of the exchange.</param>
    /// <param name="ni">The nonce of the Initiator of the exchange.</param>
    /// <param name="nr">The nonce of the Responder of the exchange.</param>
    /// <param name="shared">What a key exchange agreed on; null where there was none.</param>
    /// <param name="isInitiator">True where this host began the exchange.</param>
    public NegotiatedChild ToChild(IkePeer peer, IkeKeys keys, byte[] ni, byte[] nr, SecretBytes? shared, bool isInitiator)
    {
        using ChildKeys material = keys.DeriveChildKeys(Suite, ni, nr, shared);
        ChildSaKeys initiator = new(material.InitiatorEncryption.Span, material.InitiatorIntegrity.Span);
        ChildSaKeys responder = new(material.ResponderEncryption.Span, material.ResponderIntegrity.Span);
        IkeChild? replaced = Replaces is { Sa.IsClosed: false } ? Replaces : null;
        ChildSaSetup setup = new()
        {
            IsInitiator = peer.IsInitiator,
            ResponderSpi = peer.IsInitiator ? RemoteSpi : LocalSpi,
            Encryption = Suite.Cipher?.Algorithm,
            Integrity = Suite.Integrity,
            Outbound = isInitiator ? initiator : responder,
            Inbound = isInitiator ? responder : initiator,
            Local = [.. Local.Select(Range)],
            Remote = [.. Remote.Select(Range)],
            ExtendedSequenceNumbers = Suite.ExtendedSequenceNumbers,
            Limits = ChildLimits.Of(Options, Suite),
            RemotePort = peer.Path.DestinationPort,
            RequestId = replaced is null ? Options.RequestId : 0,
            Replaces = replaced?.Sa,
            SendsOnReplaced = replaced is not null && !isInitiator,
        };
        return new NegotiatedChild(Options, LocalSpi, RemoteSpi, Suite, Transport, Local, Remote, Pair(peer, replaced is { IsLeftBehind: false } ? replaced.Sa : null), setup, Replaces);
    }

    /// <summary>A pair that replaces another is where that one is; a new one, or where that one could not move along, where the IKE_SA is.</summary>
    private ChildSa Pair(IkePeer peer, ChildSa? replaced)
    {
        PacketAddresses path = peer.IsInitiator ? peer.Path : peer.Path.Reversed;
        IpsecProto protocol = Suite.Protocol == ProtocolId.Ah ? IpsecProto.Ah : IpsecProto.Esp;
        ChildSa pair = new(
            peer.Sa!,
            peer.IsInitiator ? LocalSpi : RemoteSpi,
            protocol,
            ChildSa.ModeOf(protocol, !Transport, replaced?.IsUdpEncapsulated ?? peer.UdpEncapsulation),
            replaced?.Initiator ?? new AddressSet(path.Source),
            replaced?.Responder ?? new AddressSet(path.Destination),
            Transport ? default : Hosts(peer.IsInitiator ? Local : Remote),
            Transport ? default : Prefix(peer.IsInitiator ? Remote : Local));
        pair.InitiatorPort = replaced?.InitiatorPort ?? (pair.IsUdpEncapsulated ? path.SourcePort : (ushort)0);
        return pair;
    }

    private static AddressSet Hosts(IReadOnlyList<TrafficSelector> selectors) =>
        Narrowing.AreHosts(selectors) ? AddressSet.Of([.. selectors.Select(static selector => selector.Start)]) : default;

    private static AddressPrefix Prefix(IReadOnlyList<TrafficSelector> selectors) => AddressRange.Cover(selectors[0].Start, selectors[0].End);

    private static TrafficRange Range(TrafficSelector selector) => new(selector.Start, selector.End, selector.Protocol, selector.StartPort, selector.EndPort);
}
