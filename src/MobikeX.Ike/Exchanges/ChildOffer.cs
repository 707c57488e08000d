using System.Diagnostics.CodeAnalysis;
using MobikeX.Ike.Crypto;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>What a request for a CHILD_SA offers, in IKE_AUTH and in CREATE_CHILD_SA (RFC 7296, 1.2 and 1.3.1).</summary>
internal sealed class ChildOffer
{
    private readonly IkePeer _peer;
    private readonly ChildOptions _options;
    private readonly bool _withKeyExchange;
    private readonly bool _transport;
    private readonly IkeChild? _replaces;
    private bool _isOver;

    private ChildOffer(IkePeer peer, ChildOptions options, bool withKeyExchange, IkeChild? replaces)
    {
        _peer = peer;
        _options = options;
        _withKeyExchange = withKeyExchange;
        _transport = replaces?.Transport ?? options.Transport;
        _replaces = replaces;
        LocalSpi = peer.Endpoint.ChildSpis.Create();
        peer.Endpoint.ChildSpis.Take(LocalSpi);
        (IReadOnlyList<TrafficSelector> local, IReadOnlyList<TrafficSelector> remote) = replaces is null
            ? (ChildSelectors.Local(peer, options, _transport), ChildSelectors.Remote(peer, options, _transport))
            : ChildSelectors.Of(peer, replaces);
        Sa = ChildProposals.Offer(options.Proposals, LocalSpi, withKeyExchange);
        Initiator = new TsPayload(PayloadType.TrafficSelectorInitiator, local);
        Responder = new TsPayload(PayloadType.TrafficSelectorResponder, remote);
        Notifies = _transport ? [new NotifyValue(NotifyType.UseTransportMode)] : [];
    }

    /// <summary>The SPI that this host will receive on.</summary>
    public uint LocalSpi { get; }

    public SaPayload Sa { get; }

    public TsPayload Initiator { get; }

    public TsPayload Responder { get; }

    public IReadOnlyList<NotifyValue> Notifies { get; }

    /// <summary>Makes an offer with an SPI of its own.</summary>
    public static ChildOffer Create(IkePeer peer, ChildOptions options, bool withKeyExchange, IkeChild? replaces = null) =>
        new(peer, options, withKeyExchange, replaces);

    /// <summary>Takes the answer.</summary>
    /// <param name="answer">The payloads of the response.</param>
    /// <param name="keys">Those of the IKE_SA.</param>
    /// <param name="ni">The nonce of this host.</param>
    /// <param name="nr">The nonce of the peer.</param>
    /// <param name="shared">What a key exchange agreed on; null where there was none.</param>
    /// <param name="group">The group of it.</param>
    /// <param name="child">What both agreed on, to be installed.</param>
    /// <param name="fault">What is wrong with the answer: the peer holds the CHILD_SA for set up, and is to be told; null where the peer refused.</param>
    public bool TryAccept(
        IReadOnlyList<IkePayload> answer,
        IkeKeys keys,
        byte[] ni,
        byte[] nr,
        SecretBytes? shared,
        DiffieHellmanGroup? group,
        [NotNullWhen(true)] out NegotiatedChild? child,
        out string? fault)
    {
        child = null;
        fault = null;
        if (answer.OfType<SaPayload>().FirstOrDefault() is not { } sa
            || TsPayload.SelectorsOf(answer, PayloadType.TrafficSelectorInitiator) is not { } local
            || TsPayload.SelectorsOf(answer, PayloadType.TrafficSelectorResponder) is not { } remote)
        {
            fault = answer.OfType<NotifyValue>().Any(static notify => notify.IsError) ? null : "the answer has no proposal or no traffic selectors";
            return false;
        }

        bool transport = _transport && answer.OfType<NotifyValue>().Any(static notify => notify.NotifyType == NotifyType.UseTransportMode);
        if (transport)
        {
            (local, remote) = ChildSelectors.BehindNat(_peer, local, remote);
        }

        fault = !ChildProposals.TryAccept(_options.Proposals, sa, _withKeyExchange, out ChildSuite? suite, out uint remoteSpi) ? "the peer chose a proposal that was not offered"
            : suite.KeyExchange != group ? "the peer chose another key exchange than it did"
            : !Narrowing.IsSubset(local, Initiator.Selectors) || !Narrowing.IsSubset(remote, Responder.Selectors) ? "the peer chose traffic selectors that were not offered"
            : transport && !(Narrowing.AreHosts(local) && Narrowing.AreHosts(remote)) ? "the peer chose traffic selectors that transport mode does not allow"
            : null;
        if (fault is not null)
        {
            return false;
        }

        ChildAgreement agreement = new(_options, suite!, transport, LocalSpi, remoteSpi, local, remote, _replaces);
        child = agreement.ToChild(_peer, keys, ni, nr, shared, isInitiator: true);
        _isOver = true;
        return true;
    }

    /// <summary>Nothing comes of it any more: its SPI is free, unless the CHILD_SA that was agreed on has it.</summary>
    public void Withdraw()
    {
        if (!_isOver)
        {
            _isOver = true;
            _peer.Endpoint.ChildSpis.Release(LocalSpi);
        }
    }
}
