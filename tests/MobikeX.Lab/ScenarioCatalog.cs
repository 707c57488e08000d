using MobikeX.Lab.Scenarios;

namespace MobikeX.Lab;

/// <summary>Every scenario, in the order in which they run.</summary>
internal static class ScenarioCatalog
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new PingThroughEsp(),
        new XfrmShapes(),
        new XfrmChanges(),
        new XfrmFailures(),
        new XfrmComplaints(),
        new XfrmContract<XfrmChangeContract>("xfrm-contract-changes", static underTest => new XfrmChangeContract(underTest)),
        new XfrmContract<XfrmTrafficContract>("xfrm-contract-traffic", static underTest => new XfrmTrafficContract(underTest)),
        new XfrmContract<XfrmFailureContract>("xfrm-contract-failures", static underTest => new XfrmFailureContract(underTest)),
    ];

    /// <summary>The scenarios of some names, all where none is given; null with the first name that there is none of.</summary>
    public static IReadOnlyList<Scenario>? Named(IReadOnlyCollection<string> names, out string? unknown)
    {
        unknown = names.FirstOrDefault(name => All.All(scenario => scenario.Name != name));
        return unknown is not null ? null : names.Count == 0 ? All : [.. All.Where(scenario => names.Contains(scenario.Name))];
    }
}
