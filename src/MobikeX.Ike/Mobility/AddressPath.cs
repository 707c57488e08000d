using MobikeX.Runtime;

namespace MobikeX.Ike;

/// <summary>A way between two peers: an address of this host and one of the peer's.</summary>
/// <param name="Local">The address of this host.</param>
/// <param name="Remote">The address of the peer.</param>
public readonly record struct AddressPath(IpAddress Local, IpAddress Remote)
{
    /// <summary>True where both addresses are of one family, so that a packet can have them.</summary>
    public bool IsOfOneFamily => Local.Length == Remote.Length;

    /// <inheritdoc/>
    public override string ToString() => $"{Local} → {Remote}";
}
