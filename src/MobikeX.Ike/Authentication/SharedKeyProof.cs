using MobikeX.Ike.Crypto;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Authentication;

/// <summary>AUTH = prf(prf(Shared Secret, "Key Pad for IKEv2"), SignedOctets) (RFC 7296, section 2.15).</summary>
internal static class SharedKeyProof
{
    public static byte[] Create(PresharedKey key, PseudorandomFunction function, ReadOnlySpan<byte> signedOctets)
    {
        var prf = Prf.For(function);
        using var padded = new SecretBytes(prf.Length);
        prf.Compute(key.Key.Span, padded.Span, "Key Pad for IKEv2"u8);
        byte[] proof = new byte[prf.Length];
        prf.Compute(padded.Span, proof, signedOctets);
        return proof;
    }
}
