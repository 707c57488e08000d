using MobikeX.Ike.Messages;

namespace MobikeX.Ike;

/// <summary>The peers that have proved who they are, by who that is: one is found among many without a look at each.</summary>
internal sealed class EstablishedPeers
{
    private readonly Dictionary<Identification, HashSet<IkePeer>> _byIdentity = [];
    private readonly Dictionary<(string Local, string? Remote), int> _ofPair = [];

    public void Add(IkePeer peer)
    {
        if (!_byIdentity.TryGetValue(peer.PeerIdentity!, out HashSet<IkePeer>? same))
        {
            _byIdentity.Add(peer.PeerIdentity!, same = []);
        }

        same.Add(peer);
        (string, string?) pair = Pair(peer.Connection);
        _ofPair[pair] = _ofPair.GetValueOrDefault(pair) + 1;
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

        (string, string?) pair = Pair(peer.Connection);
        if (--_ofPair[pair] == 0)
        {
            _ofPair.Remove(pair);
        }
    }

    /// <summary>True where there is one of a connection, or of another between the same two identities.</summary>
    public bool Has(IkeConnectionOptions connection) => _ofPair.ContainsKey(Pair(connection));

    /// <summary>Those with an identity, as they are now.</summary>
    public IReadOnlyList<IkePeer> With(Identification identity) => _byIdentity.TryGetValue(identity, out HashSet<IkePeer>? same) ? [.. same] : [];

    private static (string Local, string? Remote) Pair(IkeConnectionOptions connection) => (connection.LocalIdentity, connection.RemoteIdentity);
}
