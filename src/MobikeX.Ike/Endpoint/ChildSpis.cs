using MobikeX.Engine;
using MobikeX.Ike.Crypto;

namespace MobikeX.Ike;

/// <summary>The SPIs that this host receives on with CHILD_SAs: no two have one, or the IPsec of the host would refuse the second.</summary>
internal sealed class ChildSpis
{
    private readonly Dictionary<ChildSa, uint> _spis = [];
    private readonly HashSet<uint> _taken = [];

    /// <summary>Where they come from.</summary>
    public Func<uint> Source { get; set; } = Spi.CreateChild;

    /// <summary>How many CHILD_SAs there are.</summary>
    public int Count => _spis.Count;

    /// <summary>One that no CHILD_SA has.</summary>
    public uint Create()
    {
        uint spi;
        do
        {
            spi = Source();
        }
        while (_taken.Contains(spi));

        return spi;
    }

    /// <summary>A CHILD_SA is about to be installed.</summary>
    public void Take(ChildSa child, uint spi)
    {
        _spis[child] = spi;
        _taken.Add(spi);
    }

    /// <summary>A CHILD_SA is no more, or has not come to be.</summary>
    public void Release(ChildSa child)
    {
        if (_spis.Remove(child, out uint spi))
        {
            _taken.Remove(spi);
        }
    }
}
