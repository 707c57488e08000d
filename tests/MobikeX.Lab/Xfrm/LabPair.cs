using System.Net;
using System.Net.Sockets;
using MobikeX.Engine;
using MobikeX.Lab.Network;
using MobikeX.Runtime;
using MobikeX.Xfrm;

namespace MobikeX.Lab.Xfrm;

/// <summary>The mobile host and the gateway with SAs between them, each with its backend.</summary>
internal sealed class LabPair : IDisposable
{
    private const int Port = 7000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly LabNetwork _network;
    private readonly List<Socket> _sockets = [];

    public LabPair(LabNetwork network)
    {
        _network = network;
        Flush(network);
        Mobile = new LabEnd(network.MobileHost, XfrmEnd.Initiator);
        Gateway = new LabEnd(network.GatewayHost, XfrmEnd.Responder);
    }

    public static AddressPrefix Remote { get; } = new(IpAddress.Parse("10.1.0.0"), 16);

    public static IpAddress LastOfRemote { get; } = IpAddress.Parse("10.1.255.255");

    public LabEnd Mobile { get; }

    public LabEnd Gateway { get; }

    public static uint InitiatorSpi(uint number) => 0xc1000000 + number;

    public static uint ResponderSpi(uint number) => 0xc2000000 + number;

    public static IpAddress InnerMobile(uint number) => IpAddress.Parse(number == 1 ? LabNetwork.InnerMobile : $"10.8.{number / 250}.{number % 250}");

    public static void Flush(LabNetwork network)
    {
        foreach (NetworkNamespace host in (NetworkNamespace[])[network.MobileHost, network.GatewayHost])
        {
            using XfrmClient client = host.Run(XfrmClient.Open);
            Flush(client);
        }
    }

    /// <summary>Deletes all SAs and policies of a host.</summary>
    public static void Flush(XfrmClient client)
    {
        foreach (XfrmSa sa in client.ListSas())
        {
            using (sa)
            {
                client.DeleteSa(sa.Key).Dispose();
            }
        }

        foreach (XfrmPolicy policy in client.ListPolicies())
        {
            client.DeletePolicy(policy.Key);
        }
    }

    /// <summary>The policies of one end.</summary>
    public static IEnumerable<XfrmPolicy> Policies(LabShape shape, ChildSa child, XfrmEnd role, uint requestId)
    {
        XfrmMode mode = shape.IsTunnel ? XfrmMode.Tunnel : XfrmMode.Transport;
        XfrmProtocol protocol = shape.Protection == LabProtection.Ah ? XfrmProtocol.Ah : XfrmProtocol.Esp;
        XfrmSelectorSide initiator = XfrmSelectorSide.Host(shape.IsTunnel ? child.Inner[0] : child.Initiator[0]);
        XfrmSelectorSide responder = shape.IsTunnel ? new XfrmSelectorSide(child.Remote.Address, child.Remote.Length) : XfrmSelectorSide.Host(child.Responder[0]);
        ushort family = initiator.Address.IsIPv6 ? (ushort)10 : (ushort)2;
        var there = new XfrmSelector { Source = initiator, Destination = responder, Family = family };
        var back = new XfrmSelector { Source = responder, Destination = initiator, Family = family };
        IpAddress from = shape.IsTunnel ? child.Initiator[0] : default, to = shape.IsTunnel ? child.Responder[0] : default;
        var thereBy = new XfrmTemplate(protocol, mode, requestId, from, to);
        var backBy = new XfrmTemplate(protocol, mode, requestId, to, from);
        bool isInitiator = role == XfrmEnd.Initiator;
        const uint priority = 1000;
        yield return XfrmPolicy.Create(new XfrmPolicyKey(there, isInitiator ? XfrmDirection.Out : XfrmDirection.In), thereBy, priority);
        yield return XfrmPolicy.Create(new XfrmPolicyKey(back, isInitiator ? XfrmDirection.In : XfrmDirection.Out), backBy, priority);
        if (shape.IsTunnel)
        {
            yield return XfrmPolicy.Create(new XfrmPolicyKey(isInitiator ? back : there, XfrmDirection.Forward), isInitiator ? backBy : thereBy, priority);
        }
    }

    /// <summary>Installs the SAs at both ends; where they are in UDP, with the sockets that take the packets.</summary>
    public void Install(LabShape shape, uint number = 1)
    {
        Mobile.Install(shape, number);
        Gateway.Install(shape, number);
        if (shape.IsInUdp)
        {
            OpenEncapsulation();
        }
    }

    /// <summary>Opens the sockets that take ESP in UDP at both ends.</summary>
    public void OpenEncapsulation()
    {
        foreach (LabEnd end in (LabEnd[])[Mobile, Gateway])
        {
            _sockets.Add(end.Host.Run(static () =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
                socket.Bind(new IPEndPoint(IPAddress.Any, 4500));
                IkeSocketPolicies.Prepare(socket, takesEsp: true);
                return socket;
            }));
        }
    }

    /// <summary>Makes a change at both ends, as two engines do when an UPDATE is answered.</summary>
    public void Apply(SaChange change) => Each(end => end.Backend.TryApply(change, end.Targets));

    /// <summary>Uses another of the mobile host's addresses at both ends.</summary>
    public void Use(IpAddress address) => Each(end => end.Backend.TryUse(address, end.Targets));

    private void Each(Func<LabEnd, bool> change)
    {
        foreach (LabEnd end in (LabEnd[])[Mobile, Gateway])
        {
            Assert.True(change(end), $"{end.Role}: {end.Backend.LastFailure}");
        }
    }

    /// <summary>Sends packets to the gateway and back, and finds that each went through the SAs.</summary>
    public void Ping(LabShape shape, IpAddress? from = null)
    {
        const int pings = 3;
        ulong sent = Sent(Mobile), back = Sent(Gateway);
        IpAddress source = from ?? (shape.IsTunnel ? Mobile.Child.Inner[0] : Mobile.Child.Initiator[0]);
        IpAddress destination = shape.IsTunnel ? IpAddress.Parse(LabNetwork.InnerGateway) : Gateway.Child.Responder[0];
        using Socket mobile = Bind(_network.MobileHost, source), gateway = Bind(_network.GatewayHost, destination);
        for (int i = 0; i < pings; i++)
        {
            Pass(mobile, gateway);
            Pass(gateway, mobile);
        }

        Assert.Equal(sent + pings, Sent(Mobile));
        Assert.Equal(back + pings, Sent(Gateway));
    }

    private static Socket Bind(NetworkNamespace host, IpAddress own) => host.Run(() =>
    {
        var socket = new Socket(own.IsIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(own.ToIPAddress(), Port));
        return socket;
    });

    private void Pass(Socket from, Socket to)
    {
        from.SendTo(new byte[100], to.LocalEndPoint!);
        bool came = to.Poll(Patience, SelectMode.SelectRead);
        Assert.True(came, came ? null : $"""
            nothing came from {from.LocalEndPoint} to {to.LocalEndPoint}
            {Mobile.Dump()}

            {Gateway.Dump()}
            mobile: {Statistics(_network.MobileHost)}; gateway: {Statistics(_network.GatewayHost)}
            """);
        EndPoint sender = from.LocalEndPoint!;
        to.ReceiveFrom(new byte[200], ref sender);
        Assert.Equal(from.LocalEndPoint, sender);
    }

    public static ulong Sent(LabEnd end) => end.Client.GetState(((KernelChild)end.Child.BackendState!).Outbound).Replay.Sent;

    /// <summary>What the kernel counted that is not zero.</summary>
    public static string Statistics(NetworkNamespace host) => string.Join(
        ' ',
        host.Run(static () => File.ReadAllLines("/proc/thread-self/net/xfrm_stat"))
            .Select(static line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Where(static parts => parts[1] != "0")
            .Select(static parts => $"{parts[0]}={parts[1]}"));

    public void Dispose()
    {
        _sockets.ForEach(static socket => socket.Dispose());
        Mobile.Dispose();
        Gateway.Dispose();
    }
}
