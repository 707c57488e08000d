using System.Buffers;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Ike.Messages;

/// <summary>Traffic Selector: the traffic that a CHILD_SA carries, at one end (RFC 7296, section 3.13).</summary>
/// <param name="Type">TSi or TSr.</param>
/// <param name="Selectors">Read: those of addresses. Selectors of other types are left out, and so never chosen.</param>
internal sealed record TsPayload(PayloadType Type, IReadOnlyList<TrafficSelector> Selectors) : IkePayload(Type)
{
    /// <summary>The selectors of one end in a message; null where it has none.</summary>
    internal static IReadOnlyList<TrafficSelector>? SelectorsOf(IReadOnlyList<IkePayload> message, PayloadType type) =>
        message.OfType<TsPayload>().FirstOrDefault(payload => payload.Type == type)?.Selectors;

    internal static bool TryRead(PayloadType type, ReadOnlySpan<byte> body, out IkePayload? payload, out int consumed, out WireFailure failure)
    {
        payload = null;
        if (!TsBody.TryRead(body, out TsBody value, out consumed, out failure))
        {
            return false;
        }

        var selectors = new List<TrafficSelector>(value.Selectors.Count);
        foreach (TrafficSelectorSubstructure selector in value.Selectors)
        {
            if (selector.TryGetTsIpv4(out TsIpv4 v4))
            {
                selectors.Add(new TrafficSelector(v4.IpProtocolId, v4.StartPort, v4.EndPort, v4.StartAddress, v4.EndAddress));
            }
            else if (selector.TryGetTsIpv6(out TsIpv6 v6))
            {
                selectors.Add(new TrafficSelector(v6.IpProtocolId, v6.StartPort, v6.EndPort, v6.StartAddress, v6.EndAddress));
            }
        }

        payload = new TsPayload(type, selectors);
        return true;
    }

    internal override byte[] ToOctets()
    {
        var octets = new ArrayBufferWriter<byte>();
        WireFailure failure;
        foreach (TrafficSelector selector in Selectors)
        {
            Span<byte> room = octets.GetSpan(TsIpv6.MinimumLength);
            int written;
            bool isWritten = selector.Start.IsIPv4
                ? new TsIpv4(selector.Protocol, selector.StartPort, selector.EndPort, selector.Start, selector.End).TryWrite(room, out written, out failure)
                : new TsIpv6(selector.Protocol, selector.StartPort, selector.EndPort, selector.Start, selector.End).TryWrite(room, out written, out failure);
            Require(isWritten, failure);
            octets.Advance(written);
        }

        Require(TsBody.SelectorsList.TryRead(octets.WrittenSpan, out TsBody.SelectorsList selectors, out failure), failure);
        var value = new TsBody(selectors);
        byte[] payload = Room(value.WireLength, out Span<byte> body);
        Require(value.TryWrite(body, out _, out failure), failure);
        return payload;
    }
}
