using System.Runtime.InteropServices;
using MobikeX.Wfp.Interop;

namespace MobikeX.Wfp.Windows;

// What the host's IKE hands to the platform (ipsectypes.h) and the backend never does.

[StructLayout(LayoutKind.Sequential)]
internal struct IpsecGetSpi1
{
    public IpsecTraffic1 InboundIpsecTraffic;
    public FwpIpVersion IpVersion;
    public nint InboundUdpEncapsulation;
    public nint RngCryptoModuleId;
}

/// <summary>IPSEC_CIPHER_TRANSFORM0 and IPSEC_AUTH_TRANSFORM0, which are alike.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct IpsecSaTransform
{
    public int Type;
    public byte Config;
    public nint CryptoModuleId;
}

/// <summary>IPSEC_SA_CIPHER_INFORMATION0 and IPSEC_SA_AUTH_INFORMATION0, which are alike.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct IpsecSaKeyedTransform
{
    public IpsecSaTransform Transform;
    public FwpByteBlob Key;
}

[StructLayout(LayoutKind.Sequential)]
internal struct IpsecSaAuthAndCipherInformation0
{
    public IpsecSaKeyedTransform Cipher;
    public IpsecSaKeyedTransform Auth;
}

[StructLayout(LayoutKind.Sequential)]
internal struct IpsecTunnelEndpoints1
{
    public FwpIpVersion IpVersion;
    public FwpAddress Local;
    public FwpAddress Remote;
    public ulong LocalIfLuid;
}

[StructLayout(LayoutKind.Sequential)]
internal struct IpsecTunnelPolicy1
{
    public uint Flags;
    public uint NumIpsecProposals;
    public nint IpsecProposals;
    public IpsecTunnelEndpoints1 TunnelEndpoints;
    public uint IdleTimeoutSeconds;
    public uint IdleTimeoutSecondsFailOver;
    public nint EmPolicy;
}

[StructLayout(LayoutKind.Sequential)]
internal struct IpsecProposal0
{
    public IpsecSaLifetime0 Lifetime;
    public uint NumSaTransforms;
    public nint SaTransforms;
    public int PfsGroup;
}

[StructLayout(LayoutKind.Sequential)]
internal struct IpsecSaTransform0
{
    public int TransformType;
    public nint Transform;
}

[StructLayout(LayoutKind.Sequential)]
internal struct IpsecAuthAndCipherTransform0
{
    public IpsecSaTransform Auth;
    public IpsecSaTransform Cipher;
}
