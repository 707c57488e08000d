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

    /// <summary>Gives an SA a change: with those that have the same, or as a change of its own.</summary>
    public static void Join(List<OwnChange> changes, in SaChange change, SecurityAssociation sa)
    {
        foreach (OwnChange known in changes)
        {
            if (known.Is(change))
            {
                known.Targets.Add(sa);
                return;
            }
        }

        SaSelection targets = new();
        targets.Add(sa);
        changes.Add(new OwnChange(change, targets));
    }

    private bool Is(in SaChange other) =>
        Change.Kind == other.Kind
        && Change.Places == other.Places
        && Change.Old == other.Old
        && Change.New == other.New
        && Change.Responder == other.Responder;
}
