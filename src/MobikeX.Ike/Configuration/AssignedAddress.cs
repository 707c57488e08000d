using MobikeX.Runtime;

namespace MobikeX.Ike;

/// <summary>An address that a peer has from a pool, until it is released.</summary>
internal sealed record AssignedAddress(AddressPool Pool, string Identity, IpAddress Address)
{
    /// <summary>Gives the address back to its pool.</summary>
    public void Release() => Pool.Release(Identity, Address);
}
