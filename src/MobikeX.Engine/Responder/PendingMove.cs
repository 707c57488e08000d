using MobikeX.Protocol;

namespace MobikeX.Engine;

/// <summary>A move of some SAs that is decided on, and not made yet.</summary>
internal readonly struct PendingMove(in SaChange change, SaSelection sas)
{
    private readonly SaChange _change = change;
    private readonly SaSelection _sas = sas;

    /// <summary>True where it is a move of one of these SAs.</summary>
    public bool Concerns(SaSelection sas)
    {
        for (int i = 0; i < sas.Count; i++)
        {
            if (_sas.Contains(sas[i]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// True where an action on these SAs means other addresses than they have: the Initiator names those that it has, which are those after the
    /// moves. One that replaces every address names none, and is done whatever they are.
    /// </summary>
    public static bool AreAhead(IReadOnlyList<PendingMove> moves, in RequestedAction action, SaSelection sas)
    {
        if ((action.Places & AddressPlaces.Header) == 0 || (action.Kind == ActionTrait.Update && action.Old.IsNone))
        {
            return false;
        }

        for (int i = 0; i < sas.Count; i++)
        {
            if (IsAhead(moves, action, sas[i]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAhead(IReadOnlyList<PendingMove> moves, in RequestedAction action, SecurityAssociation sa)
    {
        AddressSet after = sa.Initiator;
        foreach (PendingMove move in moves)
        {
            if (move._sas.Contains(sa))
            {
                if (move._change.Old.IsNone)
                {
                    return true;
                }

                after = move._change.Apply(after, AddressPlaces.Header);
            }
        }

        return after.Contains(action.Old) != sa.Initiator.Contains(action.Old);
    }
}
