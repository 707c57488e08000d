using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Engine;

/// <summary>An UPDATE, ADD or REMOVE that the upper layer asked for, as it stands until the Responder has answered it for good.</summary>
internal sealed class ActionRequest
{
    private const int LargestAction = 96;

    public ActionRequest(ActionTrait kind, ActionCommand command, in PacketAddresses packet, MobikeVersion version, ushort identifier, IdentifierSource identifiers)
    {
        Kind = kind;
        Command = command;
        Packet = packet;
        Version = version;
        Identifier = version == MobikeVersion.Mobike ? null : identifier;
        List<RequestedNotify> selectors = [];
        foreach (SaSelector selector in command.Selectors)
        {
            selectors.Add(new RequestedNotify(SelectorNotify.Type, SelectorData.Of(selector, identifiers.Next())));
        }

        Selectors = selectors;
        Candidates = CandidatesOf(command, packet);
        IsImplicit = command.Address is null && command.Candidates.Count == 0 && !NeedsAddress(kind, command);
    }

    public ActionTrait Kind { get; }

    public ActionCommand Command { get; }

    public PacketAddresses Packet { get; }

    public MobikeVersion Version { get; }

    /// <summary>What the ID parameter of the action carries; null under version 1, which has none.</summary>
    public ushort? Identifier { get; }

    public IReadOnlyList<RequestedNotify> Selectors { get; }

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
    public RequestedNotify Notify(IpAddress candidate)
    {
        if (Version == MobikeVersion.Mobike)
        {
            return new RequestedNotify(UpdateSaAddressesNotify.Type, []);
        }

        Span<byte> data = stackalloc byte[LargestAction];
        int written;
        IdParameter id = new(Identifier.GetValueOrDefault());
        IpParameter? address = IsImplicit ? null : Parameter(candidate, isNew: Kind == ActionTrait.Update);
        switch (Kind)
        {
            case ActionTrait.Add:
                new AddSaAddressNotify(address: address, id: id).TryWrite(data, out written, out _);
                return new RequestedNotify(AddSaAddressNotify.Type, data.Slice(0, written).ToArray());
            case ActionTrait.Remove:
                new RemoveSaAddressNotify(address: address, id: id).TryWrite(data, out written, out _);
                return new RequestedNotify(RemoveSaAddressNotify.Type, data.Slice(0, written).ToArray());
            default:
                IpParameter? old = Command.Old is { } replaced ? Parameter(replaced, isOld: true) : null;
                new UpdateSaAddressesNotify(old: old, @new: address, id: id).TryWrite(data, out written, out _);
                return new RequestedNotify(UpdateSaAddressesNotify.Type, data.Slice(0, written).ToArray());
        }
    }

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

    /// <summary>Why a command cannot be sent under a version; null where it can.</summary>
    public static string? Objection(ActionTrait kind, ActionCommand command, MobikeVersion? version)
    {
        if (version is null)
        {
            return "no version is agreed on";
        }

        if (command.Places == AddressPlaces.None)
        {
            return "an address stands in the header or inside";
        }

        bool plain = kind == ActionTrait.Update
            && command.Selectors.Count == 0
            && !command.Check
            && command.Places == AddressPlaces.Header
            && command.Old is null
            && command.Information is null;
        return version == MobikeVersion.Mobike && !plain ? "version 1 has an UPDATE of all SAs only" : null;
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
        return candidates;
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
