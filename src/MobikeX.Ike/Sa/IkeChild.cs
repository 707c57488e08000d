using MobikeX.Engine;
using MobikeX.Ike.Messages;

namespace MobikeX.Ike;

/// <summary>A pair of CHILD_SAs that is installed.</summary>
internal sealed class IkeChild(NegotiatedChild negotiated)
{
    public ChildOptions Options { get; } = negotiated.Options;

    public uint LocalSpi { get; } = negotiated.LocalSpi;

    public uint RemoteSpi { get; } = negotiated.RemoteSpi;

    public ChildSuite Suite { get; } = negotiated.Suite;

    public bool Transport { get; } = negotiated.Transport;

    public IReadOnlyList<TrafficSelector> Local { get; } = negotiated.Local;

    public IReadOnlyList<TrafficSelector> Remote { get; } = negotiated.Remote;

    public ChildSa Sa { get; } = negotiated.Sa;

    /// <summary>The pair that it was put in the place of; null where there was none.</summary>
    public ChildSa? Former { get; } = negotiated.Replaces?.Sa;

    public string Selectors => $"{string.Join(", ", Local)} === {string.Join(", ", Remote)}";

    public IkeTimer? RekeyTimer { get; set; }

    public IkeTimer? ExpiryTimer { get; set; }

    public bool IsRekeying { get; set; }

    public bool IsDeleting { get; set; }

    /// <summary>True where one of its SAs has carried what it may.</summary>
    public bool IsAtLimit { get; set; }

    /// <summary>True where one of its SAs has gone, so that it serves nobody any more.</summary>
    public bool IsHalfGone { get; set; }

    /// <summary>True where this host has put another in its place; it goes when this host has deleted it.</summary>
    public bool IsReplaced { get; set; }

    /// <summary>The lower nonce of the exchange in which the peer put another in its place; it goes when the peer deletes it.</summary>
    public byte[]? NonceOfPeerRekey { get; set; }

    /// <summary>What the peer put in its place, once that is installed.</summary>
    public IkeChild? ReplacedByPeer { get; set; }

    /// <summary>True where the IKE_SA has moved without it, since it was not there as a whole: the pair in its place comes up where the IKE_SA is.</summary>
    public bool IsLeftBehind { get; set; }

    /// <summary>Whether it is there, and stays unless it is rekeyed.</summary>
    public bool CanBeRekeyed(IkePeer peer) => !IsRekeying && !IsDeleting && !IsReplaced && NonceOfPeerRekey is null && peer.Children.Contains(this);

    /// <summary>Lets it be rekeyed after a time; never where that is zero.</summary>
    public void BeginRekeyTime(IkePeer peer, TimeSpan time)
    {
        RekeyTimer?.Stop();
        RekeyTimer = time > TimeSpan.Zero ? peer.After(Lifetimes.Jittered(time), () => peer.Begin(new CreateChildExchange(peer, Options, this))) : null;
    }

    /// <summary>It could not be rekeyed: that is tried again after a tenth of the time, or soon where it cannot carry much more. What is half gone ends.</summary>
    public void TryAgainLater(IkePeer peer)
    {
        TimeSpan wait = Lifetimes.RetryTime(Options.RekeyTime);
        if (IsHalfGone)
        {
            peer.Begin(new DeleteChildExchange(peer, this));
        }
        else
        {
            BeginRekeyTime(peer, IsAtLimit && (wait == TimeSpan.Zero || wait > Lifetimes.RetryAtLimit) ? Lifetimes.RetryAtLimit : wait);
        }
    }

    /// <summary>The peer has taken back what it put in its place: it goes on, and is rekeyed in time.</summary>
    public void StayAfterAll(IkePeer peer)
    {
        NonceOfPeerRekey = null;
        ReplacedByPeer = null;
        TryAgainLater(peer);
    }

    public void Stop()
    {
        RekeyTimer?.Stop();
        ExpiryTimer?.Stop();
    }
}
