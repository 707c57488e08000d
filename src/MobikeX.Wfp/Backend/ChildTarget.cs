using System.Runtime.Versioning;
using MobikeX.Engine;
using MobikeX.Runtime;

namespace MobikeX.Wfp;

/// <summary>What a pair of CHILD_SAs is to be after a change.</summary>
/// <param name="Addresses">Its addresses, and whether it is in UDP.</param>
/// <param name="Current">The Initiator's address that is in use.</param>
[SupportedOSPlatform("windows")]
internal readonly record struct ChildTarget(SaAddresses Addresses, IpAddress Current)
{
    public AddressSet Initiator => Addresses.Initiator;

    public AddressSet Responder => Addresses.Responder;

    public static ChildTarget Of(WfpChild child) => new(SaAddresses.Of(child.Sa), child.Current);

    public static ChildTarget After(WfpChild child, in SaChange change)
    {
        SaAddresses after = SaAddresses.After(child.Sa, change);
        IpAddress current = after.Initiator.Contains(child.Current) ? child.Current
            : change.Kind == SaChangeKind.Update && after.Initiator.Contains(change.New) ? change.New
            : after.Initiator.IsEmpty ? default : after.Initiator[0];
        return new ChildTarget(after, current);
    }

    /// <summary>The Initiator's addresses that filters are about.</summary>
    public AddressSet Selectors(ChildSa sa) => sa.IsTunnel ? Addresses.Inner : Initiator;

    public void WriteTo(WfpChild child)
    {
        Addresses.WriteTo(child.Sa);
        child.Current = Current;
    }
}
