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

    /// <summary>What they have used of their lifetimes and none has taken over.</summary>
    public XfrmLifetime? Lifetime { get; private set; }

    public void Add(XfrmSa sa)
    {
        Add(sa.Replay);
        Lifetime = Lifetime?.With(sa.Lifetime) ?? sa.Lifetime;
    }

    public void Add(ReplayState? replay) => Replay = Replay is null || replay is null ? Replay ?? replay : Replay.Union(replay);

    /// <summary>One has taken over what was used.</summary>
    public void HandOn() => Lifetime = null;
}
