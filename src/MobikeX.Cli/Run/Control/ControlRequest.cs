using MobikeX.Engine;
using MobikeX.Protocol;

namespace MobikeX.Cli.Run.Control;

/// <summary>What a command asks a daemon for.</summary>
internal abstract record ControlRequest
{
    /// <summary>The longest that a command may wait for its outcome.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    /// <summary>How long to wait for the outcome unless the command says so.</summary>
    public static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(30);

    /// <summary>How long to wait for the outcome.</summary>
    public TimeSpan Wait { get; init; } = UsualWait;
}

/// <summary>The SAs of the daemon.</summary>
internal sealed record ListRequest : ControlRequest;

/// <summary>A connection is to be begun.</summary>
internal sealed record UpRequest(string Connection) : ControlRequest;

/// <summary>The IKE_SAs of a connection are to be deleted.</summary>
internal sealed record DownRequest(string Connection) : ControlRequest;

/// <summary>The IKE_SA of a connection, or one of its CHILD_SAs by the SPI that this host receives on, is to be rekeyed.</summary>
internal sealed record RekeyRequest(string Connection, uint? ChildSpi) : ControlRequest;

/// <summary>An action of MOBIKE-X; the connection may be left out where there is one IKE_SA.</summary>
internal sealed record ActionRequest(string? Connection, ActionTrait Action, ActionCommand Command) : ControlRequest;

/// <summary>Alternate addresses are to be offered.</summary>
internal sealed record OfferRequest(string? Connection, IReadOnlyList<OfferedAlternate> Alternates, IReadOnlyList<SaSelector> Selectors) : ControlRequest;
