using System.Diagnostics.CodeAnalysis;
using MobikeX.Ike.Crypto;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Ike;

/// <summary>What a Responder takes of an offer for a CHILD_SA, in IKE_AUTH and in CREATE_CHILD_SA (RFC 7296, 1.2 and 1.3.1).</summary>
internal sealed class ChildAnswer
{
    private readonly IkePeer _peer;
    private readonly ChildAgreement _agreement;
    private readonly IReadOnlyList<IkePayload> _payloads;

    private ChildAnswer(IkePeer peer, ChildAgreement agreement, IReadOnlyList<IkePayload> payloads)
    {
        _peer = peer;
        _agreement = agreement;
        _payloads = payloads;
    }

    public ChildSuite Suite => _agreement.Suite;

    /// <summary>Chooses among what is offered; of the configured CHILD_SAs the first one that fits.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="request">The payloads of the request.</param>
    /// <param name="withKeyExchange">False in IKE_AUTH.</param>
    /// <param name="replaces">The CHILD_SA that is rekeyed; null where it is a new one.</param>
    /// <param name="answer">What was chosen.</param>
    /// <param name="error">Why nothing was.</param>
    public static bool TryChoose(
        IkePeer peer,
        IReadOnlyList<IkePayload> request,
        bool withKeyExchange,
        IkeChild? replaces,
        [NotNullWhen(true)] out ChildAnswer? answer,
        [NotNullWhen(false)] out NotifyValue? error)
    {
        answer = null;
        error = null;
        if (request.OfType<SaPayload>().FirstOrDefault() is not { } sa
            || TsPayload.SelectorsOf(request, PayloadType.TrafficSelectorInitiator) is not { } remote
            || TsPayload.SelectorsOf(request, PayloadType.TrafficSelectorResponder) is not { } local)
        {
            error = new NotifyValue(NotifyType.InvalidSyntax);
            return false;
        }

        bool wantsTransport = request.OfType<NotifyValue>().Any(static notify => notify.NotifyType == NotifyType.UseTransportMode);
        DiffieHellmanGroup? group = request.OfType<KePayload>().FirstOrDefault()?.Group;
        IEnumerable<ChildOptions> candidates = replaces is not null ? [replaces.Options] : peer.Connection.Children.OrderBy(options => options.Transport != wantsTransport);
        error = new NotifyValue(NotifyType.NoProposalChosen);
        foreach (ChildOptions options in candidates)
        {
            if (!ChildProposals.TrySelect(options.Proposals, sa, withKeyExchange, group, out ChildSuite? suite, out uint peerSpi, out Proposal? chosen))
            {
                continue;
            }

            bool transport = wantsTransport && (replaces?.Transport ?? options.Transport);
            ChildAgreement terms = new(options, suite, transport, peer.Endpoint.ChildSpis.Create(), peerSpi, [], [], replaces);
            if (Narrow(peer, terms, local, remote) is { } agreement)
            {
                error = null;
                answer = new ChildAnswer(peer, agreement, Payloads(agreement, chosen, local, remote));
                return true;
            }

            error = new NotifyValue(NotifyType.TsUnacceptable);
        }

        return false;
    }

    /// <summary>Chooses among what is offered, where no key exchange comes in between.</summary>
    public static bool TryAnswer(
        IkePeer peer,
        IReadOnlyList<IkePayload> request,
        IkeKeys keys,
        byte[] ni,
        byte[] nr,
        [NotNullWhen(true)] out NegotiatedChild? child,
        out IReadOnlyList<IkePayload> answer,
        [NotNullWhen(false)] out NotifyValue? error)
    {
        child = null;
        answer = [];
        if (!TryChoose(peer, request, withKeyExchange: false, replaces: null, out ChildAnswer? chosen, out error))
        {
            return false;
        }

        child = chosen.ToChild(keys, ni, nr, shared: null);
        answer = chosen._payloads;
        return true;
    }

    /// <summary>The CHILD_SA with its keys.</summary>
    public NegotiatedChild ToChild(IkeKeys keys, byte[] ni, byte[] nr, SecretBytes? shared) => _agreement.ToChild(_peer, keys, ni, nr, shared, isInitiator: false);

    /// <summary>Adds the notifies and the proposal, then what goes between (the nonce, the public value), then the traffic selectors.</summary>
    public void AddTo(PayloadChain chain, params IEnumerable<IkePayload> between)
    {
        chain.AddRange(_payloads.Where(static payload => payload is not TsPayload));
        chain.AddRange(between);
        chain.AddRange(_payloads.OfType<TsPayload>());
    }

    private static ChildAgreement? Narrow(IkePeer peer, ChildAgreement terms, IReadOnlyList<TrafficSelector> local, IReadOnlyList<TrafficSelector> remote)
    {
        if (terms.Transport)
        {
            (local, remote) = ChildSelectors.BehindNat(peer, local, remote);
        }

        (IReadOnlyList<TrafficSelector> Local, IReadOnlyList<TrafficSelector> Remote) now = terms.Replaces is { } replaced ? ChildSelectors.Of(peer, replaced) : ([], []);
        return Narrowing.TryNarrow(local, [.. now.Local, .. ChildSelectors.Local(peer, terms.Options, terms.Transport)], out IReadOnlyList<TrafficSelector> narrowedLocal)
            && Narrowing.TryNarrow(remote, [.. now.Remote, .. ChildSelectors.Remote(peer, terms.Options, terms.Transport)], out IReadOnlyList<TrafficSelector> narrowedRemote)
            && (!terms.Transport || (Narrowing.AreHosts(narrowedLocal) && Narrowing.AreHosts(narrowedRemote)))
            ? terms with { Local = narrowedLocal, Remote = narrowedRemote }
            : null;
    }

    private static IReadOnlyList<IkePayload> Payloads(ChildAgreement agreement, Proposal chosen, IReadOnlyList<TrafficSelector> local, IReadOnlyList<TrafficSelector> remote)
    {
        List<IkePayload> payloads = [];
        if (agreement.Transport)
        {
            payloads.Add(new NotifyValue(NotifyType.UseTransportMode));
        }

        payloads.Add(new SaPayload([chosen with { Spi = ChildProposals.SpiOctets(agreement.LocalSpi) }]));
        payloads.Add(new TsPayload(PayloadType.TrafficSelectorInitiator, agreement.Transport ? AsOffered(agreement.Remote, remote) : agreement.Remote));
        payloads.Add(new TsPayload(PayloadType.TrafficSelectorResponder, agreement.Transport ? AsOffered(agreement.Local, local) : agreement.Local));
        return payloads;
    }

    /// <summary>The peer is answered with the address that it knows, where that is another (RFC 7296, 2.23.1).</summary>
    private static IReadOnlyList<TrafficSelector> AsOffered(IReadOnlyList<TrafficSelector> narrowed, IReadOnlyList<TrafficSelector> offered)
    {
        if (Narrowing.IsSubset(narrowed, offered))
        {
            return narrowed;
        }

        IpAddress known = offered[0].Start;
        return offered[0].End == known && known.Length == narrowed[0].Start.Length ? Narrowing.Substitute(narrowed, known) : narrowed;
    }
}
