using System.Buffers.Binary;

namespace MobikeX.Ike.Crypto;

/// <summary>The keys of an IKE_SA (RFC 7296, section 2.14).</summary>
internal sealed class IkeKeys : IDisposable
{
    private IkeKeys(IkeSuite suite, ulong initiatorSpi, ulong responderSpi, ref KeyBlock block)
    {
        Suite = suite;
        InitiatorSpi = initiatorSpi;
        ResponderSpi = responderSpi;
        int prf = Prf.For(suite.Prf).Length;
        int integrity = Algorithms.KeyLength(suite.Integrity);
        int encryption = Algorithms.KeyLength(suite.Cipher);
        D = block.Take(prf);
        Ai = block.Take(integrity);
        Ar = block.Take(integrity);
        Ei = block.Take(encryption);
        Er = block.Take(encryption);
        Pi = block.Take(prf);
        Pr = block.Take(prf);
    }

    /// <summary>The algorithms that the keys are for.</summary>
    public IkeSuite Suite { get; }

    /// <summary>The SPI that the Initiator of the IKE_SA chose.</summary>
    public ulong InitiatorSpi { get; }

    /// <summary>The SPI that the Responder of the IKE_SA chose.</summary>
    public ulong ResponderSpi { get; }

    /// <summary>SK_d: keys of CHILD_SAs and of the next IKE_SA come from it.</summary>
    public SecretBytes D { get; }

    /// <summary>SK_ai; empty for an AEAD.</summary>
    public SecretBytes Ai { get; }

    /// <summary>SK_ar; empty for an AEAD.</summary>
    public SecretBytes Ar { get; }

    /// <summary>SK_ei; with its salt at the end for an AEAD.</summary>
    public SecretBytes Ei { get; }

    /// <summary>SK_er; with its salt at the end for an AEAD.</summary>
    public SecretBytes Er { get; }

    /// <summary>SK_pi: what the Initiator's AUTH payload is made with.</summary>
    public SecretBytes Pi { get; }

    /// <summary>SK_pr: what the Responder's AUTH payload is made with.</summary>
    public SecretBytes Pr { get; }

    /// <summary>Keys of a new IKE_SA: SKEYSEED = prf(Ni | Nr, g^ir).</summary>
    public static IkeKeys Derive(
        IkeSuite suite, ReadOnlySpan<byte> initiatorNonce, ReadOnlySpan<byte> responderNonce, ulong initiatorSpi, ulong responderSpi, SecretBytes sharedSecret)
    {
        var prf = Prf.For(suite.Prf);
        using var seed = new SecretBytes(prf.Length);
        prf.Compute([.. initiatorNonce, .. responderNonce], seed.Span, sharedSecret.Span);
        return Expand(suite, prf, seed, initiatorNonce, responderNonce, initiatorSpi, responderSpi);
    }

    /// <summary>
    /// Keys of an IKE_SA that replaces another: SKEYSEED = prf(SK_d (old), g^ir (new) | Ni | Nr) with the PRF of the old one,
    /// and that of the new one from there on (RFC 7296, section 2.18).
    /// </summary>
    public static IkeKeys DeriveRekeyed(
        IkeKeys previous, IkeSuite suite, ReadOnlySpan<byte> initiatorNonce, ReadOnlySpan<byte> responderNonce, ulong initiatorSpi, ulong responderSpi, SecretBytes sharedSecret)
    {
        var old = Prf.For(previous.Suite.Prf);
        using var seed = new SecretBytes(old.Length);
        old.Compute(previous.D.Span, seed.Span, sharedSecret.Span, initiatorNonce, responderNonce);
        return Expand(suite, Prf.For(suite.Prf), seed, initiatorNonce, responderNonce, initiatorSpi, responderSpi);
    }

    /// <summary>Keys of a pair of CHILD_SAs: prf+(SK_d, [g^ir (new) |] Ni | Nr) (RFC 7296, section 2.17).</summary>
    /// <param name="suite">The algorithms of the pair.</param>
    /// <param name="initiatorNonce">Ni of the exchange that makes the pair.</param>
    /// <param name="responderNonce">Nr of that exchange.</param>
    /// <param name="sharedSecret">What its key exchange agreed on; null where it had none.</param>
    public ChildKeys DeriveChildKeys(ChildSuite suite, ReadOnlySpan<byte> initiatorNonce, ReadOnlySpan<byte> responderNonce, SecretBytes? sharedSecret)
    {
        int encryption = suite.Cipher is Cipher cipher ? Algorithms.KeyLength(cipher) : 0;
        int integrity = Algorithms.KeyLength(suite.Integrity);
        int shared = sharedSecret?.Length ?? 0;
        using var seed = new SecretBytes(shared + initiatorNonce.Length + responderNonce.Length);
        sharedSecret?.Span.CopyTo(seed.Span);
        initiatorNonce.CopyTo(seed.Span[shared..]);
        responderNonce.CopyTo(seed.Span[(shared + initiatorNonce.Length)..]);
        using SecretBytes material = Prf.For(Suite.Prf).Plus(D.Span, seed.Span, 2 * (encryption + integrity));
        var block = new KeyBlock(material.Span);
        return new ChildKeys(block.Take(encryption), block.Take(integrity), block.Take(encryption), block.Take(integrity));
    }

    /// <summary>Zeroes SK_pi and SK_pr, which nothing after IKE_AUTH is made with.</summary>
    public void ForgetProofs()
    {
        Pi.Dispose();
        Pr.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SecretBytes key in (ReadOnlySpan<SecretBytes>)[D, Ai, Ar, Ei, Er, Pi, Pr])
        {
            key.Dispose();
        }
    }

    private static IkeKeys Expand(
        IkeSuite suite, Prf prf, SecretBytes seed, ReadOnlySpan<byte> initiatorNonce, ReadOnlySpan<byte> responderNonce, ulong initiatorSpi, ulong responderSpi)
    {
        Span<byte> spis = stackalloc byte[2 * sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(spis, initiatorSpi);
        BinaryPrimitives.WriteUInt64BigEndian(spis[sizeof(ulong)..], responderSpi);
        int length = (3 * prf.Length) + (2 * Algorithms.KeyLength(suite.Integrity)) + (2 * Algorithms.KeyLength(suite.Cipher));
        using SecretBytes material = prf.Plus(seed.Span, [.. initiatorNonce, .. responderNonce, .. spis], length);
        var block = new KeyBlock(material.Span);
        return new IkeKeys(suite, initiatorSpi, responderSpi, ref block);
    }

    private ref struct KeyBlock(ReadOnlySpan<byte> material)
    {
        private ReadOnlySpan<byte> _rest = material;

        public SecretBytes Take(int length)
        {
            var key = SecretBytes.CopyOf(_rest[..length]);
            _rest = _rest[length..];
            return key;
        }
    }
}
