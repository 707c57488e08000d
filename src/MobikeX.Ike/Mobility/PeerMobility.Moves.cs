using MobikeX.Engine;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Ike;

/// <summary>How this end moves to a way once it is chosen, and follows where the SAs go.</summary>
internal sealed partial class PeerMobility
{
    /// <summary>So often an UPDATE that met a NAT where none is allowed is tried again: whoever changed the packet may not change the next (RFC 4555 section 3.9).</summary>
    private const int TriesPastNats = 3;

    private readonly HashSet<AddressPath> _refused = [];
    private ushort? _asked;
    private bool _metNat;
    private int _triesPastNats;
    private PacketAddresses? _wanted;
    private PacketAddresses? _moving;

    /// <summary>Says to the peer that a way is to be used; where one is being said, this is said next.</summary>
    private void Begin(PacketAddresses path)
    {
        // The peer may have come from somewhere that this host does not go to.
        if (path.Destination != peer.Path.Destination && !Options.AcceptsAddress(path.Destination))
        {
            return;
        }

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
        _metNat = false;
        _asked = initiator.Update(new ActionCommand(), path, peer.Now, peer.Sas);
        Drain();
    }

    /// <summary>The outcome of an UPDATE that this began; that of one that a command began moves nothing but the SAs.</summary>
    private void Take(EngineEvent told)
    {
        switch (told)
        {
            case ActionAccepted accepted when IsOwn(accepted.Identifier) && _moving is { } path:
                EndMove();
                _triesPastNats = 0;
                _refused.Clear();
                TakeNat();
                GoTo(path);
                OfferAddresses();
                break;
            case ActionAnswered { Action: ActionTrait.Update, Answer: NotifyType.UnexpectedNatDetected } answered when _asked is not null && IsOwn(answered.Identifier ?? _asked):
                _metNat = true;
                break;
            case ActionFailed failed when IsOwn(failed.Identifier) && _moving is { } refused:
                EndMove();
                if (_metNat && _triesPastNats < TriesPastNats)
                {
                    _triesPastNats++;
                    peer.After(peer.Options.RetransmitAfter, () => TryAgain(refused));
                }
                else
                {
                    TryNext(refused);
                }

                break;
            case CommandRefused refused when IsOwn(refused.Identifier):
                EndMove();
                break;
            case AlternatesReplaced when peer.IsInitiator:
                _refused.Clear();
                if (!peer.Sa!.Alternates.Equals(AlternateList.Empty) && _isSearching)
                {
                    Search();
                }

                break;
            case SaClosed { Sa: IkeSa }:
                // What is closed here is closed: its peer is one that cannot be believed (RFC 4555 section 3.7), or has closed it too.
                peer.End(EndCause.Mobility, "closed by MOBIKE");
                break;
            case SaClosed { Sa: ChildSa closed }:
                peer.Forget(closed);
                break;
        }
    }

    private bool IsOwn(ushort? identifier) => identifier is not null && identifier == _asked;

    private void EndMove()
    {
        _moving = null;
        _asked = null;
    }

    /// <summary>Tries an UPDATE again, unless another came in between.</summary>
    private void TryAgain(PacketAddresses path)
    {
        if (_moving is null && _wanted is null && _locals.Contains(path.Source) && !SameAddresses(path, peer.Path))
        {
            Begin(path);
        }
    }

    /// <summary>An UPDATE was refused: it is said of the next way, of each but once (RFC 4555 section 3.5), until the addresses of either end change.</summary>
    private void TryNext(PacketAddresses refused)
    {
        if (SameAddresses(refused, peer.Path))
        {
            return;
        }

        _refused.Add(new AddressPath(refused.Source, refused.Destination));
        if (_wanted is not null)
        {
            return;
        }

        foreach (PacketAddresses path in Paths())
        {
            if (!SameAddresses(path, peer.Path) && !_refused.Contains(new AddressPath(path.Source, path.Destination)))
            {
                Begin(path);
                return;
            }
        }
    }

    /// <summary>The SAs have moved: messages go where they go.</summary>
    private void FollowSa()
    {
        if (peer.Sa is not { IsClosed: false } sa || sa.Initiator.IsEmpty || sa.Responder.IsEmpty || _moving is not null)
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

    /// <summary>What is outstanding goes the new way too, with the same octets (RFC 4555 section 3.5), unless it went that way already.</summary>
    private void GoTo(in PacketAddresses path)
    {
        peer.MoveTo(path);
        if (peer.Session.OutstandingPath is { } before && before != path)
        {
            if (before.Destination != path.Destination)
            {
                LoseQuestion();
            }

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
        MoveSas(SaChange.Update(AddressPlaces.Header, remote, remote).Along(local, 0, null), static _ => { });
    }

    private void FollowMapping(PacketAddresses path)
    {
        MoveSas(SaChange.Update(AddressPlaces.Header, peer.Path.Destination, path.Destination).Along(default, path.DestinationPort, true), succeeded =>
        {
            if (succeeded)
            {
                GoTo(path);
            }
        });
    }

    /// <summary>Changes the IKE_SA and all of its CHILD_SAs, without a word to the peer.</summary>
    private void MoveSas(SaChange change, Action<bool> done)
    {
        if (peer.Sa is not { } sa)
        {
            return;
        }

        SaSelection targets = new();
        targets.AddWithChildren(sa);
        Change(change, targets, done);
    }

    private void Change(SaChange change, SaSelection targets, Action<bool> done)
    {
        SaSelection changeable = peer.Changeable(change, targets);
        peer.Ask(id => new ChangeSas(id, change, changeable), done);
    }

    private static IpAddress Kept(AddressSet addresses, IpAddress current) => addresses.Contains(current) ? current : addresses[0];
}
