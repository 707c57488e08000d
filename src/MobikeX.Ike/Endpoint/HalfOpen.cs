using System.Security.Cryptography;
using MobikeX.Runtime;

namespace MobikeX.Ike;

/// <summary>The IKE_SAs that others began and have not authenticated: how many there are, and of whom.</summary>
internal sealed class HalfOpen
{
    private readonly Dictionary<IkePeer, (Claim Source, (IpAddress, string) Request)> _peers = [];
    private readonly Dictionary<Claim, int> _sources = [];
    private readonly Dictionary<(IpAddress, string), IkeSession> _requests = [];

    public int Count => _peers.Count;

    /// <summary>How many a source has begun; those that it has proved to be there for are counted apart from those that anybody may have begun in its name.</summary>
    public int CountOf(IpAddress source, bool isProven) => _sources.GetValueOrDefault(new Claim(source, isProven));

    /// <summary>The IKE_SA that the same octets from the same source began: to another source they are those of another.</summary>
    public IkeSession? Find(ReadOnlySpan<byte> request, IpAddress source) => _requests.GetValueOrDefault((source, Key(request)));

    public void Add(IkeSession session, IpAddress source, bool isProven, ReadOnlySpan<byte> request)
    {
        (IpAddress, string) key = (source, Key(request));
        Claim claim = new(source, isProven);
        _peers.Add(session.Peer, (claim, key));
        _sources[claim] = _sources.GetValueOrDefault(claim) + 1;
        _requests[key] = session;
    }

    public void Remove(IkePeer peer)
    {
        if (!_peers.Remove(peer, out (Claim Source, (IpAddress, string) Request) begun))
        {
            return;
        }

        _requests.Remove(begun.Request);
        int left = _sources[begun.Source] - 1;
        if (left == 0)
        {
            _sources.Remove(begun.Source);
        }
        else
        {
            _sources[begun.Source] = left;
        }
    }

    private readonly record struct Claim(IpAddress Source, bool IsProven);

    private static string Key(ReadOnlySpan<byte> request) => Convert.ToHexString(SHA256.HashData(request));
}
