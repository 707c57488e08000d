using MobikeX.Engine;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Ike;

/// <summary>Which way leads to the peer, and when to move to another.</summary>
internal sealed partial class PeerMobility
{
    /// <summary>So often a request is sent the way in use before the others are tried as well: a lost packet is no lost way.</summary>
    private const int AttemptsBeforeOtherPaths = 2;

    private readonly Dictionary<IpAddress, TimeSpan> _sought = [];
    private IReadOnlyList<IpAddress> _offered = [];
    private byte[]? _seenAs;
    private bool _isSearching;

    public void HandleAddresses(IReadOnlyList<IpAddress> own)
    {
        _locals = Usable(own);
        _refused.Clear();
        if (!IsMobile || own.Count == 0)
        {
            return;
        }

        if (!Options.Follows || _locals.Contains(peer.Path.Source))
        {
            OfferAddresses();
        }
        else if (peer.IsInitiator)
        {
            Search();
        }
        else
        {
            LeaveAddress();
        }
    }

    public void TakeRequest(ReceivedPayloads request)
    {
        PacketAddresses path = request.Packet.Reversed;
        if (IsMobile)
        {
            if (!peer.IsInitiator && request.Has(NotifyType.UpdateSaAddresses))
            {
                HearOfNat(peer.Session, request);
                if (!SameAddresses(path, peer.Path))
                {
                    // What is outstanding is lost where its way is: nothing could be asked of the new address before it is answered.
                    peer.Session.ResendOutstanding(path);
                }
            }

            // The Responder speaks from another address, or to another: the way in use fails, and its Initiator is to move (RFC 4555 section 3.6).
            // A question about an address that some SAs have moved to is none of it (section 3.7).
            if (peer.IsInitiator && Options.Follows && _moving is null && !SameAddresses(path, peer.Path) && _locals.Contains(path.Source) && !request.Has(NotifyType.Cookie2))
            {
                Begin(path);
            }
        }
        else if (peer.PeerBehindNat && !peer.IsInitiator && peer.IsEstablished && path.Source == peer.Path.Source && path != peer.Path)
        {
            // Without MOBIKE a NAT's new mapping is followed by what is authentic (RFC 7296 section 2.23).
            FollowMapping(path);
        }
    }

    public void TakeResponse(BegunExchange exchange, ReceivedPayloads response)
    {
        if (!IsMobile || !peer.IsInitiator || !Options.Follows)
        {
            return;
        }

        PacketAddresses path = response.Packet.Reversed;
        bool mappingChanged = SeesNewMapping(response);
        _isSearching = false;
        if (exchange is EngineExchange { Transmit: var transmit } && _moving is { } moving && transmit.Packet.Source == moving.Source && transmit.Packet.Destination == moving.Destination)
        {
            HearOfNat(exchange.Session, response);

            // An UPDATE that was answered another way than it was sent may have been performed for either (RFC 4555 section 3.5).
            if (!SameAddresses(path, moving))
            {
                _wanted = path;
            }

            return;
        }

        if (!SameAddresses(path, peer.Path) || mappingChanged)
        {
            Begin(path);
        }
    }

    public void Retransmitting(BegunExchange exchange, int attempt)
    {
        // Without the address of the way in use there is nothing to be patient for.
        int patience = _locals.Contains(peer.Path.Source) ? AttemptsBeforeOtherPaths : 1;
        if (!IsMobile || !peer.IsInitiator || !Options.Follows || attempt < patience)
        {
            return;
        }

        _isSearching = true;
        foreach (PacketAddresses path in Paths())
        {
            if (!SameAddresses(path, exchange.Path))
            {
                peer.Session.ResendOutstanding(path);
            }
        }
    }

    public bool Rescues(BegunExchange exchange)
    {
        if (!IsMobile || !Options.Follows)
        {
            return false;
        }

        if (!peer.IsInitiator)
        {
            return SeeksElsewhere();
        }

        // Without an address nothing can be said of the peer: it is asked when there is one again.
        if (_locals.Count > 0)
        {
            return false;
        }

        peer.Session.MoveOutstanding(exchange.Path);
        return true;
    }

    /// <summary>At the Responder: what is outstanding goes to another address, and its response tells nothing of the one that it asked about (RFC 4555 section 3.7).</summary>
    private void LoseQuestion()
    {
        if (!peer.IsInitiator && peer.Session.Outstanding is EngineExchange { Transmit: var transmit })
        {
            TakeEngineLoss(transmit);
        }
    }

    /// <summary>At the Responder: the Initiator is sought at its alternates, and given time to find a way by itself (RFC 4555 section 3.11).</summary>
    private bool SeeksElsewhere()
    {
        TimeSpan heard = peer.Session.LastHeard;
        foreach ((IpAddress address, TimeSpan since) in _sought)
        {
            if (since <= heard)
            {
                _sought.Remove(address);
            }
        }

        _sought[peer.Path.Destination] = peer.Now;
        LoseQuestion();

        bool moves = _engine is MobikeXResponder responder && responder.PeerUnreachable(_sought.Keys, peer.Now, peer.Sas);
        Drain();
        if (!moves && peer.Now - heard >= Options.ResponderPatience)
        {
            return false;
        }

        peer.Session.MoveOutstanding(peer.Path);
        return true;
    }

    /// <summary>Moves where the response to what is outstanding, or to a question, says that a way leads.</summary>
    /// <remarks>Where one address is left there is nothing to ask: the peer's was right until now, and if it is not any more the UPDATE goes the other ways too.</remarks>
    private void Search()
    {
        if (Paths() is not [var first, ..] paths)
        {
            return;
        }

        _isSearching = true;
        if (peer.Session.Outstanding is null)
        {
            if (paths.Count(path => path.Destination == peer.Path.Destination) == 1)
            {
                Begin(first);
                return;
            }

            peer.BeginFirst(new PathProbe(peer, first));
        }
        else
        {
            peer.Session.MoveOutstanding(first);
        }

        foreach (PacketAddresses path in paths.Skip(1))
        {
            peer.Session.ResendOutstanding(path);
        }
    }

    private void OfferAddresses()
    {
        if (!Options.OffersAddresses || !IsMobile)
        {
            return;
        }

        IpAddress[] further = [.. _locals.Where(local => local != peer.Path.Source)];
        if (further.SequenceEqual(_offered))
        {
            return;
        }

        _offered = further;
        Offer([.. further.Select(static address => new OfferedAlternate(address))], []);
    }

    /// <summary>True where the peer sees this host at another place than before, on the same way: a NAT has a new mapping.</summary>
    private bool SeesNewMapping(ReceivedPayloads response)
    {
        if (response.Notify(NotifyType.NatDetectionDestinationIp) is not { } seen)
        {
            return false;
        }

        bool isNew = _seenAs is { } before && SameAddresses(response.Packet.Reversed, peer.Path) && !before.AsSpan().SequenceEqual(seen.Data);
        _seenAs = seen.Data;
        return isNew;
    }

    private IReadOnlyList<PacketAddresses> Paths()
    {
        ushort port = Protocol.Ikev2.Constants.NatTraversalPort;
        return
        [
            .. PathTable.Of(new AddressPath(peer.Path.Source, peer.Path.Destination), _locals, _engine!.Ike.Alternates, peer.Now)
                .Select(path => new PacketAddresses(path.Local, port, path.Remote, path.Remote == peer.Path.Destination ? peer.Path.DestinationPort : peer.Connection.RemoteNatPort)),
        ];
    }

    /// <summary>The addresses that packets between the peers can have: not those that are inside of tunnels.</summary>
    private IReadOnlyList<IpAddress> Usable(IReadOnlyList<IpAddress> own)
    {
        IReadOnlyList<IpAddress> configured = peer.Connection.LocalAddresses;
        IEnumerable<IpAddress> allowed = configured.Count == 0 ? own : configured.Where(own.Contains);
        return [.. allowed.Where(address => address == peer.Path.Source || !IsInside(address))];
    }

    /// <summary>True for an address that packets have inside of tunnels; a range with the address in use as well says nothing of where an address is.</summary>
    private bool IsInside(IpAddress address) =>
        peer.InnerAddresses.Contains(address)
        || peer.Children.Exists(child => !child.Transport && child.Local.Any(selector => selector.Contains(address) && !selector.Contains(peer.Path.Source)));

    private static bool SameAddresses(in PacketAddresses one, in PacketAddresses other) => one.Source == other.Source && one.Destination == other.Destination;
}
