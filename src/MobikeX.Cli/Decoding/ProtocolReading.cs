using MobikeX.Ike;
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

    private protected abstract MobikeVersion Version { get; }

    /// <summary>The document's name of a notify type; null where no spec of this version names it.</summary>
    internal string? NameOf(NotifyType type) => IkeNames.Known(type, Version);

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
        private protected override MobikeVersion Version => MobikeVersion.Mobike;

        internal override bool Describe(in NotifyPayload payload, INotationWriter writer, out WireFailure failure) =>
            DispatchVersion1.Describe(payload, writer, out failure);

        internal override bool TryEncode(
            string name, IReadOnlyList<NotationParameter> parameters, INotationReader? fields, Span<byte> data, out int written, out NotifyType type, out string? error, out int errorIndex) =>
            DispatchVersion1.TryEncode(name, parameters, fields, data, out written, out type, out error, out errorIndex);
    }

    private sealed class MobikeX : ProtocolReading
    {
        private protected override MobikeVersion Version => MobikeVersion.MobikeX;

        internal override bool Describe(in NotifyPayload payload, INotationWriter writer, out WireFailure failure) =>
            Dispatch.Describe(payload, writer, out failure);

        internal override bool TryEncode(
            string name, IReadOnlyList<NotationParameter> parameters, INotationReader? fields, Span<byte> data, out int written, out NotifyType type, out string? error, out int errorIndex) =>
            Dispatch.TryEncode(name, parameters, fields, data, out written, out type, out error, out errorIndex);
    }
}
