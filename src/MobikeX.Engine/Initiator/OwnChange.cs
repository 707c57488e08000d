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

    public bool IsSame(in SaChange other) =>
        Change.Kind == other.Kind
        && Change.Places == other.Places
        && Change.Old == other.Old
        && Change.New == other.New
        && Change.Responder == other.Responder;
}
