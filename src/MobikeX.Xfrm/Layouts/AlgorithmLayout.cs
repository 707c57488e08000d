using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using MobikeX.Xfrm.Netlink;

namespace MobikeX.Xfrm.Layouts;

/// <summary><c>struct xfrm_algo</c>, <c>xfrm_algo_auth</c> and <c>xfrm_algo_aead</c>: a name, lengths in bits, and a key.</summary>
internal static class AlgorithmLayout
{
    public const int NameSize = 64;
    public const int PlainHeaderSize = NameSize + sizeof(uint);
    public const int TruncatedHeaderSize = PlainHeaderSize + sizeof(uint);

    private const int BitsOfOctet = 8;

    /// <summary>The octets of an algorithm, with the length of its ICV or without.</summary>
    public static void Write(NetlinkRequest request, ushort attribute, XfrmAlgorithm algorithm, bool withIcv)
    {
        int header = withIcv ? TruncatedHeaderSize : PlainHeaderSize;
        byte[] octets = GC.AllocateArray<byte>(header + algorithm.Key.Length, pinned: true);
        try
        {
            Encoding.ASCII.GetBytes(algorithm.Name, octets.AsSpan(0, NameSize - 1));
            MemoryMarshal.Write(octets.AsSpan(NameSize), (uint)(algorithm.Key.Length * BitsOfOctet));
            if (withIcv)
            {
                MemoryMarshal.Write(octets.AsSpan(PlainHeaderSize), (uint)algorithm.IcvBits);
            }

            algorithm.Key.CopyTo(octets.AsSpan(header));
            request.WriteAttribute(attribute, octets);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(octets);
        }
    }

    /// <summary>The names of the algorithms among the attributes.</summary>
    public static string Names(ReadOnlySpan<byte> attributes)
    {
        List<string> names = [];
        foreach (NetlinkAttribute attribute in NetlinkAttribute.In(attributes))
        {
            // An authentication algorithm is told in the old form and in the new one.
            bool isAlgorithm = attribute.Type is XfrmAttribute.Aead or XfrmAttribute.Encryption or XfrmAttribute.TruncatedAuthentication;
            if (isAlgorithm && attribute.Value.Length >= PlainHeaderSize)
            {
                ReadOnlySpan<byte> name = attribute.Value[..NameSize];
                int end = name.IndexOf((byte)0);
                names.Add(Encoding.ASCII.GetString(end < 0 ? name : name[..end]));
            }
        }

        return string.Join(", ", names);
    }

    /// <summary>True where a key is there and is nothing but zeros.</summary>
    public static bool HasZeroKey(ReadOnlySpan<byte> attributes)
    {
        foreach (NetlinkAttribute attribute in NetlinkAttribute.In(attributes))
        {
            int header = attribute.Type switch
            {
                XfrmAttribute.Authentication or XfrmAttribute.Encryption => PlainHeaderSize,
                XfrmAttribute.TruncatedAuthentication or XfrmAttribute.Aead => TruncatedHeaderSize,
                _ => int.MaxValue,
            };
            if (attribute.Value.Length > header && !attribute.Value[header..].ContainsAnyExcept((byte)0))
            {
                return true;
            }
        }

        return false;
    }
}
