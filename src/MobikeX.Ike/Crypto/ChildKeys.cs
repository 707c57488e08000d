namespace MobikeX.Ike.Crypto;

/// <summary>
/// Keys of a pair of CHILD_SAs in the order of RFC 7296, section 2.17. "Initiator" is who began the exchange that made the pair:
/// its keys protect what it sends. A key for AES-GCM carries its salt at the end (RFC 4106, section 8.1).
/// </summary>
internal sealed class ChildKeys(SecretBytes initiatorEncryption, SecretBytes initiatorIntegrity, SecretBytes responderEncryption, SecretBytes responderIntegrity) : IDisposable
{
    /// <summary>SK_ei of the pair; empty for AH.</summary>
    public SecretBytes InitiatorEncryption => initiatorEncryption;

    /// <summary>SK_ai of the pair; empty for an AEAD.</summary>
    public SecretBytes InitiatorIntegrity => initiatorIntegrity;

    /// <summary>SK_er of the pair; empty for AH.</summary>
    public SecretBytes ResponderEncryption => responderEncryption;

    /// <summary>SK_ar of the pair; empty for an AEAD.</summary>
    public SecretBytes ResponderIntegrity => responderIntegrity;

    /// <inheritdoc/>
    public void Dispose()
    {
        initiatorEncryption.Dispose();
        initiatorIntegrity.Dispose();
        responderEncryption.Dispose();
        responderIntegrity.Dispose();
    }
}
