using MobikeX.Ike.Crypto;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Authentication;

/// <summary>InitiatorSignedOctets and ResponderSignedOctets: what an AUTH payload is made over (RFC 7296, section 2.15).</summary>
internal static class SignedOctets
{
    /// <summary>Puts together RealMessage | Nonce of the other end | prf(SK_p, RestOfIDPayload).</summary>
    /// <param name="function">The PRF of the IKE_SA.</param>
    /// <param name="firstMessage">The IKE_SA_INIT message that the prover sent last, from its IKE header on.</param>
    /// <param name="otherNonce">The nonce that the prover received.</param>
    /// <param name="skp">SK_pi for the Initiator's proof, SK_pr for the Responder's.</param>
    /// <param name="identificationBody">The prover's ID payload after its generic header.</param>
    public static byte[] Build(PseudorandomFunction function, ReadOnlySpan<byte> firstMessage, ReadOnlySpan<byte> otherNonce, SecretBytes skp, ReadOnlySpan<byte> identificationBody)
    {
        var prf = Prf.For(function);
        byte[] octets = new byte[firstMessage.Length + otherNonce.Length + prf.Length];
        firstMessage.CopyTo(octets);
        otherNonce.CopyTo(octets.AsSpan(firstMessage.Length));
        prf.Compute(skp.Span, octets.AsSpan(^prf.Length..), identificationBody);
        return octets;
    }
}
