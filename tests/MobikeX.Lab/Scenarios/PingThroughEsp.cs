using MobikeX.Lab.Network;

namespace MobikeX.Lab.Scenarios;

/// <summary>The lab itself: SAs that <c>ip xfrm</c> sets up carry a ping, in each direction and by each family.</summary>
internal sealed class PingThroughEsp() : Scenario("ping-through-esp", "the lab's kernel and network carry ESP that ip xfrm sets up")
{
    private const int Pings = 5;

    public override void Run(ScenarioRun run)
    {
        using var network = new LabNetwork();
        InstallTunnel(network.MobileHost, outFirst: true);
        InstallTunnel(network.GatewayHost, outFirst: false);
        run.Note(Ping(network, LabNetwork.InnerMobile, LabNetwork.InnerGateway));
        Ping(network, LabNetwork.Link2, LabNetwork.Gateway);
        Ping(network, LabNetwork.Home, LabNetwork.Gateway);
        Ping(network, LabNetwork.Link2V6, LabNetwork.GatewayV6);
        string states = network.GatewayHost.Call("ip", "-s", "xfrm", "state");
        Assert.Equal(2, states.Split($"{Pings}(packets)").Length - 1);
    }

    private static string Ping(LabNetwork network, string source, string destination)
    {
        string printed = network.MobileHost.Call("ping", "-c", $"{Pings}", "-i", "0.05", "-W", "2", "-I", source, destination);
        Assert.Contains($"{Pings} received", printed, StringComparison.Ordinal);
        return printed.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
    }

    private static void InstallTunnel(NetworkNamespace host, bool outFirst)
    {
        string @out = outFirst ? "out" : "in", @in = outFirst ? "in" : "out";
        const string there = $"src {LabNetwork.Link1} dst {LabNetwork.Gateway}", back = $"src {LabNetwork.Gateway} dst {LabNetwork.Link1}";
        Command.Run("ip", ["-n", host.Name, "-batch", "-"], $"""
            xfrm state add {there} proto esp spi 0x1001 reqid 1 mode tunnel aead rfc4106(gcm(aes)) 0x0102030405060708090a0b0c0d0e0f1011121314 128
            xfrm state add {back} proto esp spi 0x1002 reqid 1 mode tunnel aead rfc4106(gcm(aes)) 0x1102030405060708090a0b0c0d0e0f1011121314 128
            xfrm policy add src {LabNetwork.InnerMobile}/32 dst {LabNetwork.InnerNetwork} dir {@out} tmpl {there} proto esp reqid 1 mode tunnel
            xfrm policy add src {LabNetwork.InnerNetwork} dst {LabNetwork.InnerMobile}/32 dir {@in} tmpl {back} proto esp reqid 1 mode tunnel

            """);
    }
}
