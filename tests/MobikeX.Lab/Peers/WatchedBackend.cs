using System.Diagnostics;
using MobikeX.Engine;
using MobikeX.Runtime;

namespace MobikeX.Lab.Peers;

/// <summary>A backend whose changes are timed, and can be made in step with something else.</summary>
internal sealed class WatchedBackend(IIpsecBackend backend) : IIpsecBackend
{
    public SaDirectory Directory => backend.Directory;

    public string? LastFailure => backend.LastFailure;

    /// <summary>What a change is made inside of.</summary>
    public Action<Action> Around { get; set; } = static change => change();

    /// <summary>How long the last change took.</summary>
    public TimeSpan LastChange { get; private set; }

    public bool FitsSpd(ChildSa sa, AddressPlaces place, IpAddress address) => backend.FitsSpd(sa, place, address);

    public bool TryApply(in SaChange change, SaSelection targets)
    {
        SaChange applied = change;
        bool done = false;
        Around(() =>
        {
            long start = Stopwatch.GetTimestamp();
            done = backend.TryApply(applied, targets);
            LastChange = Stopwatch.GetElapsedTime(start);
        });
        return done;
    }
}
