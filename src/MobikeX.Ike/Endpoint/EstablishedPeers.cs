using MobikeX.Ike.Messages;

namespace MobikeX.Ike;

/// <summary>The peers that have proved who they are, by who that is: one is found among many without a look at each.</summary>
internal sealed class EstablishedPeers
{
    private readonly Dictionary<Identification, HashSet<IkePeer>> _byIdentity = [];
    private readonly Dictionary<string, int> _ofConnection = [];

    public void Add(IkePeer peer)
    {
        if (!_byIdentity.TryGetValue(peer.PeerIdentity!, out HashSet<IkePeer>? same))
        {
            _byIdentity.Add(peer.PeerIdentity!, same = []);
        }

        same.Add(peer);
        _ofConnection[peer.Connection.Name] = _ofConnection.GetValueOrDefault(peer.Connection.Name) + 1;
    }

    /// <summary>Takes out a peer, where it is in.</summary>
    public void Remove(IkePeer peer)
    {
        if (peer.PeerIdentity is not { } identity || !_byIdentity.TryGetValue(identity, out HashSet<IkePeer>? same) || !same.Remove(peer))
        {
            return;
        }

        if (same.Count == 0)
        {
            _byIdentity.Remove(identity);
        }

        if (--_ofConnection[peer.Connection.Name] == 0)
        {
            _ofConnection.Remove(peer.Connection.Name);
        }
    }

    /// <summary>True where there is one of a connection.</summary>
    public bool Has(IkeConnectionOptions connection) => _ofConnection.ContainsKey(connection.Name);

    /// <summary>Those with an identity, as they are now.</summary>
    public IReadOnlyList<IkePeer> With(Identification identity) => _byIdentity.TryGetValue(identity, out HashSet<IkePeer>? same) ? [.. same] : [];
}
