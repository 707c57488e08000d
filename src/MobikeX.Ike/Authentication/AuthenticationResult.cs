namespace MobikeX.Ike.Authentication;

/// <summary>What became of a peer's proof. The peer is told AUTHENTICATION_FAILED for all but the first; the rest is for the log.</summary>
internal enum AuthenticationResult
{
    /// <summary>The peer is who it says it is.</summary>
    Ok,

    /// <summary>The proof is of another kind than the one that was agreed on for this peer, or of one that is not taken.</summary>
    WrongMethod,

    /// <summary>Pre-shared keys differ, a signature does not hold, or a message of IKE_SA_INIT was changed on its way.</summary>
    BadProof,

    /// <summary>The peer sent no certificate, or one that cannot be read or used for this.</summary>
    NoCertificate,

    /// <summary>No authority that is trusted stands behind the certificate.</summary>
    UntrustedCertificate,

    /// <summary>A certificate on the way to the authority is not valid now.</summary>
    ExpiredCertificate,

    /// <summary>A certificate on the way to the authority has been revoked.</summary>
    RevokedCertificate,

    /// <summary>The list that would say whether a certificate has been revoked is out of date, or is not signed by its issuer.</summary>
    UnknownRevocation,

    /// <summary>The certificate is for somebody else.</summary>
    IdentityNotInCertificate,
}
