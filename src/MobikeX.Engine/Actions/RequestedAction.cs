using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Engine;

/// <summary>An action with everything that was left out filled in (sections 7.4 and 7.6).</summary>
internal readonly struct RequestedAction
{
    /// <summary>The notify that asks for it.</summary>
    public NotifyType Type { get; init; }

    public ActionTrait Kind { get; init; }

    /// <summary>The SAs where no SELECTOR_SET stands before it.</summary>
    public DefaultSelectionTrait DefaultSelection { get; init; }

    /// <summary>True where the SELECTOR_SET that the action applies to ends with it (section 8).</summary>
    public bool EndsSet => !Protocol.NotifyDispatcher.TryGetSelectorSet(Type, out SelectorSetTrait effect) || effect != SelectorSetTrait.Uses;

    /// <summary>True where the action passes over an IKE_SA among the selected SAs.</summary>
    public bool SkipsIkeSa { get; init; }

    /// <summary>The parameters are unacceptable; of the rest only <see cref="Id"/> may be there.</summary>
    public bool Malformed { get; init; }

    public bool Check { get; init; }

    /// <summary>True where the new address of the routed header is that of the packet, so that the packet tells the port and the NATs too.</summary>
    public bool TakesPath { get; init; }

    public AddressPlaces Places { get; init; }

    /// <summary>The address that goes; none: every one.</summary>
    public IpAddress Old { get; init; }

    public MultihomingInformation? OldInformation { get; init; }

    /// <summary>The address that comes.</summary>
    public IpAddress New { get; init; }

    public MultihomingInformation? NewInformation { get; init; }

    public ushort? Id { get; init; }

    /// <summary>The address that policies are asked about.</summary>
    public IpAddress Address => Kind == ActionTrait.Remove ? Old : New;

    public static RequestedAction From(in UpdateSaAddressesNotify update, IpAddress source) => new()
    {
        Type = UpdateSaAddressesNotify.Type,
        Kind = UpdateSaAddressesNotify.Action,
        DefaultSelection = UpdateSaAddressesNotify.DefaultSelection,
        Check = update.New?.Check ?? update.Old?.Check ?? false,
        TakesPath = update.New is null && (PlacesOf(update.Old) & AddressPlaces.Header) != 0,
        Places = PlacesOf(update.New ?? update.Old),
        Old = update.Old?.Address ?? default,
        OldInformation = update.Old?.Information,
        New = update.New?.Address ?? source,
        NewInformation = update.New?.Information,
        Id = update.Id?.Identifier,
    };

    public static RequestedAction From(in AddSaAddressNotify add, IpAddress source) => new()
    {
        Type = AddSaAddressNotify.Type,
        Kind = AddSaAddressNotify.Action,
        DefaultSelection = AddSaAddressNotify.DefaultSelection,
        SkipsIkeSa = AddSaAddressNotify.IkeSa == IkeSaTrait.Skipped,
        Check = add.Address?.Check ?? false,
        Places = PlacesOf(add.Address),
        New = add.Address?.Address ?? source,
        NewInformation = add.Address?.Information,
        Id = add.Id?.Identifier,
    };

    public static RequestedAction From(in RemoveSaAddressNotify remove, IpAddress source) => new()
    {
        Type = RemoveSaAddressNotify.Type,
        Kind = RemoveSaAddressNotify.Action,
        DefaultSelection = RemoveSaAddressNotify.DefaultSelection,
        SkipsIkeSa = RemoveSaAddressNotify.IkeSa == IkeSaTrait.Skipped,
        Check = remove.Address?.Check ?? false,
        Places = PlacesOf(remove.Address),
        Old = remove.Address?.Address ?? source,
        OldInformation = remove.Address?.Information,
        Id = remove.Id?.Identifier,
    };

    public static RequestedAction From(in AdditionalIpAddressNotify alternate) => new()
    {
        Type = AdditionalIpAddressNotify.Type,
        Kind = AdditionalIpAddressNotify.Action,
        DefaultSelection = AdditionalIpAddressNotify.DefaultSelection,
        Check = alternate.Address.Check,
        Places = AddressPlaces.Header,
        New = alternate.Address.Address,
        NewInformation = alternate.Address.Information,
        Id = alternate.Id?.Identifier,
    };

    /// <summary>An UPDATE of version 1: the addresses of the packet are those from now on.</summary>
    public static RequestedAction MobikeUpdate(IpAddress source) => From(default(UpdateSaAddressesNotify), source);

    /// <summary>An alternate address of version 1.</summary>
    public static RequestedAction MobikeAlternate(IpAddress address) => new()
    {
        Type = AdditionalIpAddressNotify.Type,
        Kind = AdditionalIpAddressNotify.Action,
        DefaultSelection = AdditionalIpAddressNotify.DefaultSelection,
        Places = AddressPlaces.Header,
        New = address,
    };

    /// <summary>Where the H and I bits say; the header where no address is named.</summary>
    public static AddressPlaces PlacesOf(IpParameter? ip) =>
        ip is not { } given ? AddressPlaces.Header
        : (given.Header ? AddressPlaces.Header : AddressPlaces.None) | (given.Inner ? AddressPlaces.Inner : AddressPlaces.None);

    /// <summary>Whether there is something for the action to change at a place of an SA.</summary>
    public bool AppliesTo(SecurityAssociation sa, AddressPlaces place) =>
        (Places & place) != 0 && (Old.IsNone ? !sa.At(place).IsEmpty : sa.At(place).Contains(Old));

    /// <summary>What the action does to addresses.</summary>
    public SaChange ToChange() => Kind switch
    {
        ActionTrait.Add => SaChange.Add(Places, New),
        ActionTrait.Remove => SaChange.Remove(Places, Old),
        _ => SaChange.Update(Places, Old, New),
    };
}
