using MobikeX.Runtime;

namespace MobikeX.Engine;

/// <summary>What an engine reads of the IPsec of this host.</summary>
public interface IIpsecReader
{
    /// <summary>The IKE_SAs of this host and their CHILD_SAs.</summary>
    SaDirectory Directory { get; }

    /// <summary>Whether the SPD allows an address of the Initiator as a selector of a CHILD_SA.</summary>
    /// <param name="sa">The CHILD_SA that would use it.</param>
    /// <param name="place">Where: the header in transport mode, inside in tunnel mode.</param>
    /// <param name="address">The address.</param>
    bool FitsSpd(ChildSa sa, AddressPlaces place, IpAddress address);
}
