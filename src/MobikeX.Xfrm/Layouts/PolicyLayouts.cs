using System.Runtime.InteropServices;

namespace MobikeX.Xfrm.Layouts;

/// <summary><c>struct xfrm_userpolicy_info</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PolicyInfoLayout
{
    public SelectorLayout Selector;
    public LifetimeLimitsLayout Limits;
    public LifetimeLayout Lifetime;
    public uint Priority;
    public uint Index;
    public byte Direction;
    public byte Action;
    public byte Flags;
    public byte Share;
}

/// <summary><c>struct xfrm_userpolicy_id</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PolicyIdLayout
{
    public SelectorLayout Selector;
    public uint Index;
    public byte Direction;
}

/// <summary><c>struct xfrm_user_tmpl</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TemplateLayout
{
    public IdLayout Id;
    public ushort Family;
    public XfrmAddress Source;
    public uint RequestId;
    public byte Mode;
    public byte Share;
    public byte Optional;
    public uint AuthenticationAlgorithms;
    public uint EncryptionAlgorithms;
    public uint CompressionAlgorithms;
}

/// <summary><c>struct xfrm_userpolicy_type</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PolicyTypeLayout
{
    public byte Type;
    public ushort Reserved1;
    public byte Reserved2;
}
