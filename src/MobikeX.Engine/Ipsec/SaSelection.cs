namespace MobikeX.Engine;

/// <summary>A set of SAs, each once, in the order in which they were selected.</summary>
public sealed class SaSelection
{
    private readonly List<SecurityAssociation> _sas = [];

    /// <summary>How many SAs there are.</summary>
    public int Count => _sas.Count;

    /// <summary>The SA at a position.</summary>
    public SecurityAssociation this[int index] => _sas[index];

    /// <summary>Takes an SA in, where it is not in yet.</summary>
    public void Add(SecurityAssociation sa)
    {
        if (!_sas.Contains(sa))
        {
            _sas.Add(sa);
        }
    }

    /// <summary>Takes an IKE_SA and its CHILD_SAs in.</summary>
    public void AddWithChildren(IkeSa ike)
    {
        Add(ike);
        foreach (ChildSa child in ike.Children)
        {
            Add(child);
        }
    }

    /// <summary>Empties the set.</summary>
    public void Clear() => _sas.Clear();
}
