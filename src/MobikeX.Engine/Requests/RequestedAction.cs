using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Engine;

/// <summary>An action of a request with everything that was left out filled in.</summary>
internal struct RequestedAction
{
    public ActionTrait Kind;

    /// <summary>The SAs where no SELECTOR_SET stands before it.</summary>
    public DefaultSelectionTrait DefaultSelection;

    /// <summary>The parameters are unacceptable; of the rest only <see cref="Id"/> may be there.</summary>
    public bool Malformed;

    public bool Check;

    /// <summary>The new address was taken from the packet, so that the packet tells the port and the NATs too.</summary>
    public bool FromPacket;

    public AddressPlaces Places;

    /// <summary>The address that goes; none: every one.</summary>
    public IpAddress Old;

    public MultihomingInformation? OldInformation;

    /// <summary>The address that comes.</summary>
    public IpAddress New;

    public MultihomingInformation? NewInformation;

    public ushort? Id;

    /// <summary>What the action does to addresses.</summary>
    public readonly SaChange ToChange() => Kind switch
    {
        ActionTrait.Add => SaChange.Add(Places, New),
        ActionTrait.Remove => SaChange.Remove(Places, Old),
        _ => SaChange.Update(Places, Old, New),
    };

    public static AddressPlaces PlacesOf(in IpParameter ip) =>
        (ip.Header ? AddressPlaces.Header : AddressPlaces.None) | (ip.Inner ? AddressPlaces.Inner : AddressPlaces.None);
}
