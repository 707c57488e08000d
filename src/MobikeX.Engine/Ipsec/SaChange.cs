using MobikeX.Runtime;

namespace MobikeX.Engine;

/// <summary>What becomes of an address of the Initiator.</summary>
public enum SaChangeKind : byte
{
    /// <summary>One address, or all of them, are replaced.</summary>
    Update,

    /// <summary>One more address may be used.</summary>
    Add,

    /// <summary>An address may not be used any more; an SA that has no other closes.</summary>
    Remove,

    /// <summary>The SA closes in both directions.</summary>
    Close,

    /// <summary>Each SA gets back what it had before another change.</summary>
    Restore,
}

/// <summary>One change of the addresses of SAs, to be applied to a set of them.</summary>
public readonly struct SaChange
{
    private SaChange(SaChangeKind kind, AddressPlaces places, IpAddress old, IpAddress @new)
    {
        Kind = kind;
        Places = places;
        Old = old;
        New = @new;
        Responder = default;
        Port = 0;
        UdpEncapsulation = null;
        Before = null;
    }

    private SaChange(IReadOnlyDictionary<SecurityAssociation, SaAddresses> before)
        : this(SaChangeKind.Restore, AddressPlaces.None, default, default) => Before = before;

    private SaChange(in SaChange change, IpAddress responder, ushort port, bool? udpEncapsulation)
    {
        this = change;
        Responder = responder;
        Port = port;
        UdpEncapsulation = udpEncapsulation;
    }

    /// <summary>What becomes of the address.</summary>
    public SaChangeKind Kind { get; }

    /// <summary>Where the address stands.</summary>
    public AddressPlaces Places { get; }

    /// <summary>The address that is replaced or removed; none where an update replaces every address.</summary>
    public IpAddress Old { get; }

    /// <summary>The address that comes in; none where one is removed.</summary>
    public IpAddress New { get; }

    /// <summary>The address of the Responder in use from now on; none where that stays.</summary>
    public IpAddress Responder { get; }

    /// <summary>The Initiator's UDP port from now on; 0 where it stays.</summary>
    public ushort Port { get; }

    /// <summary>Whether CHILD_SAs of ESP are carried in UDP from now on; null where that stays.</summary>
    public bool? UdpEncapsulation { get; }

    /// <summary>What each SA gets back; null for any other change.</summary>
    internal IReadOnlyDictionary<SecurityAssociation, SaAddresses>? Before { get; }

    /// <summary>Replaces one address, or every one where <paramref name="old"/> is none.</summary>
    public static SaChange Update(AddressPlaces places, IpAddress old, IpAddress @new) => new(SaChangeKind.Update, places, old, @new);

    /// <summary>Lets one more address be used.</summary>
    public static SaChange Add(AddressPlaces places, IpAddress address) => new(SaChangeKind.Add, places, default, address);

    /// <summary>Lets an address be used no more.</summary>
    public static SaChange Remove(AddressPlaces places, IpAddress address) => new(SaChangeKind.Remove, places, address, default);

    /// <summary>Closes the SAs.</summary>
    public static SaChange Close() => new(SaChangeKind.Close, AddressPlaces.None, default, default);

    /// <summary>Gives each SA back what it had: its addresses, its port, and whether it is carried in UDP. An SA that is not named stays as it is.</summary>
    public static SaChange Restore(IReadOnlyDictionary<SecurityAssociation, SaAddresses> before) =>
        new(before ?? throw new ArgumentNullException(nameof(before)));

    /// <summary>The same change with what RFC 4555 takes from the packet besides: the Responder's address, the port, and whether there is a NAT.</summary>
    public SaChange Along(IpAddress responder, ushort port, bool? udpEncapsulation) => new(this, responder, port, udpEncapsulation);

    /// <summary>The set of addresses at a place after the change.</summary>
    public AddressSet Apply(AddressSet addresses, AddressPlaces place)
    {
        if ((Places & place) == 0 || addresses.IsEmpty)
        {
            return addresses;
        }

        return Kind switch
        {
            SaChangeKind.Update => Old.IsNone ? new AddressSet(New) : addresses.Replace(Old, New),
            SaChangeKind.Add => addresses.With(New),
            SaChangeKind.Remove => addresses.Without(Old),
            _ => default,
        };
    }

    /// <summary>The Responder's addresses after the change: one that is named comes first, and is the only one where it was none of them.</summary>
    public AddressSet ApplyToResponder(AddressSet addresses) =>
        Responder.IsNone ? addresses
        : addresses.Contains(Responder) ? addresses.Beginning(Responder)
        : new AddressSet(Responder);

    /// <summary>True where the SA has no address left at some place after the change, so that it closes.</summary>
    public bool Closes(SecurityAssociation sa) =>
        Kind == SaChangeKind.Close || (Kind == SaChangeKind.Remove && (Empties(sa, AddressPlaces.Header) || Empties(sa, AddressPlaces.Inner)));

    /// <summary>True where the SA is already as the change would make it.</summary>
    public bool Keeps(SecurityAssociation sa) => Kind switch
    {
        SaChangeKind.Close => false,
        SaChangeKind.Restore => SaAddresses.After(sa, this).IsExactly(SaAddresses.Of(sa)),
        _ => Apply(sa.Initiator, AddressPlaces.Header) == sa.Initiator
            && Apply(sa.Inner, AddressPlaces.Inner) == sa.Inner
            && (Responder.IsNone || (!sa.Responder.IsEmpty && sa.Responder[0] == Responder))
            && (Port == 0 || sa.InitiatorPort == Port)
            && (UdpEncapsulation is null || SaAddresses.Of(sa).UdpEncapsulation is var now && EncapsulatesAfter(sa, now) == now),
    };

    /// <summary>Whether the packets of an SA are carried in UDP after the change.</summary>
    internal bool EncapsulatesAfter(SecurityAssociation sa, bool now) =>
        UdpEncapsulation is not { } wanted ? now
        : sa is ChildSa child ? child.IsUdpEncapsulatedWhere(wanted)
        : wanted;

    private bool Empties(SecurityAssociation sa, AddressPlaces place) => !sa.At(place).IsEmpty && Apply(sa.At(place), place).IsEmpty;
}
