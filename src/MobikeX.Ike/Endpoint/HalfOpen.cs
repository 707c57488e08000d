using System.Security.Cryptography;
using MobikeX.Runtime;

namespace MobikeX.Ike;

/// <summary>The IKE_SAs that others began and have not authenticated: how many there are, and of whom.</summary>
internal sealed class HalfOpen
{
    private readonly Dictionary<IkePeer, (IpAddress Source, string Request)> _peers = [];
    private readonly Dictionary<IpAddress, int> _sources = [];
    private readonly Dictionary<string, IkeSession> _requests = [];

    public int Count => _peers.Count;

    public int CountOf(IpAddress source) => _sources.GetValueOrDefault(source);

    /// <summary>The IKE_SA that the same octets began.</summary>
    public IkeSession? Find(ReadOnlySpan<byte> request) => _requests.GetValueOrDefault(Key(request));

    public void Add(IkeSession session, IpAddress source, ReadOnlySpan<byte> request)
    {
        string key = Key(request);
        _peers.Add(session.Peer, (source, key));
        _sources[source] = CountOf(source) + 1;
        _requests[key] = session;
    }

    public void Remove(IkePeer peer)
    {
        if (!_peers.Remove(peer, out (IpAddress Source, string Request) begun))
        {
            return;
        }

        _requests.Remove(begun.Request);
        int left = CountOf(begun.Source) - 1;
        if (left == 0)
        {
            _sources.Remove(begun.Source);
        }
        else
        {
            _sources[begun.Source] = left;
        }
    }

    private static string Key(ReadOnlySpan<byte> request) => Convert.ToHexString(SHA256.HashData(request));
}
