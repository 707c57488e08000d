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
    /// moves. One that replaces every address in the header names none, and takes the place of what waits.
    /// </summary>
    public static bool AreAhead(IReadOnlyList<PendingMove> moves, in RequestedAction action, SaSelection sas)
    {
        if (action.Kind == ActionTrait.Update && action.Old.IsNone && (action.Places & AddressPlaces.Header) != 0)
        {
            return false;
        }

        for (int i = 0; i < sas.Count; i++)
        {
            if (IsAhead(moves, action, sas[i], AddressPlaces.Header) || IsAhead(moves, action, sas[i], AddressPlaces.Inner))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAhead(IReadOnlyList<PendingMove> moves, in RequestedAction action, SecurityAssociation sa, AddressPlaces place)
    {
        AddressSet now = sa.At(place);
        if ((action.Places & place) == 0 || now.IsEmpty)
        {
            return false;
        }

        AddressSet after = now;
        foreach (PendingMove move in moves)
        {
            if (move.IsAt(place) && move._sas.Contains(sa))
            {
                if (move._change.Old.IsNone)
                {
                    return true;
                }

                after = move._change.Apply(after, place);
            }
        }

        // An address that comes in and is still to go would go with the move.
        return after.Contains(action.Old) != now.Contains(action.Old) || (now.Contains(action.New) && !after.Contains(action.New));
    }

    /// <summary>True where it changes that place, or closes the SA.</summary>
    private bool IsAt(AddressPlaces place) => _change.Places == AddressPlaces.None || (_change.Places & place) != 0;
}
