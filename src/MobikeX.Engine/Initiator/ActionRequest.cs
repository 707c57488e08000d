using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Engine;

/// <summary>An UPDATE, ADD or REMOVE that the upper layer asked for, as it stands until the Responder has answered it for good.</summary>
internal sealed class ActionRequest
{
    private const int LargestAction = 96;

    private readonly Dictionary<IpAddress, byte[]> _data = [];

    private ActionRequest(ActionTrait kind, ActionCommand command, in PacketAddresses packet, MobikeVersion version, bool prohibitsNats, ushort identifier)
    {
        Kind = kind;
        Command = command;
        Packet = packet;
        Version = version;
        ProhibitsNats = prohibitsNats;
        Identifier = identifier;
        Candidates = CandidatesOf(command, packet);
        IsImplicit = command.Address is null && command.Candidates.Count == 0 && !NeedsAddress(kind, command);
    }

    public ActionTrait Kind { get; }

    public ActionCommand Command { get; }

    public PacketAddresses Packet { get; }

    public MobikeVersion Version { get; }

    /// <summary>Whether an UPDATE says that there is to be no NAT.</summary>
    public bool ProhibitsNats { get; }

    /// <summary>What the ID parameter of the action carries; version 1 has none.</summary>
    public ushort Identifier { get; }

    public IReadOnlyList<RequestedNotify> Selectors { get; private set; } = [];

    /// <summary>The addresses to try, in the order that the caller gave.</summary>
    public IReadOnlyList<IpAddress> Candidates { get; }

    /// <summary>True where the request names no address, so that the Responder takes the packet's source.</summary>
    public bool IsImplicit { get; }

    /// <summary>True where neither SAs nor addresses are named, so that the packet tells the Responder's address too, as in RFC 4555.</summary>
    public bool NamesNothing => IsImplicit && Selectors.Count == 0 && Command.Old is null;

    /// <summary>The addresses of the packet that tries a candidate: under version 1 nothing but its source names it.</summary>
    public PacketAddresses PacketFor(IpAddress candidate) =>
        Version > MobikeVersion.Mobike ? Packet : new PacketAddresses(candidate, Packet.SourcePort, Packet.Destination, Packet.DestinationPort);

    /// <summary>The notify that asks for the action with a candidate.</summary>
    public RequestedNotify Notify(IpAddress candidate) => new(TypeOf(Kind), _data[candidate]);

    /// <summary>The action as the Responder will read it, to be done to the own SAs likewise.</summary>
    public RequestedAction Action(IpAddress candidate)
    {
        IpAddress source = PacketFor(candidate).Source;
        byte[] data = Notify(candidate).Data;
        switch (Kind)
        {
            case ActionTrait.Add when AddSaAddressNotify.TryRead(data, out AddSaAddressNotify add, out _):
                return RequestedAction.From(add, source);
            case ActionTrait.Remove when RemoveSaAddressNotify.TryRead(data, out RemoveSaAddressNotify remove, out _):
                return RequestedAction.From(remove, source);
            case ActionTrait.Update when Version > MobikeVersion.Mobike && UpdateSaAddressesNotify.TryRead(data, out UpdateSaAddressesNotify update, out _):
                return RequestedAction.From(update, source);
            default:
                return RequestedAction.MobikeUpdate(source);
        }
    }

    /// <summary>Writes what a command asks for, all of it before anything is sent: without what cannot be written, it would ask for something else.</summary>
    /// <param name="kind">The action.</param>
    /// <param name="command">What is asked for.</param>
    /// <param name="packet">The addresses of the packet that asks for it.</param>
    /// <param name="version">The version that is agreed on; null where none is.</param>
    /// <param name="prohibitsNats">Whether an UPDATE says that there is to be no NAT, which names the addresses of its packet.</param>
    /// <param name="identifier">What the ID parameter of the action carries.</param>
    /// <param name="identifiers">Where those of the SELECTORs come from.</param>
    /// <param name="objection">Why it cannot be sent; null where it can.</param>
    /// <returns>Null where it cannot be sent.</returns>
    public static ActionRequest? TryCreate(
        ActionTrait kind,
        ActionCommand command,
        in PacketAddresses packet,
        MobikeVersion? version,
        bool prohibitsNats,
        ushort identifier,
        IdentifierSource identifiers,
        out string? objection)
    {
        objection = Objection(kind, command, version);
        if (objection is not null)
        {
            return null;
        }

        ActionRequest request = new(kind, command, packet, version.GetValueOrDefault(), prohibitsNats, identifier);
        objection = request.Write(identifiers);
        return objection is null ? request : null;
    }

    private static string? Objection(ActionTrait kind, ActionCommand command, MobikeVersion? version)
    {
        if (version is null)
        {
            return "no version is agreed on";
        }

        if (command.Places == AddressPlaces.None)
        {
            return "an address stands in the header or inside";
        }

        if (kind != ActionTrait.Update && command.Old is not null)
        {
            return "only an UPDATE replaces an address";
        }

        bool plain = kind == ActionTrait.Update
            && command.Selectors.Count == 0
            && !command.Check
            && command.Places == AddressPlaces.Header
            && command.Old is null
            && command.Information is null;
        return version == MobikeVersion.Mobike && !plain ? "version 1 has an UPDATE of all SAs only" : null;
    }

    private static NotifyType TypeOf(ActionTrait kind) => kind switch
    {
        ActionTrait.Add => AddSaAddressNotify.Type,
        ActionTrait.Remove => RemoveSaAddressNotify.Type,
        _ => UpdateSaAddressesNotify.Type,
    };

    /// <summary>Why something of it cannot be written; null where all is.</summary>
    private string? Write(IdentifierSource identifiers)
    {
        if (!SelectorData.TryWrite(Command.Selectors, identifiers, out IReadOnlyList<RequestedNotify> selectors))
        {
            return "a SELECTOR cannot be written";
        }

        Selectors = selectors;
        Span<byte> data = stackalloc byte[LargestAction];
        foreach (IpAddress candidate in Candidates)
        {
            PacketAddresses packet = PacketFor(candidate);
            if (packet.Source.IsNone || packet.Destination.IsNone || (ProhibitsNats && packet.Source.Length != packet.Destination.Length))
            {
                return "a packet has two addresses, of one family";
            }

            if (candidate.IsNone || !TryWrite(candidate, data, out int written))
            {
                return "what is said of the address cannot be written";
            }

            _data[candidate] = data.Slice(0, written).ToArray();
        }

        return null;
    }

    private bool TryWrite(IpAddress candidate, Span<byte> data, out int written)
    {
        written = 0;
        if (Version == MobikeVersion.Mobike)
        {
            return true;
        }

        IdParameter id = new(Identifier);
        IpParameter? address = IsImplicit ? null : Parameter(candidate, isNew: Kind == ActionTrait.Update);
        IpParameter? old = Command.Old is { } replaced ? Parameter(replaced, isOld: true) : null;
        return Kind switch
        {
            ActionTrait.Add => new AddSaAddressNotify(address: address, id: id).TryWrite(data, out written, out _),
            ActionTrait.Remove => new RemoveSaAddressNotify(address: address, id: id).TryWrite(data, out written, out _),
            _ => new UpdateSaAddressesNotify(old: old, @new: address, id: id).TryWrite(data, out written, out _),
        };
    }

    private static IReadOnlyList<IpAddress> CandidatesOf(ActionCommand command, in PacketAddresses packet)
    {
        List<IpAddress> candidates = [];
        if (command.Address is { } address)
        {
            candidates.Add(address);
        }
        else if (command.Candidates.Count == 0)
        {
            candidates.Add(packet.Source);
        }

        candidates.AddRange(command.Candidates);
        return [.. candidates.Distinct()];
    }

    /// <summary>A CHECK, a place other than the header and information are told by the IP parameter, so one must be there (section 7.5).</summary>
    private static bool NeedsAddress(ActionTrait kind, ActionCommand command) =>
        command.Information is not null
        || ((kind != ActionTrait.Update || command.Old is null) && (command.Check || command.Places != AddressPlaces.Header));

    private IpParameter Parameter(IpAddress address, bool isOld = false, bool isNew = false) =>
        new(
            address,
            check: Command.Check,
            old: isOld,
            @new: isNew,
            header: (Command.Places & AddressPlaces.Header) != 0,
            inner: (Command.Places & AddressPlaces.Inner) != 0,
            information: isOld ? null : Command.Information);
}
