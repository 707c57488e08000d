using System.Buffers.Binary;
using System.Security.Cryptography;
using MobikeX.Runtime;

namespace MobikeX.Engine;

/// <summary>The hash that NAT_DETECTION_* carry: SHA-1 over both SPIs, an address and a port (RFC 7296 section 2.23).</summary>
internal static class NatHash
{
    public const int Length = 20;

    public static bool IsOf(ReadOnlySpan<byte> hash, IkeSa ike, IpAddress address, ushort port) =>
        hash.SequenceEqual(Compute(ike, address, port));

    public static byte[] Compute(IkeSa ike, IpAddress address, ushort port)
    {
        byte[] input = new byte[sizeof(ulong) + sizeof(ulong) + address.Length + sizeof(ushort)];
        BinaryPrimitives.WriteUInt64BigEndian(input, ike.IsReversed ? ike.ResponderSpi : ike.Spi);
        BinaryPrimitives.WriteUInt64BigEndian(input.AsSpan(sizeof(ulong)), ike.IsReversed ? ike.Spi : ike.ResponderSpi);
        address.TryWrite(input.AsSpan(sizeof(ulong) + sizeof(ulong)));
        BinaryPrimitives.WriteUInt16BigEndian(input.AsSpan(input.Length - sizeof(ushort)), port);
        using SHA1 sha1 = SHA1.Create();
        return sha1.ComputeHash(input);
    }
}
