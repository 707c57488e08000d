namespace MobikeX.Wfp.Interop;

internal enum FwpIpVersion
{
    V4,
    V6,
}

internal enum IpsecTrafficType
{
    Transport,
    Tunnel,
}

internal enum FwpMatchType
{
    Equal,
}

internal enum FwpDataType
{
    Empty = 0,
    UInt32 = 3,
    ByteArray16 = 11,
    V4AddrMask = 0x100,
    V6AddrMask = 0x101,
}

/// <summary>Which parts of a context IPsecSaContextUpdate0 takes over (ipsectypes.h).</summary>
[Flags]
internal enum IpsecSaContextUpdate : ulong
{
    None = 0,
    Traffic = 0x01,
    UdpEncapsulation = 0x02,
}

/// <summary>Numbers and keys of fwptypes.h, fwpmtypes.h and fwpmu.h that are looked at here.</summary>
internal static class WfpNumbers
{
    public const uint ActionCallout = 0x4000;
    public const uint FilterHasProviderContext = 0x08;
    public const int TransformAh = 1;
    public const uint AuthenticationByWindows = 10;

    public static readonly Guid IpLocalAddress = new("d9ee00de-c1ef-4617-bfe3-ffd8f5a08957");
    public static readonly Guid IpRemoteAddress = new("b235ae9a-1d64-49b8-a44c-5ff3d9095045");

    public static readonly Guid InboundTransportV4 = new("5926dfc8-e3cf-4426-a283-dc393f5d0f9d");
    public static readonly Guid InboundTransportV6 = new("634a869f-fc23-4b90-b0c1-bf620a36ae6f");
    public static readonly Guid OutboundTransportV4 = new("09e61aea-d214-46e2-9b21-b26b0b2f28c8");
    public static readonly Guid OutboundTransportV6 = new("e1735bde-013f-4655-b351-a49e15762df0");

    public static readonly Guid CalloutInboundTransportV4 = new("5132900d-5e84-4b5f-80e4-01741e81ff10");
    public static readonly Guid CalloutInboundTransportV6 = new("49d3ac92-2a6c-4dcf-955f-1c3be009dd99");
    public static readonly Guid CalloutOutboundTransportV4 = new("4b46bf0a-4523-4e57-aa38-a87987c910d9");
    public static readonly Guid CalloutOutboundTransportV6 = new("38d87722-ad83-4f11-a91f-df0fb077225b");
    public static readonly Guid CalloutInboundTunnelV4 = new("191a8a46-0bf8-46cf-b045-4b45dfa6a324");
    public static readonly Guid CalloutInboundTunnelV6 = new("80c342e3-1e53-4d6f-9b44-03df5aeee154");
    public static readonly Guid CalloutOutboundTunnelV4 = new("70a4196c-835b-4fb0-98e8-075f4d977d46");
    public static readonly Guid CalloutOutboundTunnelV6 = new("f1835363-a6a5-4e62-b180-23db789d8da6");
}
