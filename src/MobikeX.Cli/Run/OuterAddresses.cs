using System.Collections.Immutable;
using MobikeX.Runtime;

namespace MobikeX.Cli.Run;

/// <summary>The addresses by which peers are reached: those of this host, without those inside tunnels. Any thread may ask and tell.</summary>
/// <param name="known">Those of this host.</param>
internal sealed class OuterAddresses(IReadOnlyList<IpAddress> known)
{
    private volatile IReadOnlyList<IpAddress> _known = known;
    private ImmutableHashSet<IpAddress> _inner = [];

    public IReadOnlyList<IpAddress> Usable => [.. _known.Where(address => !_inner.Contains(address))];

    /// <summary>Takes those of this host; false where they are the same as before.</summary>
    public bool TryTake(IReadOnlyList<IpAddress> known)
    {
        bool isNew = !known.SequenceEqual(_known);
        _known = known;
        return isNew;
    }

    /// <summary>An address is one inside a tunnel, whether this host has it yet or not.</summary>
    public void Exclude(IpAddress address) => ImmutableInterlocked.Update(ref _inner, static (set, added) => set.Add(added), address);

    /// <summary>An address is none inside a tunnel any more: it counts where this host has it.</summary>
    public void Include(IpAddress address) => ImmutableInterlocked.Update(ref _inner, static (set, removed) => set.Remove(removed), address);
}
