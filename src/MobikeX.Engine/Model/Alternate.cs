using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Engine;

/// <summary>An address that a peer offers for use when the current one fails.</summary>
public readonly struct Alternate
{
    /// <summary>Creates an alternate.</summary>
    /// <param name="address">The address.</param>
    /// <param name="information">What the peer says of it; null where it says nothing.</param>
    /// <param name="received">When it was received, from which its start and life time count.</param>
    public Alternate(IpAddress address, MultihomingInformation? information, TimeSpan received)
    {
        Address = address;
        Information = information;
        Received = received;
    }

    /// <summary>The address.</summary>
    public IpAddress Address { get; }

    /// <summary>What the peer says of it; null where it says nothing.</summary>
    public MultihomingInformation? Information { get; }

    /// <summary>When it was received.</summary>
    public TimeSpan Received { get; }

    /// <summary>True where its start time is over and its life time is not.</summary>
    public bool IsUsable(TimeSpan now)
    {
        if (Information is not { } information)
        {
            return true;
        }

        TimeSpan age = now - Received;
        return information.Reachability != Reachability.Unreachable
            && age >= TimeSpan.FromSeconds(information.StartTime)
            && (information.LifeTime == Constants.EndlessLifeTime || age < TimeSpan.FromSeconds(information.LifeTime));
    }

    /// <summary>True where this one is to be tried before <paramref name="other"/>: known to be reachable first, then the higher preference.</summary>
    public bool IsBetterThan(in Alternate other)
    {
        bool reachable = Information?.Reachability == Reachability.Reachable;
        bool otherReachable = other.Information?.Reachability == Reachability.Reachable;
        return reachable == otherReachable
            ? (Information?.Preference ?? 0) > (other.Information?.Preference ?? 0)
            : reachable;
    }

    /// <inheritdoc/>
    public override string ToString() => Address.ToString();
}
