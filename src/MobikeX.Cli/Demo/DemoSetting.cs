using MobikeX.Cli.Scenarios;
using MobikeX.Engine;
using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Cli.Demo;

/// <summary>Who takes part in the demo: a phone with three networks, a gateway, and the SAs between them.</summary>
internal static class DemoSetting
{
    public static readonly IpAddress WiFi = IpAddress.Parse("192.0.2.1");
    public static readonly IpAddress Mobile = IpAddress.Parse("198.51.100.7");
    public static readonly IpAddress Cable = IpAddress.Parse("198.51.100.20");
    public static readonly IpAddress Foreign = IpAddress.Parse("10.9.9.9");
    public static readonly IpAddress Gateway = IpAddress.Parse("203.0.113.1");

    /// <summary>The SPI of the CHILD_SA that moves alone.</summary>
    public const uint Tunnel = 0xc1000001;

    private const uint Transport = 0xc1000002;
    private const ulong IkeSpi = 0xa1;

    public static IReadOnlyList<(PeerRole Peer, string Name, IpAddress Address)> Interfaces { get; } =
    [
        (PeerRole.Initiator, "Wi-Fi", WiFi),
        (PeerRole.Initiator, "mobile", Mobile),
        (PeerRole.Initiator, "cable", Cable),
        (PeerRole.Responder, "uplink", Gateway),
    ];

    public static Scenario Scenario { get; } = new(
        Path: string.Empty,
        Title: "demo",
        new ScenarioPeer("mn@example.org", "psk", WiFi),
        new ScenarioPeer("gw@example.org", "psk", Gateway),
        Version: null,
        [new ScenarioIkeSa("ike1", IkeSpi, [WiFi], [Gateway], "mn@example.org", "psk")],
        [
            Child("c1", Tunnel, IpsecProto.Esp, IpsecMode.Tunnel, [IpAddress.Parse("10.0.0.2")], new AddressPrefix(IpAddress.Parse("10.1.0.0"), 16)),
            Child("c2", Transport, IpsecProto.Ah, IpsecMode.Transport, [], default),
        ],
        new ScenarioPolicy([new AddressPrefix(WiFi, 24), new AddressPrefix(Mobile, 24)], Spd: null),
        Steps: []);

    private static ScenarioChildSa Child(string name, uint spi, IpsecProto protocol, IpsecMode mode, IReadOnlyList<IpAddress> inner, AddressPrefix remote) =>
        new(name, "ike1", spi, protocol.Name()!, mode.Name()!, [WiFi], [Gateway], inner, remote);
}
