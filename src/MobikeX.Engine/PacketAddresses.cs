using MobikeX.Runtime;

namespace MobikeX.Engine;

/// <summary>Addresses and UDP ports of a packet, as this host sees them.</summary>
public readonly record struct PacketAddresses
{
    /// <summary>Creates a pair of addresses.</summary>
    public PacketAddresses(IpAddress source, ushort sourcePort, IpAddress destination, ushort destinationPort)
    {
        Source = source;
        SourcePort = sourcePort;
        Destination = destination;
        DestinationPort = destinationPort;
    }

    /// <summary>The source of the IP header.</summary>
    public IpAddress Source { get; }

    /// <summary>The source of the UDP header.</summary>
    public ushort SourcePort { get; }

    /// <summary>The destination of the IP header.</summary>
    public IpAddress Destination { get; }

    /// <summary>The destination of the UDP header.</summary>
    public ushort DestinationPort { get; }

    /// <summary>The way back.</summary>
    public PacketAddresses Reversed => new(Destination, DestinationPort, Source, SourcePort);

    /// <inheritdoc/>
    public override string ToString() => $"{Source}:{SourcePort} -> {Destination}:{DestinationPort}";
}
