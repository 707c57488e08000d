using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Engine.Tests;

/// <summary>Puts the notifies of a request together.</summary>
internal sealed class RequestNotifies
{
    private readonly NotifyChain _chain = new();

    public PayloadType First => _chain.First;

    public ReadOnlySpan<byte> Octets => _chain.Octets.Span;

    public RequestNotifies Selector(params byte[][] parameters) => Add(NotifyType.Selector, parameters);

    public RequestNotifies Update(params byte[][] parameters) => Add(NotifyType.UpdateSaAddresses, parameters);

    public RequestNotifies AddAddress(params byte[][] parameters) => Add(NotifyType.AddSaAddress, parameters);

    public RequestNotifies RemoveAddress(params byte[][] parameters) => Add(NotifyType.RemoveSaAddress, parameters);

    public RequestNotifies Alternate(params byte[][] parameters) => Add(NotifyType.AdditionalIp6Address, parameters);

    public RequestNotifies End() => Add(NotifyType.EndOfSelector);

    public RequestNotifies Add(NotifyType type, params byte[][] parameters)
    {
        _chain.Add(type, parameters.SelectMany(octets => octets).ToArray());
        return this;
    }

    public RequestNotifies Unknown(bool critical)
    {
        _chain.Add((NotifyType)50000, [], critical);
        return this;
    }

    public static byte[] Spi(uint spi) => Written(new SpiParameter(ShortOctets.From(spi)));

    public static byte[] IkeSpi(ulong spi) => Written(new SpiParameter(ShortOctets.From(spi)));

    public static byte[] Old(IpAddress address, bool header = true, bool inner = false, bool check = false) =>
        Ip(address, check: check, old: true, header: header, inner: inner);

    public static byte[] New(IpAddress address, bool header = true, bool inner = false, bool check = false) =>
        Ip(address, check: check, @new: true, header: header, inner: inner);

    public static byte[] Ip(IpAddress address, bool check = false, bool old = false, bool @new = false, bool header = true, bool inner = false, MultihomingInformation? information = null)
    {
        IpParameter ip = new(address, check: check, old: old, @new: @new, header: header, inner: inner, information: information);
        byte[] octets = new byte[ip.WireLength];
        Assert.True(ip.TryWrite(octets, out _, out _));
        return octets;
    }

    public static byte[] Id(ushort identifier)
    {
        IdParameter id = new(identifier);
        byte[] octets = new byte[id.WireLength];
        Assert.True(id.TryWrite(octets, out _, out _));
        return octets;
    }

    public static byte[] Mode(IpsecMode mode)
    {
        IpsecModeParameter parameter = new(mode);
        byte[] octets = new byte[parameter.WireLength];
        Assert.True(parameter.TryWrite(octets, out _, out _));
        return octets;
    }

    public static byte[] OfProtocol(IpsecProto protocol)
    {
        IpsecProtoParameter parameter = new(protocol);
        byte[] octets = new byte[parameter.WireLength];
        Assert.True(parameter.TryWrite(octets, out _, out _));
        return octets;
    }

    public static byte[] Value(SelectorValue value)
    {
        SelectorSpecificValueParameter parameter = new(value);
        byte[] octets = new byte[parameter.WireLength];
        Assert.True(parameter.TryWrite(octets, out _, out _));
        return octets;
    }

    private static byte[] Written(SpiParameter parameter)
    {
        byte[] octets = new byte[parameter.WireLength];
        Assert.True(parameter.TryWrite(octets, out _, out _));
        return octets;
    }
}
