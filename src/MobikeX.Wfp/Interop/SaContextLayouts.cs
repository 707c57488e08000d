using System.Runtime.InteropServices;

namespace MobikeX.Wfp.Interop;

/// <summary>The union of an IPv4 address, in host order, and the 16 octets of an IPv6 address; both are aligned to 32 bits.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct FwpAddress
{
    public uint First;
    public uint Second;
    public uint Third;
    public uint Fourth;
}

/// <summary>IPSEC_TRAFFIC1 (ipsectypes.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct IpsecTraffic1
{
    public FwpIpVersion IpVersion;
    public FwpAddress Local;
    public FwpAddress Remote;
    public IpsecTrafficType TrafficType;

    /// <summary>ipsecFilterId in transport mode, tunnelPolicyId in tunnel mode.</summary>
    public ulong FilterOrPolicyId;

    public ushort RemotePort;
    public ushort LocalPort;
    public byte IpProtocol;
    public ulong LocalIfLuid;
    public uint RealIfProfileId;
}

/// <summary>IPSEC_SA_LIFETIME0 (ipsectypes.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct IpsecSaLifetime0
{
    public uint LifetimeSeconds;
    public uint LifetimeKilobytes;
    public uint LifetimePackets;
}

/// <summary>IPSEC_SA0 (ipsectypes.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct IpsecSa0
{
    public uint Spi;
    public int SaTransformType;
    public nint Information;
}

/// <summary>IPSEC_SA_BUNDLE1 (ipsectypes.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct IpsecSaBundle1
{
    public uint Flags;
    public IpsecSaLifetime0 Lifetime;
    public uint IdleTimeoutSeconds;
    public uint NdAllowClearTimeoutSeconds;
    public nint IpsecId;
    public uint NapContext;
    public uint QmSaId;
    public uint NumSAs;
    public nint SaList;
    public nint KeyModuleState;
    public FwpIpVersion IpVersion;
    public uint PeerV4PrivateAddress;
    public ulong MmSaId;
    public int PfsGroup;
    public Guid SaLookupContext;
    public ulong QmFilterId;
}

/// <summary>IPSEC_V4_UDP_ENCAPSULATION0 (ipsectypes.h), in host order.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct IpsecV4UdpEncapsulation0
{
    public ushort LocalUdpEncapPort;
    public ushort RemoteUdpEncapPort;
}

/// <summary>IPSEC_VIRTUAL_IF_TUNNEL_INFO0 (ipsectypes.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct IpsecVirtualIfTunnelInfo0
{
    public ulong VirtualIfTunnelId;
    public ulong TrafficSelectorId;
}

/// <summary>IPSEC_SA_DETAILS1 (ipsectypes.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct IpsecSaDetails1
{
    public FwpIpVersion IpVersion;
    public int SaDirection;
    public IpsecTraffic1 Traffic;
    public IpsecSaBundle1 SaBundle;
    public nint UdpEncapsulation;
    public nint TransportFilter;
    public IpsecVirtualIfTunnelInfo0 VirtualIfTunnelInfo;
}

/// <summary>IPSEC_SA_CONTEXT1 (ipsectypes.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct IpsecSaContext1
{
    public ulong SaContextId;
    public nint InboundSa;
    public nint OutboundSa;
}
