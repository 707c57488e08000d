using MobikeX.Engine;

namespace MobikeX.Ike;

/// <summary>A request that waits for its response; it is sent again with the same octets.</summary>
internal sealed class OutstandingRequest(BegunExchange exchange, IReadOnlyList<byte[]> datagrams, PacketAddresses path)
{
    public BegunExchange Exchange { get; } = exchange;

    public IReadOnlyList<byte[]> Datagrams { get; } = datagrams;

    public PacketAddresses Path { get; set; } = path;

    /// <summary>How often it was sent again.</summary>
    public int Attempt { get; set; }

    public IkeTimer? Timer { get; set; }
}
