using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>The two ports of IKE, and those that stand for them where a test may not open them.</summary>
internal readonly record struct PortMap(ushort Ike, ushort Nat)
{
    public ushort ToReal(ushort named) => named == Constants.IkePort ? Ike : named == Constants.NatTraversalPort ? Nat : named;

    public ushort ToNamed(ushort real) => real == Ike ? (ushort)Constants.IkePort : real == Nat ? (ushort)Constants.NatTraversalPort : real;
}
