using System.Diagnostics.CodeAnalysis;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Crypto;

/// <summary>
/// Seals and opens the Encrypted payload (RFC 7296, section 3.14) and the Encrypted Fragment payload (RFC 7383, section 2.5) of one IKE_SA.
/// </summary>
internal sealed class MessageProtection : IDisposable
{
    private readonly IBodyCipher _outbound;
    private readonly IBodyCipher _inbound;

    /// <summary>Takes copies of the keys.</summary>
    /// <param name="keys">The keys of the IKE_SA.</param>
    /// <param name="isInitiator">Whether this end is the original initiator of the IKE_SA.</param>
    public MessageProtection(IkeKeys keys, bool isInitiator)
    {
        IBodyCipher initiators = Create(keys.Suite, keys.Ei, keys.Ai);
        IBodyCipher responders = Create(keys.Suite, keys.Er, keys.Ar);
        (_outbound, _inbound) = isInitiator ? (initiators, responders) : (responders, initiators);
    }

    /// <summary>The longest chain of payloads, or part of one, that fits a message of a length.</summary>
    /// <param name="messageLength">Octets of the message, its IKE header included.</param>
    /// <param name="fragment">Whether the message is a fragment.</param>
    public int MaximumInner(int messageLength, bool fragment)
    {
        int header = IkeHeader.MinimumLength + PayloadHeader.MinimumLength + (fragment ? MessageWriter.FragmentHeaderLength : 0);
        return Math.Max(0, _outbound.MaximumInner(messageLength - header));
    }

    /// <summary>A whole message whose payloads are encrypted; the first payload and the length in the header are filled in.</summary>
    /// <param name="header">The header of the message.</param>
    /// <param name="first">The type of the first payload inside.</param>
    /// <param name="inner">The chain of payloads, or the part of it that this fragment carries.</param>
    /// <param name="fragment">Which fragment this is; null for an Encrypted payload.</param>
    public byte[] Seal(in IkeHeader header, PayloadType first, ReadOnlySpan<byte> inner, FragmentPlace? fragment = null)
    {
        byte[] message = MessageWriter.Frame(header, first, _outbound.BodyLength(inner.Length), fragment, out int bodyOffset);
        _outbound.Seal(message, bodyOffset, inner);
        return message;
    }

    /// <summary>Opens what a message carries; false, with nothing believed, where it is not from the peer or not whole.</summary>
    /// <param name="datagram">The message from its IKE header on.</param>
    /// <param name="place">Where the body of the Encrypted payload lies.</param>
    /// <param name="inner">The chain of payloads, or the part of it that the fragment carries.</param>
    public bool TryOpen(ReadOnlySpan<byte> datagram, in SealedPayload place, [NotNullWhen(true)] out byte[]? inner)
    {
        inner = null;
        return place.BodyOffset >= 0 && place.BodyOffset <= datagram.Length && _inbound.TryOpen(datagram, place.BodyOffset, out inner);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _outbound.Dispose();
        _inbound.Dispose();
    }

    private static IBodyCipher Create(IkeSuite suite, SecretBytes encryption, SecretBytes integrity) => suite.Cipher.Algorithm switch
    {
        EncryptionAlgorithm.AesGcm16 => new GcmBodyCipher(encryption),
        EncryptionAlgorithm.AesCbc => new CbcBodyCipher(encryption, integrity),
        _ => throw new ArgumentOutOfRangeException(nameof(suite), suite.Cipher, null),
    };
}
