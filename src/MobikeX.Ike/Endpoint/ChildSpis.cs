using MobikeX.Ike.Crypto;

namespace MobikeX.Ike;

/// <summary>The SPIs that this host receives on with CHILD_SAs, and those that it has offered: no two have one, or the IPsec of the host would refuse the second.</summary>
internal sealed class ChildSpis
{
    private readonly HashSet<uint> _taken = [];

    /// <summary>Where they come from.</summary>
    public Func<uint> Source { get; set; } = Spi.CreateChild;

    /// <summary>How many there are.</summary>
    public int Count => _taken.Count;

    /// <summary>One that nobody has; it is free until it is taken.</summary>
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

    /// <summary>One is offered, or about to be installed.</summary>
    public void Take(uint spi) => _taken.Add(spi);

    /// <summary>Its CHILD_SA is no more, or has not come to be.</summary>
    public void Release(uint spi) => _taken.Remove(spi);
}
