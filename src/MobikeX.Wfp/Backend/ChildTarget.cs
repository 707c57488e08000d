using System.Runtime.Versioning;
using MobikeX.Engine;
using MobikeX.Runtime;

namespace MobikeX.Wfp;

/// <summary>What a pair of CHILD_SAs is to be after a change.</summary>
[SupportedOSPlatform("windows")]
internal readonly record struct ChildTarget(
    AddressSet Initiator, AddressSet Responder, AddressSet Inner, IpAddress Current, ushort InitiatorPort, bool UdpEncapsulation)
{
    public static ChildTarget Of(WfpChild child) => new(
        child.Sa.Initiator, child.Sa.Responder, child.Sa.Inner, child.Current, child.Sa.InitiatorPort, child.Sa.IsUdpEncapsulated);

    public static ChildTarget After(WfpChild child, in SaChange change)
    {
        ChildTarget before = Of(child);
        AddressSet initiator = change.Apply(before.Initiator, AddressPlaces.Header);
        IpAddress current = initiator.Contains(before.Current) ? before.Current
            : change.Kind == SaChangeKind.Update && initiator.Contains(change.New) ? change.New
            : initiator.IsEmpty ? default : initiator[0];
        return new ChildTarget(
            initiator,
            change.Responder.IsNone ? before.Responder : new AddressSet(change.Responder),
            change.Apply(before.Inner, AddressPlaces.Inner),
            current,
            change.Port == 0 ? before.InitiatorPort : change.Port,
            change.UdpEncapsulation ?? before.UdpEncapsulation);
    }

    /// <summary>The Initiator's addresses that filters are about.</summary>
    public AddressSet Selectors(ChildSa sa) => sa.IsTunnel ? Inner : Initiator;

    public void WriteTo(WfpChild child)
    {
        child.Sa.Initiator = Initiator;
        child.Sa.Responder = Responder;
        child.Sa.Inner = Inner;
        child.Sa.InitiatorPort = InitiatorPort;
        child.Sa.Mode = child.Sa.ModeWith(UdpEncapsulation);
        child.Current = Current;
    }
}
