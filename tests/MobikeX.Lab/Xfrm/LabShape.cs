using MobikeX.Engine;
using MobikeX.Lab.Network;
using MobikeX.Protocol;
using MobikeX.Runtime;
using MobikeX.Xfrm;

namespace MobikeX.Lab.Xfrm;

/// <summary>How the SAs of a pair protect packets.</summary>
internal enum LabProtection
{
    Gcm,
    CbcHmac,
    Ah,
}

/// <summary>One kind of SA that a kernel can have.</summary>
internal sealed record LabShape(string Name, LabProtection Protection, bool IsTunnel, bool IsIPv6 = false, bool IsInUdp = false, bool IsEsn = false, bool NamesHosts = true)
{
    public static IReadOnlyList<LabShape> All { get; } =
    [
        new("tunnel, AES-GCM", LabProtection.Gcm, IsTunnel: true),
        new("tunnel, AES-GCM, ESN", LabProtection.Gcm, IsTunnel: true, IsEsn: true),
        new("tunnel, AES-CBC and HMAC, in UDP", LabProtection.CbcHmac, IsTunnel: true, IsInUdp: true),
        new("tunnel, AES-CBC and HMAC, IPv6", LabProtection.CbcHmac, IsTunnel: true, IsIPv6: true),
        new("tunnel, AH", LabProtection.Ah, IsTunnel: true),
        new("transport, AES-GCM", LabProtection.Gcm, IsTunnel: false),
        new("transport, AES-GCM, no selector", LabProtection.Gcm, IsTunnel: false, NamesHosts: false),
        new("transport, AES-GCM, IPv6, ESN", LabProtection.Gcm, IsTunnel: false, IsIPv6: true, IsEsn: true),
        new("transport, AES-CBC and HMAC, in UDP", LabProtection.CbcHmac, IsTunnel: false, IsInUdp: true),
        new("transport, AH, IPv6", LabProtection.Ah, IsTunnel: false, IsIPv6: true),
    ];

    public IpAddress Here => IpAddress.Parse(IsIPv6 ? LabNetwork.Link1V6 : LabNetwork.Link1);

    public IpAddress There => IpAddress.Parse(IsIPv6 ? LabNetwork.Link2V6 : LabNetwork.Link2);

    public IpAddress Gateway => IpAddress.Parse(IsIPv6 ? LabNetwork.GatewayV6 : LabNetwork.Gateway);

    public IpsecProto Proto => Protection == LabProtection.Ah ? IpsecProto.Ah : IpsecProto.Esp;

    public IpsecMode Mode => ChildSa.ModeOf(Proto, IsTunnel, IsInUdp);

    /// <summary>One direction, as it is installed at both ends.</summary>
    public XfrmSaDefinition Define(IpAddress source, IpAddress destination, uint spi, uint requestId, bool receives) => new()
    {
        Source = source,
        Destination = destination,
        Spi = spi,
        Protocol = Protection == LabProtection.Ah ? XfrmProtocol.Ah : XfrmProtocol.Esp,
        Mode = IsTunnel ? XfrmMode.Tunnel : XfrmMode.Transport,
        RequestId = requestId,
        Aead = Protection == LabProtection.Gcm ? new XfrmAlgorithm("rfc4106(gcm(aes))", Key(spi, 20), 128) : null,
        Encryption = Protection == LabProtection.CbcHmac ? new XfrmAlgorithm("cbc(aes)", Key(spi, 16)) : null,
        Integrity = Protection == LabProtection.Gcm ? null : new XfrmAlgorithm("hmac(sha256)", Key(spi + 7, 32), 128),
        ReplayWindow = IsEsn ? 128u : receives ? 32u : 0u,
        ExtendedSequenceNumbers = IsEsn,
        Encapsulation = IsInUdp ? new XfrmEncapsulation(4500, 4500) : null,
        Selector = IsTunnel || !NamesHosts ? null : XfrmSelector.Between(source, destination),
    };

    public override string ToString() => Name;

    /// <summary>The key of an SA, made from its SPI.</summary>
    public static byte[] Key(uint seed, int length) => [.. Enumerable.Range(1, length).Select(i => (byte)((seed * 31) + (i * 7)))];
}
