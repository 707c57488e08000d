using System.Buffers.Binary;
using System.Security.Cryptography;
using MobikeX.Runtime;

namespace MobikeX.Engine;

/// <summary>The hash that NAT_DETECTION_* carry: SHA-1 over both SPIs, an address and a port (RFC 7296 section 2.23).</summary>
public static class NatHash
{
    internal static bool IsOf(ReadOnlySpan<byte> hash, IkeSa ike, IpAddress address, ushort port) =>
        hash.SequenceEqual(Compute(ike, address, port));

    internal static byte[] Compute(IkeSa ike, IpAddress address, ushort port) => ike.IsReversed
        ? Compute(ike.ResponderSpi, ike.Spi, address, port)
        : Compute(ike.Spi, ike.ResponderSpi, address, port);

    /// <summary>The hash of an address and a port in a message with these SPIs in its header.</summary>
    public static byte[] Compute(ulong initiatorSpi, ulong responderSpi, IpAddress address, ushort port)
    {
        byte[] input = new byte[sizeof(ulong) + sizeof(ulong) + address.Length + sizeof(ushort)];
        BinaryPrimitives.WriteUInt64BigEndian(input, initiatorSpi);
        BinaryPrimitives.WriteUInt64BigEndian(input.AsSpan(sizeof(ulong)), responderSpi);
        address.TryWrite(input.AsSpan(sizeof(ulong) + sizeof(ulong)));
        BinaryPrimitives.WriteUInt16BigEndian(input.AsSpan(input.Length - sizeof(ushort)), port);
        // The hash hides nothing and protects nothing: RFC 7296 has SHA-1 here for good.
        using SHA1 sha1 = SHA1.Create();
        return sha1.ComputeHash(input);
    }
}
