using MobikeX.Engine;

namespace MobikeX.Xfrm;

/// <summary>What is to become of a pair of CHILD_SAs in the kernel, and what became of its counters on the way.</summary>
internal sealed class ChildMove : IDisposable
{
    /// <summary>The pair; null where only the kernel is known, after a restart.</summary>
    public ChildSa? Child { get; init; }

    public required string Name { get; init; }

    public required ChildPicture From { get; init; }

    public required ChildPicture To { get; init; }

    /// <summary>The last counters and use of the SA that was sent on, once it was deleted.</summary>
    public LastTraffic Outbound { get; init; } = new();

    /// <summary>The last counters and use of those that were received on, once they were deleted.</summary>
    public LastTraffic Inbound { get; init; } = new();

    public void Dispose()
    {
        From.Dispose();
        To.Dispose();
    }
}

/// <summary>The counters of SAs that are gone for the moment, so that those which take their place go on from there.</summary>
internal sealed class LastTraffic
{
    public ReplayState? Replay { get; private set; }

    public XfrmLifetime? Lifetime { get; private set; }

    public void Add(XfrmSa sa)
    {
        Add(sa.Replay);
        Add(sa.Lifetime);
    }

    public void Add(LastTraffic other)
    {
        Add(other.Replay);
        if (other.Lifetime is { } lifetime)
        {
            Add(lifetime);
        }
    }

    public void Add(ReplayState? replay) => Replay = Replay is null || replay is null ? Replay ?? replay : Replay.Union(replay);

    private void Add(XfrmLifetime lifetime) => Lifetime = Lifetime is { } known && known.Octets > lifetime.Octets ? known : lifetime;
}
