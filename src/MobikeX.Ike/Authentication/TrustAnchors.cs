using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MobikeX.Ike.Authentication;

/// <summary>Authorities whose certificates a peer may prove its identity with.</summary>
public sealed class TrustAnchors : Credential
{
    /// <summary>Takes certificates over, which are disposed of with this.</summary>
    /// <param name="authorities">Self-signed certificates of authorities; that of a peer itself, where it is self-signed.</param>
    /// <param name="revoked">Lists of what these authorities, or those between them and a peer, have revoked. A certificate whose issuer has one here is refused where the list has it, or is out of date.</param>
    /// <exception cref="ArgumentException">There are none, or one was issued by another: a chain would end nowhere. Or a list has the name of an authority and not its signature.</exception>
    public TrustAnchors(IEnumerable<X509Certificate2> authorities, IEnumerable<RevocationList>? revoked = null)
    {
        Revoked = [.. revoked ?? []];
        Authorities = [.. authorities];
        if (Authorities.Length == 0)
        {
            throw new ArgumentException("There is no authority to trust.", nameof(authorities));
        }

        foreach (X509Certificate2 authority in Authorities)
        {
            if (!authority.SubjectName.RawData.AsSpan().SequenceEqual(authority.IssuerName.RawData))
            {
                throw new ArgumentException($"{authority.Subject} is not self-signed.", nameof(authorities));
            }
        }

        foreach (RevocationList list in Revoked)
        {
            X509Certificate2[] named = [.. Authorities.Where(authority => list.Names(authority.SubjectName))];
            if (named.Length > 0 && !named.Any(list.IsOf))
            {
                throw new ArgumentException($"The CRL of {list.Issuer} is not signed by it.", nameof(revoked));
            }
        }

        AuthorityHashes = [.. Authorities.SelectMany(static authority => KeyHash(authority))];
    }

    /// <summary>Certification Authority of our CERTREQ payload: the SHA-1 hashes of the authorities' keys (RFC 7296, section 3.7).</summary>
    public byte[] AuthorityHashes { get; }

    internal X509Certificate2[] Authorities { get; }

    internal RevocationList[] Revoked { get; }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (X509Certificate2 authority in Authorities)
        {
            authority.Dispose();
        }
    }

    // The hash only names a key; the protocol has no other.
    private static byte[] KeyHash(X509Certificate2 authority) => SHA1.HashData(authority.PublicKey.ExportSubjectPublicKeyInfo());
}
