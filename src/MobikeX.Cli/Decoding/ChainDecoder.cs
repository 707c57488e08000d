using MobikeX.Cli.Notation;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Cli.Decoding;

/// <summary>Walks a chain of payloads and describes each; what cannot be read is a problem, and ends the walk only where nothing says where the next payload begins.</summary>
internal sealed class ChainDecoder(ProtocolReading reading, List<Problem> problems)
{
    private readonly List<DecodedPayload> _payloads = [];

    /// <param name="input">The whole input, for offsets.</param>
    /// <param name="first">The type of the payload at <paramref name="start"/>.</param>
    internal List<DecodedPayload> Decode(ReadOnlySpan<byte> input, int start, PayloadType first)
    {
        int offset = start;
        PayloadType type = first;
        while (type != PayloadType.NoNextPayload)
        {
            ReadOnlySpan<byte> rest = input[offset..];
            if (!PayloadHeader.TryRead(rest, out PayloadHeader header, out _, out WireFailure failure))
            {
                problems.Add(Problem.From(failure.At(offset)));
                return _payloads;
            }

            if (header.PayloadLength > rest.Length)
            {
                problems.Add(new Problem(offset, NameOf(type), $"the payload says it has {header.PayloadLength} octets, the input has {rest.Length} more"));
                return _payloads;
            }

            ReadOnlySpan<byte> payload = rest[..header.PayloadLength];
            if (type == PayloadType.Notify)
            {
                DecodeNotify(payload, offset);
            }
            else
            {
                DecodeOther(type, header, offset);
            }

            offset += payload.Length;

            // The next payload of an encrypted one is the first inside it: the chain outside ends here.
            type = IsEncrypted(type) ? PayloadType.NoNextPayload : header.NextPayload;
        }

        if (offset < input.Length)
        {
            problems.Add(new Problem(offset, "payload chain", $"{input.Length - offset} octets stand behind the last payload"));
        }

        return _payloads;
    }

    private static bool IsEncrypted(PayloadType type) => type == PayloadType.Encrypted;

    private static string NameOf(PayloadType type) => type.Name() ?? $"payload {(byte)type}";

    private void DecodeNotify(ReadOnlySpan<byte> octets, int offset)
    {
        if (!NotifyPayload.TryRead(octets, out NotifyPayload payload, out _, out WireFailure failure))
        {
            problems.Add(Problem.From(failure.At(offset)));
            return;
        }

        var recorder = new NotationRecorder(offset);
        string? name = reading.NameOf(payload.NotifyMessageType);
        bool described = reading.Describe(payload, recorder, out failure);
        if (!described && failure.Kind != WireFailureKind.None)
        {
            problems.Add(Problem.From(failure.At(offset)));
        }

        _payloads.Add(new DecodedPayload.Notify(
            offset,
            octets.Length,
            payload.Critical,
            (ushort)payload.NotifyMessageType,
            name,
            payload.Spi.Length == 0 ? null : Hex.ToText(payload.Spi),
            recorder.Parameters,
            recorder.Fields.Count == 0 ? null : recorder.Fields,
            described || failure.Kind == WireFailureKind.NotUnderstood ? null : Hex.ToText(payload.Data)));
    }

    private void DecodeOther(PayloadType type, PayloadHeader header, int offset)
    {
        string? name = type.Name();
        if (name is null && header.Critical)
        {
            // A receiver refuses the whole message (RFC 7296, section 2.5).
            Reaction.UnsupportedCriticalPayload.TryGetAnswer(out NotifyType answer);
            problems.Add(new Problem(offset, NameOf(type), "a payload of unknown type has its critical flag set", answer.Name()));
        }

        _payloads.Add(new DecodedPayload.Other(offset, header.PayloadLength, header.Critical, (byte)type, name, IsEncrypted(type)));
    }
}
