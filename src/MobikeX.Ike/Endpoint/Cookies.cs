using System.Buffers.Binary;
using System.Security.Cryptography;
using MobikeX.Runtime;

namespace MobikeX.Ike;

/// <summary>Proves that an Initiator receives at its address before anything is kept of it (RFC 7296 section 2.6).</summary>
internal sealed class Cookies
{
    /// <summary>How long a secret makes cookies; it accepts them as long again.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);

    public byte[] Create(ReadOnlySpan<byte> nonce, IpAddress source, ulong spi, TimeSpan now) => Compute(nonce, source, spi, Period(now));

    public bool Verify(ReadOnlySpan<byte> cookie, ReadOnlySpan<byte> nonce, IpAddress source, ulong spi, TimeSpan now)
    {
        bool isCurrent = CryptographicOperations.FixedTimeEquals(cookie, Compute(nonce, source, spi, Period(now)));
        return isCurrent | CryptographicOperations.FixedTimeEquals(cookie, Compute(nonce, source, spi, Period(now) - 1));
    }

    private static long Period(TimeSpan now) => (long)Math.Floor(now / Lifetime);

    private byte[] Compute(ReadOnlySpan<byte> nonce, IpAddress source, ulong spi, long period)
    {
        byte[] input = new byte[sizeof(long) + sizeof(ulong) + source.Length + nonce.Length];
        BinaryPrimitives.WriteInt64BigEndian(input, period);
        BinaryPrimitives.WriteUInt64BigEndian(input.AsSpan(sizeof(long)), spi);
        source.TryWrite(input.AsSpan(sizeof(long) + sizeof(ulong)));
        nonce.CopyTo(input.AsSpan(sizeof(long) + sizeof(ulong) + source.Length));
        return HMACSHA256.HashData(_key, input);
    }
}
