namespace MobikeX.Xfrm.Netlink;

/// <summary>What carries datagrams to the kernel and back: a socket, or what a test puts in its place.</summary>
internal interface INetlinkChannel : IDisposable
{
    /// <summary>The port that the kernel answers to.</summary>
    uint Port { get; }

    /// <summary>Sends one datagram to the kernel.</summary>
    /// <exception cref="NetlinkException">The system refused it.</exception>
    void Send(ReadOnlySpan<byte> datagram);

    /// <summary>Waits for one datagram of the kernel; valid until the next.</summary>
    /// <exception cref="NetlinkException">None came, or some were lost.</exception>
    NetlinkDatagram Receive();

    /// <summary>Zeroes the datagram that was received last: keys may be in it.</summary>
    void Forget();

    /// <summary>Waits until there is a datagram; false when the time is over.</summary>
    bool Wait(TimeSpan timeout);

    /// <summary>Takes part in a multicast group.</summary>
    void Join(uint group);

    /// <summary>Leaves a multicast group.</summary>
    void Leave(uint group);

    /// <summary>Asks for twice the room for what has not been read yet.</summary>
    void EnlargeReceiveBuffer();
}

/// <summary>A datagram, and whether it went to this socket alone or to a multicast group.</summary>
internal readonly ref struct NetlinkDatagram(ReadOnlySpan<byte> octets, bool isMulticast)
{
    public ReadOnlySpan<byte> Octets { get; } = octets;

    public bool IsMulticast { get; } = isMulticast;
}
