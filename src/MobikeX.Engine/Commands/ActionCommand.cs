using MobikeX.Runtime;

namespace MobikeX.Engine;

/// <summary>What the upper layer of the Initiator asks for: an UPDATE, an ADD or a REMOVE.</summary>
public sealed record ActionCommand
{
    /// <summary>The SELECTORs that go before the action; none: the default selection.</summary>
    public IReadOnlyList<SaSelector> Selectors { get; init; } = [];

    /// <summary>True where the Responder only says whether it would do it.</summary>
    public bool Check { get; init; }

    /// <summary>Where the address stands.</summary>
    public AddressPlaces Places { get; init; } = AddressPlaces.Header;

    /// <summary>UPDATE: the address that is replaced, named in the request; null: every one.</summary>
    public IpAddress? Old { get; init; }

    /// <summary>The address that comes in, or that is added or removed, named in the request; null: the source of the packet.</summary>
    public IpAddress? Address { get; init; }

    /// <summary>UPDATE: what to try next, in order, where the address does not fit. The first is tried first where <see cref="Address"/> is null.</summary>
    public IReadOnlyList<IpAddress> Candidates { get; init; } = [];

    /// <summary>What the address is sent with for the upper layer of the peer.</summary>
    public MobikeX.Protocol.MultihomingInformation? Information { get; init; }
}
