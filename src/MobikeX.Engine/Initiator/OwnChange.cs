using MobikeX.Runtime;

namespace MobikeX.Engine;

/// <summary>One change of some of the Initiator's own SAs.</summary>
internal sealed class OwnChange
{
    public OwnChange(in SaChange change, SaSelection targets)
    {
        Change = change;
        Targets = targets;
    }

    public SaChange Change { get; }

    public SaSelection Targets { get; }

    /// <summary>A change that leaves the Initiator's addresses alone.</summary>
    public static SaChange OfPath(IpAddress responder, ushort port, bool? udpEncapsulation) =>
        SaChange.Update(AddressPlaces.None, default, default).Along(responder, port, udpEncapsulation);
}
