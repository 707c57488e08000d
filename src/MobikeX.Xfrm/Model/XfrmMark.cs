using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MobikeX.Xfrm.Layouts;
using MobikeX.Xfrm.Netlink;

namespace MobikeX.Xfrm;

/// <summary>The mark that a packet must have, for an SA or a policy to be its (<c>struct xfrm_mark</c>).</summary>
/// <param name="Value">What is compared.</param>
/// <param name="Mask">Which bits are.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct XfrmMark(uint Value, uint Mask)
{
    /// <summary>True where any packet will do.</summary>
    public bool IsNone => Value == 0 && Mask == 0;

    /// <summary>Reads the mark among the attributes of an SA or a policy; none where there is none.</summary>
    internal static XfrmMark Read(ReadOnlySpan<byte> attributes) =>
        NetlinkAttribute.TryFind(attributes, XfrmAttribute.Mark, out ReadOnlySpan<byte> mark) && mark.Length >= Unsafe.SizeOf<XfrmMark>()
            ? MemoryMarshal.Read<XfrmMark>(mark)
            : default;

    /// <summary>Appends the mark, where there is one.</summary>
    internal void WriteTo(NetlinkRequest request)
    {
        if (!IsNone)
        {
            request.WriteAttribute(XfrmAttribute.Mark, this);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"0x{Value:x}/0x{Mask:x}";
}
