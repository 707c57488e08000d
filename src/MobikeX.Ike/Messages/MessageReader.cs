using System.Diagnostics.CodeAnalysis;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Protocol.Ikev2.Fragmentation;
using MobikeX.Runtime;
using Constants = MobikeX.Protocol.Ikev2.Constants;

namespace MobikeX.Ike.Messages;

/// <summary>Reads messages and chains of payloads. Whatever the octets are, it ends and throws nothing.</summary>
internal static class MessageReader
{
    /// <summary>Reads the header of a message and holds its length against the datagram's.</summary>
    /// <param name="datagram">The message, without a non-ESP marker: all that the datagram has.</param>
    /// <param name="header">Set with <see cref="MessageFaultKind.InvalidMajorVersion"/> and <see cref="MessageFaultKind.InvalidSyntax"/> as well: what is answered stands in it.</param>
    /// <param name="fault">Why the message cannot be taken.</param>
    internal static bool TryReadHeader(ReadOnlySpan<byte> datagram, out IkeHeader header, out MessageFault fault)
    {
        if (!IkeHeader.TryRead(datagram, out header, out _, out WireFailure failure))
        {
            fault = new MessageFault(MessageFaultKind.Dropped, failure.ToString());
            return false;
        }

        if (header.MajorVersion != Constants.MajorVersion)
        {
            // Only a higher version is answered: version 1 would not understand what is said in version 2.
            MessageFaultKind kind = header.MajorVersion > Constants.MajorVersion ? MessageFaultKind.InvalidMajorVersion : MessageFaultKind.Dropped;
            fault = new MessageFault(kind, $"IKE version {header.MajorVersion}");
            return false;
        }

        if (header.Length != datagram.Length)
        {
            fault = new MessageFault(MessageFaultKind.InvalidSyntax, $"the header says {header.Length} octets, the datagram has {datagram.Length}");
            return false;
        }

        fault = default;
        return true;
    }

    /// <summary>Reads a message up to its sealed part.</summary>
    /// <param name="datagram">The message, without a non-ESP marker: all that the datagram has.</param>
    /// <param name="message">What is in clear.</param>
    /// <param name="fault">Why the message cannot be taken.</param>
    internal static bool TryRead(ReadOnlySpan<byte> datagram, [NotNullWhen(true)] out IkeMessage? message, out MessageFault fault)
    {
        message = null;
        if (!TryReadHeader(datagram, out IkeHeader header, out fault))
        {
            return false;
        }

        var payloads = new List<IkePayload>();
        var reader = new PayloadChainReader(header.NextPayload, datagram[header.WireLength..]);
        while (reader.TryRead(out PayloadView view))
        {
            if (view.Type is PayloadType.Encrypted or PayloadType.EncryptedFragment)
            {
                if (!TryReadSealed(view, reader, header.WireLength, out SealedPayload place, out fault))
                {
                    return false;
                }

                message = new IkeMessage(header, payloads, place);
                return true;
            }

            if (!TryAdd(view, payloads, out fault))
            {
                return false;
            }
        }

        if (!IsWhole(reader, out fault))
        {
            return false;
        }

        message = new IkeMessage(header, payloads, null);
        return true;
    }

    /// <summary>Reads the payloads that an Encrypted payload had in it.</summary>
    /// <param name="first">The type of the first.</param>
    /// <param name="chain">The payloads, without padding.</param>
    /// <param name="payloads">What they say; empty where they cannot be taken.</param>
    /// <param name="fault">Why they cannot be taken.</param>
    internal static bool TryReadChain(PayloadType first, ReadOnlySpan<byte> chain, out IReadOnlyList<IkePayload> payloads, out MessageFault fault)
    {
        var read = new List<IkePayload>();
        payloads = [];
        var reader = new PayloadChainReader(first, chain);
        while (reader.TryRead(out PayloadView view))
        {
            if (view.Type is PayloadType.Encrypted or PayloadType.EncryptedFragment)
            {
                fault = new MessageFault(MessageFaultKind.InvalidSyntax, "an Encrypted payload stands inside another");
                return false;
            }

            if (!TryAdd(view, read, out fault))
            {
                return false;
            }
        }

        if (!IsWhole(reader, out fault))
        {
            return false;
        }

        payloads = read;
        return true;
    }

    private static bool IsWhole(in PayloadChainReader reader, out MessageFault fault)
    {
        bool whole = reader.Failure.Kind == WireFailureKind.None;
        fault = whole ? default : new MessageFault(MessageFaultKind.InvalidSyntax, reader.Failure.ToString());
        return whole;
    }

    private static bool TryReadSealed(in PayloadView view, in PayloadChainReader behind, int start, out SealedPayload place, out MessageFault fault)
    {
        place = default;
        if (!behind.Rest.IsEmpty)
        {
            fault = new MessageFault(MessageFaultKind.InvalidSyntax, "octets are left behind the Encrypted payload");
            return false;
        }

        int offset = start + view.Offset + PayloadHeader.MinimumLength;
        fault = default;
        if (view.Type == PayloadType.Encrypted)
        {
            place = new SealedPayload(behind.Next, offset, null);
            return true;
        }

        if (!SkfBody.TryRead(view.Octets[PayloadHeader.MinimumLength..], out SkfBody fragment, out _, out WireFailure failure))
        {
            fault = new MessageFault(MessageFaultKind.InvalidSyntax, failure.ToString());
            return false;
        }

        if (fragment.FragmentNumber > fragment.TotalFragments)
        {
            fault = new MessageFault(MessageFaultKind.InvalidSyntax, $"fragment {fragment.FragmentNumber} of {fragment.TotalFragments}");
            return false;
        }

        place = new SealedPayload(behind.Next, offset + SkfBody.MinimumLength, new FragmentPlace(fragment.FragmentNumber, fragment.TotalFragments));
        return true;
    }

    private static bool TryAdd(in PayloadView view, List<IkePayload> payloads, out MessageFault fault)
    {
        if (!view.Type.IsNamed() && view.Critical)
        {
            fault = new MessageFault(MessageFaultKind.UnsupportedCriticalPayload, $"payload {(byte)view.Type} is critical and not known", view.Type);
            return false;
        }

        if (!TryRead(view, out IkePayload? payload, out WireFailure failure))
        {
            fault = new MessageFault(MessageFaultKind.InvalidSyntax, $"{view.Type.Name()}: {failure}");
            return false;
        }

        payloads.Add(payload);
        fault = default;
        return true;
    }

    private static bool TryRead(in PayloadView view, [NotNullWhen(true)] out IkePayload? payload, out WireFailure failure)
    {
        ReadOnlySpan<byte> body = view.Octets[PayloadHeader.MinimumLength..];
        int consumed = body.Length;
        bool read = view.Type switch
        {
            PayloadType.SecurityAssociation => SaPayload.TryRead(body, out payload, out failure),
            PayloadType.KeyExchange => KePayload.TryRead(body, out payload, out failure),
            PayloadType.IdentificationInitiator or PayloadType.IdentificationResponder => IdPayload.TryRead(view.Type, body, out payload, out failure),
            PayloadType.Certificate => CertPayload.TryRead(body, out payload, out failure),
            PayloadType.CertificateRequest => CertReqPayload.TryRead(body, out payload, out failure),
            PayloadType.Authentication => AuthPayload.TryRead(body, out payload, out failure),
            PayloadType.Nonce => NoncePayload.TryRead(body, out payload, out failure),
            PayloadType.Notify => NotifyValue.TryRead(view.Octets, out payload, out failure),
            PayloadType.Delete => DeletePayload.TryRead(body, out payload, out consumed, out failure),
            PayloadType.VendorId => VendorIdPayload.TryRead(body, out payload, out failure),
            PayloadType.TrafficSelectorInitiator or PayloadType.TrafficSelectorResponder => TsPayload.TryRead(view.Type, body, out payload, out consumed, out failure),
            PayloadType.Configuration => CpPayload.TryRead(body, out payload, out failure),
            _ => TakeUnread(view, body, out payload, out failure),
        };
        if (read && consumed != body.Length)
        {
            failure = new WireFailure(WireFailureKind.TrailingOctets, consumed, string.Empty, string.Empty, "octets are left behind the last field");
            payload = null;
        }

        return read && payload is not null;
    }

    private static bool TakeUnread(in PayloadView view, ReadOnlySpan<byte> body, out IkePayload? payload, out WireFailure failure)
    {
        payload = new UnknownPayload(view.Type, view.Critical, body.ToArray());
        failure = default;
        return true;
    }
}
