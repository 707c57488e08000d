using System.Runtime.InteropServices;

namespace MobikeX.Xfrm;

/// <summary>The mark that a packet must have, for an SA or a policy to be its (<c>struct xfrm_mark</c>).</summary>
/// <param name="Value">What is compared.</param>
/// <param name="Mask">Which bits are.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct XfrmMark(uint Value, uint Mask)
{
    /// <summary>True where any packet will do.</summary>
    public bool IsNone => Value == 0 && Mask == 0;

    /// <inheritdoc/>
    public override string ToString() => $"0x{Value:x}/0x{Mask:x}";
}
