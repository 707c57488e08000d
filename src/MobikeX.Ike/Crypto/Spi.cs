using System.Buffers.Binary;
using System.Security.Cryptography;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Crypto;

/// <summary>SPIs from the system's generator.</summary>
internal static class Spi
{
    /// <summary>An SPI of an IKE_SA; zero stands for "not known yet" in a header, and is never chosen (RFC 7296, section 3.1).</summary>
    public static ulong CreateIke()
    {
        Span<byte> octets = stackalloc byte[sizeof(ulong)];
        ulong spi;
        do
        {
            RandomNumberGenerator.Fill(octets);
            spi = BinaryPrimitives.ReadUInt64BigEndian(octets);
        }
        while (spi == 0);
        return spi;
    }

    /// <summary>An SPI of a CHILD_SA.</summary>
    public static uint CreateChild()
    {
        Span<byte> octets = stackalloc byte[sizeof(uint)];
        uint spi;
        do
        {
            RandomNumberGenerator.Fill(octets);
            spi = BinaryPrimitives.ReadUInt32BigEndian(octets);
        }
        while (spi < Constants.FirstChildSpi);
        return spi;
    }
}
