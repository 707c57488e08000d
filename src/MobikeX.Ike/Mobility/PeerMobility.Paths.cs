using MobikeX.Engine;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Ike;

/// <summary>Which way leads to the peer, and when to move to another.</summary>
internal sealed partial class PeerMobility
{
    /// <summary>So often a request is sent the way in use before the others are tried as well: a lost packet is no lost way.</summary>
    private const int AttemptsBeforeOtherPaths = 2;

    private IReadOnlyList<IpAddress> _offered = [];
    private PacketAddresses? _wanted;
    private PacketAddresses? _moving;
    private byte[]? _seenAs;
    private bool _isSearching;

    public void HandleAddresses(IReadOnlyList<IpAddress> own)
    {
        _locals = Usable(own);
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
            }

            // The Responder speaks from another address: it lost the one that is in use, and its Initiator is to move (RFC 4555 section 3.6).
            if (peer.IsInitiator && Options.Follows && path.Destination != peer.Path.Destination && _moving is null)
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
        if (!IsMobile || !peer.IsInitiator || !Options.Follows || attempt < AttemptsBeforeOtherPaths)
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

        if (peer.IsInitiator)
        {
            // Without an address nothing can be said of the peer: it is asked when there is one again.
            if (_locals.Count > 0)
            {
                return false;
            }

            peer.Session.MoveOutstanding(exchange.Path);
            return true;
        }

        return false;
    }

    /// <summary>Moves where the response to what is outstanding, or to a question, says that a way leads.</summary>
    private void Search()
    {
        if (Paths() is not [var first, ..] paths)
        {
            return;
        }

        _isSearching = true;
        if (peer.Session.Outstanding is null)
        {
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

    /// <summary>Says to the peer that a way is to be used; where one is being said, this is said next.</summary>
    private void Begin(PacketAddresses path)
    {
        _wanted = path;
        GoOnMoving();
    }

    private void GoOnMoving()
    {
        if (_moving is not null || _wanted is not { } path || _engine is not MobikeXInitiator initiator)
        {
            return;
        }

        _wanted = null;
        _moving = path;
        initiator.Update(new ActionCommand(), path, peer.Now, peer.Sas);
        Drain();
    }

    /// <summary>The outcome of an UPDATE that this began, or of an action that a command began.</summary>
    private void Take(EngineEvent told)
    {
        switch (told)
        {
            case ActionAccepted { Action: ActionTrait.Update, Check: false } when _moving is { } path:
                _moving = null;
                TakeNat();
                GoTo(path);
                OfferAddresses();
                break;
            case ActionFailed { Action: ActionTrait.Update } when _moving is not null:
                _moving = null;
                break;
            case AlternatesReplaced when peer.IsInitiator && !peer.Sa!.Alternates.Equals(AlternateList.Empty) && _isSearching:
                Search();
                break;
        }
    }

    /// <summary>The SAs have moved: messages go where they go.</summary>
    private void FollowSa()
    {
        if (peer.Sa is not { } sa || sa.Initiator.IsEmpty || sa.Responder.IsEmpty || _moving is not null)
        {
            return;
        }

        TakeNat();
        PacketAddresses path = peer.Path;
        (IpAddress local, IpAddress remote) = peer.IsInitiator
            ? (Kept(sa.Initiator, path.Source), Kept(sa.Responder, path.Destination))
            : (Kept(sa.Responder, path.Source), Kept(sa.Initiator, path.Destination));
        ushort remotePort = peer.IsInitiator || sa.InitiatorPort == 0 ? path.DestinationPort : sa.InitiatorPort;
        if (local != path.Source || remote != path.Destination || remotePort != path.DestinationPort)
        {
            GoTo(new PacketAddresses(local, path.SourcePort, remote, remotePort));
        }
    }

    /// <summary>What is outstanding goes the new way too, with the same octets (RFC 4555 section 3.5).</summary>
    private void GoTo(in PacketAddresses path)
    {
        peer.MoveTo(path);
        if (peer.Session.Outstanding is not null)
        {
            peer.Session.MoveOutstanding(path);
        }
    }

    /// <summary>The Responder has lost its address: it speaks from another, and says which ones it has.</summary>
    private void LeaveAddress()
    {
        IpAddress remote = peer.Path.Destination;
        foreach (IpAddress local in _locals)
        {
            if (local.Length == remote.Length)
            {
                GoTo(new PacketAddresses(local, peer.Path.SourcePort, remote, peer.Path.DestinationPort));
                TakeSasAlong(local);
                OfferAddresses();
                return;
            }
        }
    }

    /// <summary>The SAs are of no use at an address that is gone, and an Initiator may take the new one for theirs without an UPDATE: strongSwan does.</summary>
    private void TakeSasAlong(IpAddress local)
    {
        IpAddress remote = peer.Path.Destination;
        SaSelection targets = new();
        targets.AddWithChildren(peer.Sa!);
        SaChange change = SaChange.Update(AddressPlaces.Header, remote, remote).Along(local, 0, null);
        peer.Ask(id => new ChangeSas(id, change, targets), static _ => { });
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

    private void FollowMapping(PacketAddresses path)
    {
        if (peer.Sa is not { } sa)
        {
            return;
        }

        SaSelection targets = new();
        targets.AddWithChildren(sa);
        SaChange change = SaChange.Update(AddressPlaces.Header, peer.Path.Destination, path.Destination).Along(default, path.DestinationPort, true);
        peer.Ask(id => new ChangeSas(id, change, targets), succeeded =>
        {
            if (succeeded)
            {
                GoTo(path);
            }
        });
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
        // An UPDATE of MOBIKE-X names addresses of the Initiator alone: the peer's stays (draft section 7.4).
        AlternateList alternates = _engine!.Ike.Version == MobikeVersion.Mobike ? _engine.Ike.Alternates : AlternateList.Empty;
        ushort port = Protocol.Ikev2.Constants.NatTraversalPort;
        return
        [
            .. PathTable.Of(new AddressPath(peer.Path.Source, peer.Path.Destination), _locals, alternates, peer.Now)
                .Select(path => new PacketAddresses(path.Local, port, path.Remote, path.Remote == peer.Path.Destination ? peer.Path.DestinationPort : port)),
        ];
    }

    /// <summary>The addresses that packets between the peers can have: not those that are inside of tunnels.</summary>
    private IReadOnlyList<IpAddress> Usable(IReadOnlyList<IpAddress> own)
    {
        IReadOnlyList<IpAddress> configured = peer.Connection.LocalAddresses;
        IEnumerable<IpAddress> allowed = configured.Count == 0 ? own : configured.Where(own.Contains);
        return [.. allowed.Where(address => address == peer.Path.Source || !IsInside(address))];
    }

    private bool IsInside(IpAddress address) =>
        peer.InnerAddresses.Contains(address)
        || peer.Children.Exists(child => !child.Transport && child.Local.Any(selector => selector.Start.CompareTo(address) <= 0 && selector.End.CompareTo(address) >= 0));

    private static IpAddress Kept(AddressSet addresses, IpAddress current) => addresses.Contains(current) ? current : addresses[0];

    private static bool SameAddresses(in PacketAddresses one, in PacketAddresses other) => one.Source == other.Source && one.Destination == other.Destination;
}
