using MobikeX.Engine;
using MobikeX.Runtime;

namespace MobikeX.Ike.Tests;

/// <summary>Refuses, as a kernel does, a change of what has lost an SA.</summary>
internal sealed class LossyBackend(IIpsecBackend inner, IReadOnlySet<ChildSa> lost) : IIpsecBackend
{
    public SaDirectory Directory => inner.Directory;

    public string? LastFailure { get; private set; }

    public bool FitsSpd(ChildSa sa, AddressPlaces place, IpAddress address) => inner.FitsSpd(sa, place, address);

    public bool TryApply(in SaChange change, SaSelection targets)
    {
        if (lost.FirstOrDefault(targets.Contains) is { } gone)
        {
            LastFailure = $"{gone} has lost an SA";
            return false;
        }

        bool isDone = inner.TryApply(change, targets);
        LastFailure = inner.LastFailure;
        return isDone;
    }
}
