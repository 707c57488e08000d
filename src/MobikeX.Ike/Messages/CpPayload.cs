using System.Buffers;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Ike.Messages;

/// <summary>One attribute of a configuration (RFC 7296, section 3.15.1).</summary>
/// <param name="Type">What it says.</param>
/// <param name="Value">Empty in a request that leaves it to the other side.</param>
internal sealed record ConfigurationAttribute(ConfigurationAttributeType Type, byte[] Value);

/// <summary>Configuration: what a peer asks to be configured with, or what it is (RFC 7296, section 3.15).</summary>
internal sealed record CpPayload(ConfigurationType ConfigurationType, IReadOnlyList<ConfigurationAttribute> Attributes) : IkePayload(PayloadType.Configuration)
{
    internal static bool TryRead(ReadOnlySpan<byte> body, out IkePayload? payload, out WireFailure failure)
    {
        payload = null;
        if (!CpBody.TryRead(body, out CpBody value, out _, out failure))
        {
            return false;
        }

        var attributes = new List<ConfigurationAttribute>(value.Attributes.Count);
        foreach (CfgAttributeSubstructure attribute in value.Attributes)
        {
            attributes.Add(new ConfigurationAttribute(attribute.Type, attribute.Value.ToArray()));
        }

        payload = new CpPayload(value.CfgType, attributes);
        return true;
    }

    internal override byte[] ToOctets()
    {
        var octets = new ArrayBufferWriter<byte>();
        WireFailure failure;
        foreach (ConfigurationAttribute attribute in Attributes)
        {
            var written = new CfgAttributeSubstructure(attribute.Type, attribute.Value);
            Require(written.TryWrite(octets.GetSpan(written.WireLength), out int length, out failure), failure);
            octets.Advance(length);
        }

        Require(CpBody.AttributesList.TryRead(octets.WrittenSpan, out CpBody.AttributesList attributes, out failure), failure);
        var value = new CpBody(ConfigurationType, attributes);
        byte[] payload = Room(value.WireLength, out Span<byte> body);
        Require(value.TryWrite(body, out _, out failure), failure);
        return payload;
    }
}
