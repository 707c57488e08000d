using System.Security.Cryptography;

namespace MobikeX.Engine;

internal static class RandomOctets
{
    public static void Fill(byte[] octets)
    {
        using RandomNumberGenerator generator = RandomNumberGenerator.Create();
        generator.GetBytes(octets);
    }
}
