using MobikeX.Lab.Ike;
using MobikeX.Lab.Scenarios;

namespace MobikeX.Lab;

/// <summary>The scenarios, in the order in which they run.</summary>
internal static class ScenarioCatalog
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new PingThroughEsp(),
        new Instruments(),
        new XfrmShapes(),
        new XfrmChanges(),
        new XfrmFailures(),
        new XfrmComplaints(),
        new XfrmContract<XfrmChangeContract>("xfrm-contract-changes", static underTest => new XfrmChangeContract(underTest)),
        new XfrmContract<XfrmTrafficContract>("xfrm-contract-traffic", static underTest => new XfrmTrafficContract(underTest)),
        new XfrmContract<XfrmFailureContract>("xfrm-contract-failures", static underTest => new XfrmFailureContract(underTest)),
        new XfrmContract<XfrmInstallationContract>("xfrm-contract-installation", static underTest => new XfrmInstallationContract(underTest)),
        new InstalledAndRekeyed(),
        new OutsideOfSelectors(),
        new UpdateUnderTraffic("tunnel", isTunnel: true),
        new UpdateUnderTraffic("transport", isTunnel: false),
        new MakeBeforeBreak("tunnel", isTunnel: true),
        new MakeBeforeBreak("transport", isTunnel: false),
        new WindowsJoined(),
        new TcpThroughMoves(),
        new SequenceAndReplay(),
        new CheckChangesNothing(),
        new ThousandSas(),
        new KilledInTheMiddle(),
        new BehindNat(),
        new RekeyedByVolume(),
        new KilledDaemon(),
        new InnerAddress(),
        new StoppedDaemon(),
        new IkeLifetime(PeerProduct.Mobikex, PeerProduct.StrongSwan, LabProof.SharedKey, isTunnel: true),
        new IkeLifetime(PeerProduct.StrongSwan, PeerProduct.Mobikex, LabProof.SharedKey, isTunnel: true),
        new IkeLifetime(PeerProduct.Mobikex, PeerProduct.StrongSwan, LabProof.Ecdsa, isTunnel: false, moves: false),
        new IkeLifetime(PeerProduct.StrongSwan, PeerProduct.Mobikex, LabProof.Rsa, isTunnel: false, moves: false),
        new IkeLifetime(PeerProduct.Mobikex, PeerProduct.Libreswan, LabProof.SharedKey, isTunnel: true),
        new IkeLifetime(PeerProduct.Libreswan, PeerProduct.Mobikex, LabProof.Rsa, isTunnel: true),
        new IkeBehindNat(PeerProduct.Mobikex, PeerProduct.StrongSwan),
        new IkeBehindNat(PeerProduct.StrongSwan, PeerProduct.Mobikex),
        new IkeBehindNat(PeerProduct.Mobikex, PeerProduct.Mobikex),
        new IkeSecondAddress(PeerProduct.Mobikex, PeerProduct.StrongSwan),
        new IkeSecondAddress(PeerProduct.StrongSwan, PeerProduct.Mobikex),
        new IkeLifetime(PeerProduct.Mobikex, PeerProduct.Mobikex, LabProof.SharedKey, isTunnel: true),
        new IkeAddressActions(),
        new IkeGivenAddress(PeerProduct.Mobikex, PeerProduct.StrongSwan),
        new IkeGivenAddress(PeerProduct.StrongSwan, PeerProduct.Mobikex),
        new IkeLifetime(PeerProduct.Mobikex, PeerProduct.StrongSwan, LabProof.Ecdsa, isTunnel: true, isIPv6: true),
        new IkeLifetime(PeerProduct.Mobikex, PeerProduct.Libreswan, LabProof.SharedKey, isTunnel: false, moves: false),
        new IkeLifetime(PeerProduct.Libreswan, PeerProduct.Mobikex, LabProof.SharedKey, isTunnel: false, moves: false),
        new IkeSecondAddress(PeerProduct.Mobikex, PeerProduct.Mobikex),
    ];

    /// <summary>What runs only where it is named, so that the others end in time: what ours is measured against, under version 2 what those above show under version 1, more algorithms and IPv6, and libreswan that begins behind a NAT.</summary>
    public static IReadOnlyList<Scenario> Further { get; } =
    [
        new IkeLifetime(PeerProduct.StrongSwan, PeerProduct.StrongSwan, LabProof.SharedKey, isTunnel: true),
        new IkeLifetime(PeerProduct.Libreswan, PeerProduct.StrongSwan, LabProof.Rsa, isTunnel: true, moves: false),
        new IkeLifetime(PeerProduct.Mobikex, PeerProduct.Mobikex, LabProof.SharedKey, isTunnel: true, version: 1),
        new IkeAlgorithms(PeerProduct.Mobikex, PeerProduct.StrongSwan),
        new IkeAlgorithms(PeerProduct.StrongSwan, PeerProduct.Mobikex),
        new IkeLifetime(PeerProduct.StrongSwan, PeerProduct.Mobikex, LabProof.Rsa, isTunnel: true, isIPv6: true),
        new IkeBegunBehindNat(PeerProduct.Libreswan, PeerProduct.Mobikex),
    ];

    /// <summary>What can be named, but for what brings the lab down.</summary>
    public static IReadOnlyList<Scenario> Listed { get; } = [.. All, .. Further];

    /// <summary>Scenarios that bring the lab down, each in its way: what is made of that is tested too.</summary>
    public static IReadOnlyList<Scenario> Mishaps { get; } = [new Mishap.Hang(), new Mishap.Death(), new Mishap.Failure(), new Mishap.Panic(), new Mishap.TooLate()];

    /// <summary>The scenarios of some names, all where none is given; null with the first name that there is none of.</summary>
    public static IReadOnlyList<Scenario>? Named(IReadOnlyCollection<string> names, out string? unknown)
    {
        IReadOnlyList<Scenario> known = [.. Listed, .. Mishaps];
        unknown = names.FirstOrDefault(name => known.All(scenario => scenario.Name != name));
        return unknown is not null ? null : names.Count == 0 ? All : [.. known.Where(scenario => names.Contains(scenario.Name))];
    }
}
