using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Engine;

/// <summary>An alternate address to offer to the peer.</summary>
public readonly struct OfferedAlternate
{
    /// <summary>Creates an offer.</summary>
    public OfferedAlternate(IpAddress address, MultihomingInformation? information = null, bool check = false)
    {
        Address = address;
        Information = information;
        Check = check;
    }

    /// <summary>The address.</summary>
    public IpAddress Address { get; }

    /// <summary>What is said of it; null where nothing is.</summary>
    public MultihomingInformation? Information { get; }

    /// <summary>True where the peer only says whether it would take it.</summary>
    public bool Check { get; }
}
