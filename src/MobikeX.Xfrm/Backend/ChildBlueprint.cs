using MobikeX.Engine;
using MobikeX.Runtime;
using MobikeX.Xfrm.Layouts;

namespace MobikeX.Xfrm;

/// <summary>What the kernel is to have of a pair of CHILD_SAs that was negotiated: its SAs and its policies.</summary>
internal readonly struct ChildBlueprint
{
    private readonly ChildSa _child;
    private readonly ChildSaSetup _setup;
    private readonly uint _requestId;
    private readonly XfrmEnd _local;

    public ChildBlueprint(ChildSa child, ChildSaSetup setup, uint requestId)
    {
        _child = child;
        _setup = setup;
        _requestId = requestId;
        _local = setup.IsInitiator ? XfrmEnd.Initiator : XfrmEnd.Responder;
    }

    private IpAddress Local => SaAddresses.Of(_child).Local(_local)[0];

    private IpAddress Peer => SaAddresses.Of(_child).Peer(_local)[0];

    private XfrmMode Mode => _child.IsTunnel ? XfrmMode.Tunnel : XfrmMode.Transport;

    public XfrmProtocol Protocol => _child.Protocol.ToXfrm();

    public IReadOnlyList<uint> Spis => [_child.Spi, _setup.ResponderSpi];

    /// <summary>The names of the policies, with the packets that leave before those that come.</summary>
    public static IReadOnlyList<XfrmPolicyKey> PolicyKeys(ChildSa child, ChildSaSetup setup)
    {
        IReadOnlyList<XfrmSelector> selectors = SelectorPairs.From(setup.Local, setup.Remote);
        XfrmDirection[] inbound = child.IsTunnel ? [XfrmDirection.In, XfrmDirection.Forward] : [XfrmDirection.In];
        return
        [
            .. selectors.Select(static selector => new XfrmPolicyKey(selector, XfrmDirection.Out)),
            .. inbound.SelectMany(direction => selectors.Select(selector => new XfrmPolicyKey(selector.Reversed(), direction))),
        ];
    }

    public XfrmPolicy Policy(in XfrmPolicyKey key)
    {
        bool isOutbound = key.Direction == XfrmDirection.Out;
        (IpAddress source, IpAddress destination) = !_child.IsTunnel ? default : isOutbound ? (Local, Peer) : (Peer, Local);
        return XfrmPolicy.Create(key, new XfrmTemplate(Protocol, Mode, _requestId, source, destination), SelectorPairs.Priority(key.Selector));
    }

    public XfrmSa Outbound() => Make(Local, Peer, _setup.IsInitiator ? _setup.ResponderSpi : _child.Spi, _setup.Outbound, isOutbound: true);

    public XfrmSa Inbound() => Make(Peer, Local, _setup.IsInitiator ? _child.Spi : _setup.ResponderSpi, _setup.Inbound, isOutbound: false);

    private XfrmSa Make(IpAddress source, IpAddress destination, uint spi, ChildSaKeys keys, bool isOutbound)
    {
        if (spi == 0)
        {
            throw new XfrmException(XfrmProblem.Refused, "an SPI of 0 names no SA (RFC 4303, section 2.1)");
        }

        if (_setup.Encryption is null && _setup.Integrity is null)
        {
            throw new XfrmException(XfrmProblem.Mismatch, $"{_child} has no algorithm");
        }

        using XfrmAlgorithm? cipher = _setup.Encryption is { } encryption ? KernelAlgorithms.Of(encryption, keys) : null;
        using XfrmAlgorithm? integrity = _setup.Integrity is { } authentication ? KernelAlgorithms.Of(authentication, keys) : null;
        bool isAead = _setup.Encryption is { } named && KernelAlgorithms.IsAead(named);
        return XfrmSa.From(new XfrmSaDefinition
        {
            Source = source,
            Destination = destination,
            Spi = spi,
            Protocol = Protocol,
            Mode = Mode,
            RequestId = _requestId,
            Aead = isAead ? cipher : null,
            Encryption = isAead ? null : cipher,
            Integrity = integrity,
            ReplayWindow = isOutbound ? 0 : (uint)_setup.ReplayWindow,
            ExtendedSequenceNumbers = _setup.ExtendedSequenceNumbers,
            Encapsulation = Encapsulation(isOutbound),
            Limits = _setup.Limits,

            Selector = isOutbound || _child.IsTunnel ? null : Received(),
        });
    }

    /// <summary>
    /// What may come over the SA in transport mode. The kernel lets pass what no policy is about, though it came over an SA that is not for it
    /// (RFC 4301, section 5.2), unless that is in tunnel mode. Hosts are named by the policies alone: an SA that named them would have to be
    /// made anew to take a further one of the peer.
    /// </summary>
    private XfrmSelector Received() =>
        SelectorPairs.WithoutHosts(SelectorPairs.From(_setup.Local, _setup.Remote)).Reversed() with { Family = AddressFamilies.Of(Local) };

    private XfrmEncapsulation? Encapsulation(bool isOutbound)
    {
        if (!_child.IsUdpEncapsulated)
        {
            return null;
        }

        ushort usual = (ushort)MobikeX.Protocol.Ikev2.Constants.NatTraversalPort;
        ushort initiator = _child.InitiatorPort == 0 ? usual : _child.InitiatorPort;
        ushort local = _setup.IsInitiator ? initiator : usual;
        ushort peer = _setup.RemotePort != 0 ? _setup.RemotePort : _setup.IsInitiator ? usual : initiator;
        return isOutbound ? new XfrmEncapsulation(local, peer) : new XfrmEncapsulation(peer, local);
    }
}
