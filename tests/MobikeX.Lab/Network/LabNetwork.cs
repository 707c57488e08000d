using System.Diagnostics;
using System.Globalization;

namespace MobikeX.Lab.Network;

/// <summary>A mobile host with three links, one of them behind a NAT router; a gateway with a network behind it; and what lies between.</summary>
/// <remarks>
/// <code>
/// mobile ── link1 192.0.2.0/25, 2001:db8:1::/64 ────────── internet ── 203.0.113.0/24, 2001:db8:f::/64 ── gateway ── 10.1.0.0/16, 2001:db8:b::/64
///   │ ───── link2 198.51.100.0/24, 2001:db8:2::/64 ─────────┤
///   └ ───── home 10.9.0.0/24 ── nat ── 192.0.2.128/25 ──────┘
/// </code>
/// What is not protected would be routed in the clear over the internet, so a capture there sees every leak.
/// </remarks>
internal sealed class LabNetwork : IDisposable
{
    public const string Link1 = "192.0.2.1", Link2 = "198.51.100.7", Home = "10.9.0.2", NatOutside = "192.0.2.129", OtherNatOutside = "192.0.2.130";
    public const string Gateway = "203.0.113.1", SecondGateway = "203.0.113.2";
    public const string InnerMobile = "10.0.0.2", InnerGateway = "10.1.0.1", InnerNetwork = "10.1.0.0/16";
    public const string Link1V6 = "2001:db8:1::1", Link2V6 = "2001:db8:2::7", GatewayV6 = "2001:db8:f::1";
    public const string InnerMobileV6 = "2001:db8:a::2", InnerGatewayV6 = "2001:db8:b::1";

    /// <summary>The UDP ports that the NAT router uses, so that none passes as it was.</summary>
    public const ushort FirstNatPort = 40000, LastNatPort = 40099, FirstOtherNatPort = 40100, LastOtherNatPort = 40199;

    private static readonly string[] Names = ["mobile", "gateway", "internet", "nat"];

    public LabNetwork()
    {
        Clear();
        try
        {
            Build();
        }
        catch
        {
            Clear();
            throw;
        }
    }

    public NetworkNamespace MobileHost { get; } = new(Names[0]);

    public NetworkNamespace GatewayHost { get; } = new(Names[1]);

    public NetworkNamespace Internet { get; } = new(Names[2]);

    public NetworkNamespace Nat { get; } = new(Names[3]);

    /// <summary>Link 1 of the mobile host goes, and its addresses with it, as whoever manages a host's links would see to.</summary>
    public void LoseFirstLink() => Ip(MobileHost, "link set link1 down\naddr flush dev link1");

    /// <summary>The mobile host has no second link; beside the first there is its home, behind the NAT router.</summary>
    public void ReplaceSecondLinkByHome() => Ip(MobileHost, """
        link set link2 down
        addr flush dev link2
        route add default via 10.9.0.1 metric 2
        """);

    /// <summary>The NAT router gets another address. With its old one each mapping goes that was made with it.</summary>
    public void ChangeMapping() => Ip(Nat, $"""
        addr del {NatOutside}/25 dev outside
        addr add {OtherNatOutside}/25 dev outside
        route add default via 192.0.2.254
        """);

    /// <summary>The NAT router, which has its other address, uses other ports from now on, and forgets its mappings.</summary>
    public void ChangePorts()
    {
        Nat.Call("iptables-legacy", ["-t", "nat", "-R", "POSTROUTING", "1", "-o", "outside", .. Masquerade(FirstOtherNatPort, LastOtherNatPort)]);
        Ip(Nat, $"""
            addr del {OtherNatOutside}/25 dev outside
            addr add {OtherNatOutside}/25 dev outside
            route add default via 192.0.2.254
            """);
    }

    /// <summary>The mobile host comes home no more, and has link 1 again.</summary>
    public void ReturnToFirstLink() => Ip(MobileHost, $"""
        link set home down
        addr flush dev home
        link set link1 up
        addr add {Link1}/25 dev link1
        route add default via 192.0.2.126 metric 1
        route add default via 192.0.2.126 table 1
        """);

    /// <summary>The gateway can be reached over the family of an address alone.</summary>
    public void LeaveOneFamily(string address)
    {
        bool isIPv6 = address.Contains(':', StringComparison.Ordinal);
        Command.Run("ip", [isIPv6 ? "-4" : "-6", "-n", GatewayHost.Name, "addr", "flush", "dev", "uplink", "scope", "global"]);
        if (isIPv6)
        {
            // What goes into the tunnel needs a route of its own family; its addresses went with the one that there was.
            Ip(GatewayHost, "route replace default dev uplink");
        }
    }

    /// <summary>The gateway loses the address that the mobile host knows; the second one stays.</summary>
    public void LoseFirstGateway() => Ip(GatewayHost, $"addr del {Gateway}/24 dev uplink");

    /// <summary>The gateway gets an address beside the one that the mobile host knows.</summary>
    public void AddSecondGateway() => GatewayHost.Call("ip", "addr", "add", $"{SecondGateway}/24", "dev", "uplink");

    public void Dispose() => Clear();

    private void Build()
    {
        Ip(string.Join('\n', Names.Select(name => $"netns add {name}")));
        Ip("""
            link add link1 netns mobile type veth peer name link1 netns internet
            link add link2 netns mobile type veth peer name link2 netns internet
            link add home netns mobile type veth peer name home netns nat
            link add outside netns nat type veth peer name nat netns internet
            link add uplink netns gateway type veth peer name gateway netns internet
            """);
        Configure(Internet, """
            addr add 192.0.2.126/25 dev link1
            addr add 2001:db8:1::fe/64 dev link1 nodad
            addr add 198.51.100.254/24 dev link2
            addr add 2001:db8:2::fe/64 dev link2 nodad
            addr add 192.0.2.254/25 dev nat
            addr add 203.0.113.254/24 dev gateway
            addr add 2001:db8:f::fe/64 dev gateway nodad
            link set link1 up
            link set link2 up
            link set nat up
            link set gateway up
            """);
        Configure(Nat, """
            addr add 10.9.0.1/24 dev home
            addr add 192.0.2.129/25 dev outside
            link set home up
            link set outside up
            route add default via 192.0.2.254
            """);
        foreach (string[] kind in (string[][])[Masquerade(FirstNatPort, LastNatPort), ["-j", "MASQUERADE"]])
        {
            Nat.Call("iptables-legacy", ["-t", "nat", "-A", "POSTROUTING", "-o", "outside", .. kind]);
        }

        Configure(GatewayHost, """
            addr add 203.0.113.1/24 dev uplink
            addr add 2001:db8:f::1/64 dev uplink nodad
            addr add 10.1.0.1/32 dev lo
            addr add 2001:db8:b::1/128 dev lo nodad
            link set uplink up
            route add default via 203.0.113.254
            route add ::/0 via 2001:db8:f::fe
            """);
        Configure(MobileHost, """
            addr add 192.0.2.1/25 dev link1
            addr add 2001:db8:1::1/64 dev link1 nodad
            addr add 198.51.100.7/24 dev link2
            addr add 2001:db8:2::7/64 dev link2 nodad
            addr add 10.9.0.2/24 dev home
            addr add 10.0.0.2/32 dev lo
            addr add 2001:db8:a::2/128 dev lo nodad
            link set link1 up
            link set link2 up
            link set home up
            route add default via 192.0.2.126 metric 1
            route add default via 198.51.100.254 metric 2
            route add default via 192.0.2.126 table 1
            route add default via 198.51.100.254 table 2
            route add default via 10.9.0.1 table 3
            rule add from 192.0.2.1 lookup 1
            rule add from 198.51.100.7 lookup 2
            rule add from 10.9.0.2 lookup 3
            route add ::/0 via 2001:db8:1::fe metric 1
            route add ::/0 via 2001:db8:2::fe metric 2
            route add ::/0 via 2001:db8:1::fe table 1
            route add ::/0 via 2001:db8:2::fe table 2
            """);
        Command.Run("ip", ["-6", "-n", MobileHost.Name, "-batch", "-"], """
            rule add from 2001:db8:1::1 lookup 1
            rule add from 2001:db8:2::7 lookup 2

            """);
    }

    /// <summary>Each packet finds its way by its source, whatever came in where.</summary>
    private static void Configure(NetworkNamespace host, string commands)
    {
        host.Run(() =>
        {
            File.WriteAllText("/proc/sys/net/ipv4/conf/all/rp_filter", "0");
            File.WriteAllText("/proc/sys/net/ipv4/conf/default/rp_filter", "0");
            File.WriteAllText("/proc/sys/net/ipv4/conf/all/promote_secondaries", "1");
            File.WriteAllText("/proc/sys/net/ipv4/ip_forward", "1");
            File.WriteAllText("/proc/sys/net/ipv6/conf/all/forwarding", "1");

            // A packet that has a policy waits for its SA, instead of being dropped: an SA that moves is gone for a moment.
            File.WriteAllText("/proc/sys/net/core/xfrm_larval_drop", "0");
        });
        Ip(host, "link set lo up\n" + commands);
    }

    private static string[] Masquerade(ushort first, ushort last) => ["-p", "udp", "-j", "MASQUERADE", "--to-ports", $"{first}-{last}"];

    private static void Ip(NetworkNamespace host, string commands) => Command.Run("ip", ["-n", host.Name, "-batch", "-"], commands + "\n");

    private static string Ip(string commands) => Command.Run("ip", ["-batch", "-"], commands + "\n");

    /// <summary>What a scenario before this one left behind goes first.</summary>
    private static void Clear()
    {
        string[] left = [.. Names.Where(name => File.Exists($"/run/netns/{name}"))];
        if (left.Length == 0)
        {
            return;
        }

        foreach (string process in Ip(string.Join('\n', left.Select(name => $"netns pids {name}"))).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using Process leftOver = Process.GetProcessById(int.Parse(process, CultureInfo.InvariantCulture));
            leftOver.Kill();
        }

        Ip(string.Join('\n', left.Select(name => $"netns delete {name}")));
    }
}
