using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>What a message says, in words for the timeline.</summary>
internal static class PayloadNames
{
    public static IReadOnlyList<string> Of(PayloadChain chain) =>
        MessageReader.TryReadChain(chain.First, chain.Octets, out IReadOnlyList<IkePayload> payloads, out _) ? Of(payloads) : [];

    public static IReadOnlyList<string> Of(IReadOnlyList<IkePayload> payloads) =>
        [.. payloads.Select(static payload => payload is NotifyValue notify ? $"N({Of(notify.NotifyType)})" : payload.Type.Name() ?? $"{(byte)payload.Type}")];

    public static string Of(NotifyType type) => type.Name() ?? $"{(ushort)type}";
}
