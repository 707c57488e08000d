using MobikeX.Protocol.Ikev2;
using MobikeX.Protocol.Ikev2.Signatures;
using MobikeX.Runtime;

namespace MobikeX.Ike.Messages;

/// <summary>A Notify payload (RFC 7296, section 3.10).</summary>
/// <param name="Protocol">The protocol of the SA that <paramref name="Spi"/> names.</param>
/// <param name="Spi">The SA that the notify is about; empty where it is about none, or about the one that carries it.</param>
/// <param name="NotifyType">What is notified.</param>
/// <param name="Data">As the type says.</param>
/// <param name="Critical">The critical flag of the payload.</param>
internal sealed record NotifyValue(ProtocolId Protocol, byte[] Spi, NotifyType NotifyType, byte[] Data, bool Critical = false) : IkePayload(PayloadType.Notify)
{
    /// <summary>A notify that is about no other SA than the one that carries it.</summary>
    internal NotifyValue(NotifyType notifyType, byte[]? data = null)
        : this(ProtocolId.None, [], notifyType, data ?? [])
    {
    }

    /// <summary>True where it reports an error and not a status.</summary>
    internal bool IsError => (ushort)NotifyType <= Constants.LastErrorType;

    /// <summary>Asks for a key exchange of another group (section 1.3).</summary>
    internal static NotifyValue InvalidKePayload(DiffieHellmanGroup wanted)
    {
        InvalidKePayloadNotify value = new(wanted);
        byte[] data = new byte[value.WireLength];
        Require(value.TryWrite(data, out _, out WireFailure failure), failure);
        return new NotifyValue(InvalidKePayloadNotify.Type, data);
    }

    /// <summary>Says which hashes are taken in signatures (RFC 7427, section 4).</summary>
    internal static NotifyValue SignatureHashes(params ReadOnlySpan<SignatureHash> hashes)
    {
        SignatureHashAlgorithmsNotify value = new(new SignatureHashAlgorithmsNotify.AlgorithmsList(hashes));
        byte[] data = new byte[value.WireLength];
        Require(value.TryWrite(data, out _, out WireFailure failure), failure);
        return new NotifyValue(SignatureHashAlgorithmsNotify.Type, data);
    }

    internal static bool TryRead(ReadOnlySpan<byte> octets, out IkePayload? payload, out WireFailure failure)
    {
        bool read = NotifyPayload.TryRead(octets, out NotifyPayload value, out _, out failure);
        payload = read
            ? new NotifyValue(value.ProtocolId, value.Spi.ToArray(), value.NotifyMessageType, value.Data.ToArray(), value.Critical)
            : null;
        return read;
    }

    internal override byte[] ToOctets()
    {
        var value = new NotifyPayload(PayloadType.NoNextPayload, Protocol, NotifyType, Spi, Data, critical: Critical);
        byte[] octets = new byte[value.WireLength];
        Require(value.TryWrite(octets, out _, out WireFailure failure), failure);
        return octets;
    }
}
