using System.Buffers.Binary;
using System.Security.Cryptography;
using MobikeX.Runtime;

namespace MobikeX.Engine;

/// <summary>The data of NAT_DETECTION_SOURCE_IP and NAT_DETECTION_DESTINATION_IP: a hash over both SPIs, an address and a port (RFC 7296 section 2.23).</summary>
internal static class NatDetection
{
    /// <summary>The hash for an address and port, as the sender sees them.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350", Justification = "RFC 7296 section 2.23 asks for SHA-1; nothing is protected by it.")]
    public static byte[] Hash(IkeSa ike, IpAddress address, ushort port)
    {
        byte[] input = new byte[sizeof(ulong) + sizeof(ulong) + address.Length + sizeof(ushort)];
        BinaryPrimitives.WriteUInt64BigEndian(input, ike.Spi);
        BinaryPrimitives.WriteUInt64BigEndian(input.AsSpan(sizeof(ulong)), ike.ResponderSpi);
        address.TryWrite(input.AsSpan(2 * sizeof(ulong)));
        BinaryPrimitives.WriteUInt16BigEndian(input.AsSpan(input.Length - sizeof(ushort)), port);
        using SHA1 sha1 = SHA1.Create();
        return sha1.ComputeHash(input);
    }

    /// <summary>True where the hash is of another address or port, so that a NAT has changed them on the way.</summary>
    public static bool Differs(ReadOnlySpan<byte> received, IkeSa ike, IpAddress address, ushort port) =>
        !received.SequenceEqual(Hash(ike, address, port));
}
