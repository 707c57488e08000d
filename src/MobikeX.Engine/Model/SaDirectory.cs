namespace MobikeX.Engine;

/// <summary>Every IKE_SA of this host and its CHILD_SAs. A search does not depend on how many there are.</summary>
/// <remarks>An SPI of the Initiator is chosen by the Initiator, so that two peers may have chosen the same: a search takes the peer into account.</remarks>
public sealed class SaDirectory
{
    /// <summary>So many CHILD_SAs are looked at before the index is: a peer mostly names one of the IKE_SA that it speaks on.</summary>
    private const int LookedAtFirst = 4;

    private readonly Dictionary<ulong, IkeSa> _ikeSas = [];
    private readonly Dictionary<uint, ChildSa> _childSas = [];
    private readonly Dictionary<(string Identity, string Authentication), Peer> _peers = [];

    /// <summary>Makes an IKE_SA known.</summary>
    public void Add(IkeSa ike)
    {
        (string, string) key = (ike.Identity, ike.Authentication);
        if (!_peers.TryGetValue(key, out Peer? peer))
        {
            peer = new Peer();
            _peers.Add(key, peer);
        }

        ike.Peer = peer;
        ike.NextOfPeer = peer.First;
        peer.First = ike;
        LinkSpi(ike);
    }

    /// <summary>Makes a CHILD_SA of a known IKE_SA known.</summary>
    public void Add(ChildSa child)
    {
        child.NextChild = child.Ike.NextChild;
        child.Ike.NextChild = child;
        _childSas.TryGetValue(child.Spi, out ChildSa? sameSpi);
        child.NextOfSpi = sameSpi;
        _childSas[child.Spi] = child;
    }

    /// <summary>Forgets an IKE_SA with its CHILD_SAs, and marks them as closed.</summary>
    public void Remove(IkeSa ike)
    {
        foreach (ChildSa child in ike.Children)
        {
            Remove(child);
        }

        Unlink(ike);
        ike.IsClosed = true;
    }

    /// <summary>Forgets a CHILD_SA, and marks it as closed.</summary>
    public void Remove(ChildSa child)
    {
        Unlink(child);
        child.IsClosed = true;
    }

    /// <summary>Gives an IKE_SA the SPIs of its successor (RFC 7296 section 2.18): it keeps its CHILD_SAs, its addresses and what was agreed.</summary>
    /// <param name="ike">The IKE_SA.</param>
    /// <param name="spi">The SPI that the Initiator receives on from now on.</param>
    /// <param name="responderSpi">The SPI that the Responder receives on from now on.</param>
    /// <param name="isReversed">Whether it was the Responder that asked for the successor, so that its SPI stands first in messages.</param>
    public void Rekey(IkeSa ike, ulong spi, ulong responderSpi, bool isReversed)
    {
        bool isKnown = ike.Peer is not null;
        if (isKnown)
        {
            UnlinkSpi(ike);
        }

        ike.Spi = spi;
        ike.ResponderSpi = responderSpi;
        ike.IsReversed = isReversed;
        if (isKnown)
        {
            LinkSpi(ike);
        }
    }

    /// <summary>Finds the IKE_SA of an SPI, among those of the same peer and authentication method as <paramref name="ike"/>.</summary>
    public IkeSa? FindIkeSa(IkeSa ike, ulong spi)
    {
        _ikeSas.TryGetValue(spi, out IkeSa? found);
        while (found is not null && found.Peer != ike.Peer)
        {
            found = found.NextOfSpi;
        }

        return found;
    }

    /// <summary>Finds the CHILD_SA of an SPI, among those of the same peer and authentication method as <paramref name="ike"/>.</summary>
    public ChildSa? FindChildSa(IkeSa ike, uint spi)
    {
        int looked = 0;
        foreach (ChildSa child in ike.Children)
        {
            if (child.Spi == spi)
            {
                return child;
            }

            if (++looked == LookedAtFirst)
            {
                break;
            }
        }

        _childSas.TryGetValue(spi, out ChildSa? found);
        while (found is not null && found.Ike.Peer != ike.Peer)
        {
            found = found.NextOfSpi;
        }

        return found;
    }

    /// <summary>The IKE_SAs of the same peer and authentication method, <paramref name="ike"/> among them.</summary>
    public IkeSaList OfSamePeer(IkeSa ike) => new(ike.Peer?.First);

    private void Unlink(IkeSa ike)
    {
        if (ike.Peer is not { } peer)
        {
            return;
        }

        if (peer.First == ike)
        {
            peer.First = ike.NextOfPeer;
            if (peer.First is null)
            {
                _peers.Remove((ike.Identity, ike.Authentication));
            }
        }
        else
        {
            IkeSa before = peer.First!;
            while (before.NextOfPeer != ike)
            {
                before = before.NextOfPeer!;
            }

            before.NextOfPeer = ike.NextOfPeer;
        }

        ike.Peer = null;
        UnlinkSpi(ike);
    }

    private void LinkSpi(IkeSa ike)
    {
        _ikeSas.TryGetValue(ike.Spi, out IkeSa? sameSpi);
        ike.NextOfSpi = sameSpi;
        _ikeSas[ike.Spi] = ike;
    }

    private void UnlinkSpi(IkeSa ike)
    {
        IkeSa first = _ikeSas[ike.Spi];
        if (first == ike)
        {
            Replace(_ikeSas, ike.Spi, ike.NextOfSpi);
            return;
        }

        while (first.NextOfSpi != ike)
        {
            first = first.NextOfSpi!;
        }

        first.NextOfSpi = ike.NextOfSpi;
    }

    private void Unlink(ChildSa child)
    {
        if (child.Ike.NextChild == child)
        {
            child.Ike.NextChild = child.NextChild;
        }
        else
        {
            ChildSa? before = child.Ike.NextChild;
            while (before is not null && before.NextChild != child)
            {
                before = before.NextChild;
            }

            if (before is null)
            {
                return;
            }

            before.NextChild = child.NextChild;
        }

        ChildSa first = _childSas[child.Spi];
        if (first == child)
        {
            Replace(_childSas, child.Spi, child.NextOfSpi);
            return;
        }

        while (first.NextOfSpi != child)
        {
            first = first.NextOfSpi!;
        }

        first.NextOfSpi = child.NextOfSpi;
    }

    private static void Replace<TKey, TValue>(Dictionary<TKey, TValue> table, TKey key, TValue? value)
        where TKey : notnull
        where TValue : class
    {
        if (value is null)
        {
            table.Remove(key);
        }
        else
        {
            table[key] = value;
        }
    }
}
