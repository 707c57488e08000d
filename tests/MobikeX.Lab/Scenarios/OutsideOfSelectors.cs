using System.Net;
using System.Net.Sockets;
using MobikeX.Lab.Network;
using MobikeX.Lab.Xfrm;
using MobikeX.Runtime;
using MobikeX.Xfrm;

namespace MobikeX.Lab.Scenarios;

/// <summary>A peer with the keys sends over an SA in transport mode what it was not agreed on for (RFC 4301 section 5.2).</summary>
internal sealed class OutsideOfSelectors() : Scenario(
    "transport-selectors", "what a peer sends to another port over an SA in transport mode than was agreed on is dropped")
{
    private const ushort Agreed = 7000, Other = 7001;
    private const int Packets = 5;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);

    public override void Run(ScenarioRun run)
    {
        using var network = new LabNetwork();
        using var pair = new LabPair(network);
        var shape = new LabShape("transport for one port", LabProtection.CbcHmac, IsTunnel: false, IsEsn: true);
        pair.Mobile.NegotiateTransport(shape, 1, Agreed);
        pair.Gateway.NegotiateTransport(shape, 1, Agreed);
        pair.Ping(shape);
        SendOverTheSa(pair.Mobile, shape.Here, shape.Gateway);
        long refused = Refused(network.GatewayHost);
        using Socket mobile = Open(network.MobileHost, shape.Here), gateway = Open(network.GatewayHost, shape.Gateway);
        ulong sent = LabPair.Sent(pair.Mobile);
        for (int i = 0; i < Packets; i++)
        {
            mobile.SendTo(new byte[100], gateway.LocalEndPoint!);
        }

        Assert.False(gateway.Poll(Quiet, SelectMode.SelectRead), $"a packet to another port came out of the SA; {LabPair.Statistics(network.GatewayHost)}");
        Assert.Equal(sent + Packets, LabPair.Sent(pair.Mobile));
        Assert.Equal(refused + Packets, Refused(network.GatewayHost));
        pair.Ping(shape);
        run.Figure("packets to another port dropped", Packets, "packets");
    }

    /// <summary>The peer, whose policies are its own, sends to the other port over the SA as well.</summary>
    private static void SendOverTheSa(LabEnd end, IpAddress from, IpAddress to)
    {
        using XfrmSa outbound = end.Client.GetSa(((KernelChild)end.Child.BackendState!).Outbound);
        XfrmSelector selector = XfrmSelector.Between(from, to) with { Protocol = (byte)ProtocolType.Udp, DestinationPort = new XfrmPort(Other, ushort.MaxValue) };
        end.Client.NewPolicy(XfrmPolicy.Create(
            new XfrmPolicyKey(selector, XfrmDirection.Out), new XfrmTemplate(XfrmProtocol.Esp, XfrmMode.Transport, outbound.RequestId)));
    }

    private static Socket Open(NetworkNamespace host, IpAddress own) => host.Run(() =>
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(own.ToIPAddress(), Other));
        return socket;
    });

    /// <summary>How many packets the kernel refused since they are not for the SA that they came over.</summary>
    private static long Refused(NetworkNamespace host) => XfrmStatistics.Read(host)["XfrmInStateMismatch"];
}
