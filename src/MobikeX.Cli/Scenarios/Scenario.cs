using MobikeX.Engine;
using MobikeX.Runtime;

namespace MobikeX.Cli.Scenarios;

/// <summary>A scenario file as it is read: what two peers know, what is sent, and what must come back and change.</summary>
internal sealed record Scenario(
    string Path,
    string Title,
    ScenarioPeer Initiator,
    ScenarioPeer Responder,
    int? Version,
    IReadOnlyList<ScenarioIkeSa> IkeSas,
    IReadOnlyList<ScenarioChildSa> ChildSas,
    ScenarioPolicy Policy,
    IReadOnlyList<ScenarioStep> Steps)
{
    /// <summary>The IKE_SA that every request runs on.</summary>
    public ScenarioIkeSa Current => IkeSas[0];
}

/// <summary>One of the two peers; <see cref="Authentication"/> is how it proved its identity.</summary>
/// <param name="OwnSas">When the Initiator changes its own SAs for what its engine is asked to do.</param>
/// <param name="Routability">When the Responder checks that the Initiator receives at a new address.</param>
internal sealed record ScenarioPeer(
    string Identity, string Authentication, IpAddress Address, OwnSaChange OwnSas = OwnSaChange.WhenSent, ReturnRoutability Routability = ReturnRoutability.None);

/// <summary>An IKE_SA; its <see cref="Identity"/> is the Initiator's.</summary>
internal sealed record ScenarioIkeSa(
    string Name, ulong Spi, IReadOnlyList<IpAddress> Initiator, IReadOnlyList<IpAddress> Responder, string Identity, string Authentication);

/// <summary>A CHILD_SA pair, named by the Initiator's inbound SPI; <see cref="Protocol"/> and <see cref="Mode"/> are names of the registries.</summary>
internal sealed record ScenarioChildSa(
    string Name, string Ike, uint Spi, string Protocol, string Mode,
    IReadOnlyList<IpAddress> Initiator, IReadOnlyList<IpAddress> Responder, IReadOnlyList<IpAddress> Inner, AddressPrefix Remote);

/// <summary>What addresses are taken; null takes every one.</summary>
internal sealed record ScenarioPolicy(IReadOnlyList<AddressPrefix>? Local, IReadOnlyList<AddressPrefix>? Spd)
{
    public bool TakesLocally(IpAddress address) => Local is null || Local.Any(prefix => prefix.Contains(address));
}

/// <summary>The two peers of an IKE_SA.</summary>
internal enum PeerRole
{
    Initiator,
    Responder,
}
