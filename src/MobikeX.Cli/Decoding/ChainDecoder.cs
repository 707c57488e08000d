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
        var reader = new PayloadChainReader(first, input[start..]);
        while (reader.TryRead(out PayloadView payload))
        {
            if (payload.Type == PayloadType.Notify)
            {
                DecodeNotify(payload, start + payload.Offset);
            }
            else
            {
                DecodeOther(payload, start + payload.Offset);
            }

            if (payload.Type is PayloadType.Encrypted or PayloadType.EncryptedFragment)
            {
                // Its next payload is the first one inside: the chain outside ends here.
                reader = new PayloadChainReader(PayloadType.NoNextPayload, reader.Rest);
                start = input.Length - reader.Rest.Length;
            }
        }

        if (reader.Failure.Kind != WireFailureKind.None)
        {
            Report(reader.Failure.At(start));
        }

        return _payloads;
    }

    private void Report(in WireFailure failure)
    {
        Problem problem = Problem.From(failure);
        problems.Add(problem.Path.Length > 0 ? problem : problem with { Path = "payload chain" });
    }

    private void DecodeNotify(in PayloadView view, int offset)
    {
        if (!view.TryReadNotify(out NotifyPayload payload, out WireFailure failure))
        {
            Report(failure.At(offset));
            return;
        }

        var recorder = new NotationRecorder(offset);
        string? name = reading.NameOf(payload.NotifyMessageType);
        bool described = reading.Describe(payload, recorder, out failure);
        if (!described && failure.Kind != WireFailureKind.None)
        {
            Report(failure.At(offset));
        }

        _payloads.Add(new DecodedPayload.Notify(
            offset,
            view.Octets.Length,
            payload.Critical,
            (ushort)payload.NotifyMessageType,
            name,
            payload.Spi.Length == 0 ? null : Hex.ToText(payload.Spi),
            recorder.Parameters,
            recorder.Fields.Count == 0 ? null : recorder.Fields,
            described || failure.Kind == WireFailureKind.NotUnderstood ? null : Hex.ToText(payload.Data)));
    }

    private void DecodeOther(in PayloadView view, int offset)
    {
        string? name = view.Type.Name();
        if (name is null && view.Critical)
        {
            // A receiver refuses the whole message (RFC 7296, section 2.5).
            Reaction.UnsupportedCriticalPayload.TryGetAnswer(out NotifyType answer);
            problems.Add(new Problem(offset, $"payload {(byte)view.Type}", "a payload of unknown type has its critical flag set", answer.Name()));
        }

        int body = offset + PayloadHeader.MinimumLength;
        List<DescribedField> fields = PayloadBody.Describe(view.Type, view.Octets[PayloadHeader.MinimumLength..], body, out WireFailure failure);
        if (failure.Kind != WireFailureKind.None)
        {
            Report(failure.At(body).In(name ?? string.Empty, 0));
        }

        _payloads.Add(new DecodedPayload.Other(
            offset,
            view.Octets.Length,
            view.Critical,
            (byte)view.Type,
            name,
            view.Type is PayloadType.Encrypted or PayloadType.EncryptedFragment,
            fields.Count == 0 ? null : fields));
    }
}
