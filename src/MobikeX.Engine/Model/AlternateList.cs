namespace MobikeX.Engine;

/// <summary>The alternate addresses of a peer: a list that is only ever replaced as a whole.</summary>
public sealed class AlternateList
{
    private readonly Alternate[] _alternates;

    /// <summary>Creates a list in order of arrival.</summary>
    public AlternateList(IEnumerable<Alternate> alternates) => _alternates = [.. alternates];

    /// <summary>No alternates.</summary>
    public static AlternateList Empty { get; } = new([]);

    /// <summary>How many there are.</summary>
    public int Count => _alternates.Length;

    /// <summary>The alternate at a position, in order of arrival.</summary>
    public Alternate this[int index] => _alternates[index];

    /// <summary>The usable alternates, the one to be tried first in front.</summary>
    public IReadOnlyList<Alternate> Usable(TimeSpan now)
    {
        List<Alternate> usable = [];
        foreach (Alternate alternate in _alternates)
        {
            if (alternate.IsUsable(now))
            {
                int at = usable.FindIndex(other => alternate.IsBetterThan(other));
                usable.Insert(at < 0 ? usable.Count : at, alternate);
            }
        }

        return usable;
    }

    /// <summary>The usable alternate to be tried first, other than an address that fails.</summary>
    public bool TryChoose(TimeSpan now, AddressSet failing, out Alternate best)
    {
        bool found = false;
        best = default;
        foreach (Alternate alternate in _alternates)
        {
            if (alternate.IsUsable(now) && !failing.Contains(alternate.Address) && (!found || alternate.IsBetterThan(best)))
            {
                best = alternate;
                found = true;
            }
        }

        return found;
    }
}
