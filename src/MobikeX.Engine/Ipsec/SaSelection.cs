namespace MobikeX.Engine;

/// <summary>A set of SAs, each once, in the order in which they were selected.</summary>
public sealed class SaSelection
{
    private const int FewEnoughToSearch = 32;

    private readonly List<SecurityAssociation> _sas = [];
    private HashSet<SecurityAssociation>? _known;

    /// <summary>How many SAs there are.</summary>
    public int Count => _sas.Count;

    /// <summary>The SA at a position.</summary>
    public SecurityAssociation this[int index] => _sas[index];

    /// <summary>Takes an SA in, where it is not in yet.</summary>
    public void Add(SecurityAssociation sa)
    {
        if (!Contains(sa))
        {
            _sas.Add(sa);
            _known?.Add(sa);
        }
    }

    /// <summary>True where the SA is in the set.</summary>
    public bool Contains(SecurityAssociation sa)
    {
        if (_sas.Count < FewEnoughToSearch)
        {
            return _sas.Contains(sa);
        }

        _known ??= [.. _sas];
        return _known.Contains(sa);
    }

    /// <summary>Takes an IKE_SA and its CHILD_SAs in.</summary>
    public void AddWithChildren(IkeSa ike)
    {
        Add(ike);
        AddChildren(ike);
    }

    /// <summary>Takes the CHILD_SAs of an IKE_SA in.</summary>
    internal void AddChildren(IkeSa ike)
    {
        foreach (ChildSa child in ike.Children)
        {
            Add(child);
        }
    }

    /// <summary>Takes the CHILD_SAs out of the set, into one of their own; null where there are none.</summary>
    internal SaSelection? TakeChildSas()
    {
        SaSelection? taken = null;
        foreach (SecurityAssociation sa in _sas)
        {
            if (sa is ChildSa)
            {
                taken ??= new SaSelection();
                taken.Add(sa);
            }
        }

        RemoveAll(static sa => sa is ChildSa);
        return taken;
    }

    /// <summary>Takes out what a condition holds for.</summary>
    internal void RemoveAll(Predicate<SecurityAssociation> condition)
    {
        _sas.RemoveAll(condition);
        _known = null;
    }

    /// <summary>The same SAs, in a set that stays as it is.</summary>
    internal SaSelection Copy()
    {
        SaSelection copy = new();
        copy._sas.AddRange(_sas);
        return copy;
    }

    /// <summary>The same SAs, in a list that stays as it is.</summary>
    internal IReadOnlyList<SecurityAssociation> ToList() => [.. _sas];

    /// <summary>Empties the set.</summary>
    public void Clear()
    {
        _sas.Clear();
        _known = null;
    }
}
