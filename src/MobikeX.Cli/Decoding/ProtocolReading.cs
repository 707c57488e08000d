using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;
using Dispatch = MobikeX.Protocol.NotifyDispatcher;
using DispatchVersion1 = MobikeX.Protocol.Mobike.NotifyDispatcher;

namespace MobikeX.Cli.Decoding;

/// <summary>How the negotiated version has notifies read: the same code point may be another notify, with other data.</summary>
internal abstract class ProtocolReading
{
    internal static ProtocolReading Of(MobikeVersion version) => version == MobikeVersion.Mobike ? new Mobike() : new MobikeX();

    /// <summary>The document's name of a notify type; null where no spec of this version names it.</summary>
    internal abstract string? NameOf(NotifyType type);

    internal abstract bool Describe(in NotifyPayload payload, INotationWriter writer, out WireFailure failure);

    internal abstract bool TryEncode(
        string name,
        IReadOnlyList<NotationParameter> parameters,
        INotationReader? fields,
        Span<byte> data,
        out int written,
        out NotifyType type,
        out string? error,
        out int errorIndex);

    private sealed class Mobike : ProtocolReading
    {
        internal override string? NameOf(NotifyType type) => DispatchVersion1.NameOf(type);

        internal override bool Describe(in NotifyPayload payload, INotationWriter writer, out WireFailure failure) =>
            DispatchVersion1.Describe(payload, writer, out failure);

        internal override bool TryEncode(
            string name, IReadOnlyList<NotationParameter> parameters, INotationReader? fields, Span<byte> data, out int written, out NotifyType type, out string? error, out int errorIndex) =>
            DispatchVersion1.TryEncode(name, parameters, fields, data, out written, out type, out error, out errorIndex);
    }

    private sealed class MobikeX : ProtocolReading
    {
        internal override string? NameOf(NotifyType type) => Dispatch.NameOf(type);

        internal override bool Describe(in NotifyPayload payload, INotationWriter writer, out WireFailure failure) =>
            Dispatch.Describe(payload, writer, out failure);

        internal override bool TryEncode(
            string name, IReadOnlyList<NotationParameter> parameters, INotationReader? fields, Span<byte> data, out int written, out NotifyType type, out string? error, out int errorIndex) =>
            Dispatch.TryEncode(name, parameters, fields, data, out written, out type, out error, out errorIndex);
    }
}
