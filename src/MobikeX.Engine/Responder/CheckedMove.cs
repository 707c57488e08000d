using MobikeX.Runtime;

namespace MobikeX.Engine;

/// <summary>A move of the Initiator whose new address is checked, or is to be.</summary>
/// <param name="change">What it changes.</param>
/// <param name="moved">The SAs that have moved.</param>
/// <param name="deferred">The SAs that move once the address is confirmed; null where there are none.</param>
internal sealed class CheckedMove(in SaChange change, SaSelection moved, SaSelection? deferred)
{
    private readonly SaChange _change = change;

    public ref readonly SaChange Change => ref _change;

    public IpAddress Address => _change.New;

    /// <summary>The SAs that move once the address is confirmed.</summary>
    public SaSelection Deferred { get; } = deferred ?? new SaSelection();

    /// <summary>Leaves the SAs of a later move to that one; true where none is left, so that nothing is to be checked.</summary>
    public bool GiveWayTo(CheckedMove later)
    {
        // Two addresses of an SA are replaced one beside the other, unless the later move leaves where this one leads.
        if (!_change.Old.IsNone && !later._change.Old.IsNone && _change.Old != later._change.Old && _change.New != later._change.Old)
        {
            return false;
        }

        bool IsOvertaken(SecurityAssociation sa) => later.Moved.Contains(sa) || later.Deferred.Contains(sa);
        Moved.RemoveAll(IsOvertaken);
        Deferred.RemoveAll(IsOvertaken);
        return Moved.Count == 0 && Deferred.Count == 0;
    }

    /// <summary>Takes the successor of an SA in, where that is in.</summary>
    public void Inherit(SecurityAssociation replaced, SecurityAssociation successor)
    {
        foreach (SaSelection sas in (SaSelection[])[Moved, Deferred])
        {
            if (sas.Contains(replaced))
            {
                sas.Add(successor);
            }
        }
    }

    private SaSelection Moved { get; } = moved;
}
