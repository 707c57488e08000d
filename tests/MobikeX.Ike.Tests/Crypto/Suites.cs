using MobikeX.Ike.Crypto;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Tests.Crypto;

/// <summary>Suites and keys for the tests of what stands on them.</summary>
internal static class Suites
{
    public static IkeSuite Gcm { get; } = new(new Cipher(EncryptionAlgorithm.AesGcm16, 256), null, PseudorandomFunction.HmacSha256, DiffieHellmanGroup.Curve25519);

    public static IkeSuite Cbc { get; } = new(new Cipher(EncryptionAlgorithm.AesCbc, 128), IntegrityAlgorithm.HmacSha256, PseudorandomFunction.HmacSha512, DiffieHellmanGroup.Modp2048);

    public static byte[] Octets(int length, byte first)
    {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++)
        {
            octets[i] = (byte)(first + i);
        }

        return octets;
    }

    public static IkeKeys Keys(IkeSuite suite)
    {
        using var shared = SecretBytes.CopyOf(Octets(32, 100));
        return IkeKeys.Derive(suite, Octets(32, 1), Octets(32, 51), 0x0102030405060708, 0x1112131415161718, shared);
    }
}
