using System.Net;
using System.Net.Sockets;
using MobikeX.Backend.Contract;
using MobikeX.Engine;
using MobikeX.Lab.Network;
using MobikeX.Runtime;
using MobikeX.Xfrm;

namespace MobikeX.Lab.Xfrm;

/// <summary>The backend of the gateway's kernel, to which the mobile host's kernel sends what the contract asks for.</summary>
internal sealed class XfrmBackendUnderTest : IBackendUnderTest, IIpsecBackend, IChildSaInstaller
{
    private const int Port = 7000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly LabNetwork _network;
    private readonly LabEnd _gateway;
    private readonly XfrmClient _mobile;
    private readonly Dictionary<ChildSa, uint> _numbers = [];
    private int? _failAfter;

    public XfrmBackendUnderTest(LabNetwork network)
    {
        LabPair.Flush(network);
        _network = network;
        _gateway = new LabEnd(network.GatewayHost, XfrmEnd.Responder);
        _mobile = network.MobileHost.Run(XfrmClient.Open);
    }

    public IIpsecBackend Backend => this;

    public SaDirectory Directory => _gateway.Backend.Directory;

    public void Install(IkeSa ike) => _gateway.Backend.Add(ike);

    public void Install(ChildSa child)
    {
        _numbers.Add(child, child.Spi - LabPair.InitiatorSpi(0));
        _gateway.Install(ShapeOf(child), child, _numbers[child]);
    }

    public void AllowSelectors(params AddressPrefix[] allowed) => _gateway.Options.AllowedSelectors = allowed;

    public void FailNextChangeAfter(int sas) => _failAfter = sas;

    public void ObserveSteps(Action<ChildSa> observer) => _gateway.Backend.Stepped = observer;

    public bool FitsSpd(ChildSa sa, AddressPlaces place, IpAddress address) => _gateway.Backend.FitsSpd(sa, place, address);

    /// <summary>The kernel refuses the first step for the SA that is to fail; an IKE_SA has no steps, so there it is the first of all.</summary>
    public bool TryApply(in SaChange change, SaSelection targets)
    {
        if (_failAfter is { } after)
        {
            SecurityAssociation failing = targets[Math.Min(after, targets.Count - 1)];
            _gateway.Backend.Stepping = step =>
            {
                if (failing is IkeSa || step.Child == failing)
                {
                    throw new XfrmException(XfrmProblem.Refused, "the contract makes this step fail");
                }
            };
        }

        bool done = _gateway.Backend.TryApply(change, targets);
        _gateway.Backend.Stepping = null;
        _failAfter = null;
        return done;
    }

    public string? LastFailure => _gateway.Backend.LastFailure;

    public bool TryInstall(ChildSa child, ChildSaSetup setup)
    {
        if (_failAfter is not null)
        {
            _gateway.Backend.Stepping = static _ => throw new XfrmException(XfrmProblem.Refused, "the contract makes this step fail");
        }

        bool done = _gateway.Backend.TryInstall(child, setup);
        _gateway.Backend.Stepping = null;
        _failAfter = null;
        return done;
    }

    public bool TryRemove(ChildSa child) => _gateway.Backend.TryRemove(child);

    public ChildSaUsage? UsageOf(ChildSa child) => _gateway.Backend.UsageOf(child);

    public ulong Send(ChildSa child)
    {
        (IPEndPoint from, IPEndPoint to) = child.IsTunnel
            ? (EndPoint(LabNetwork.InnerGateway), EndPoint(LabNetwork.InnerMobile))
            : (EndPoint(child.Responder[0]), EndPoint(child.Initiator[0]));
        using Socket socket = Bind(_network.GatewayHost, from);
        socket.SendTo(new byte[100], to);
        return _gateway.Client.GetState(KernelOf(child).Outbound).Replay.Sent;
    }

    public bool TryReceive(ChildSa child, IpAddress source, ulong sequence)
    {
        IpAddress destination = child.Responder[0];
        IPEndPoint from = child.IsTunnel ? EndPoint(LabNetwork.InnerMobile) : EndPoint(source);
        IPEndPoint to = child.IsTunnel ? EndPoint(LabNetwork.InnerGateway) : EndPoint(destination);
        PrepareMobile(child, source, destination, sequence);
        using Socket receiver = Bind(_network.GatewayHost, to);
        using Socket sender = Bind(_network.MobileHost, from);
        string before = LabPair.Statistics(_network.GatewayHost);
        sender.SendTo(new byte[100], to);

        // The packet is either received, or counted as refused.
        DateTime end = DateTime.UtcNow + Patience;
        while (DateTime.UtcNow < end)
        {
            if (receiver.Poll(TimeSpan.FromMilliseconds(20), SelectMode.SelectRead))
            {
                return true;
            }

            if (LabPair.Statistics(_network.GatewayHost) != before)
            {
                return false;
            }
        }

        throw new TimeoutException($"a packet of {source} was neither received nor refused: {before}; mobile {LabPair.Statistics(_network.MobileHost)}");
    }

    public ulong OctetsOf(ChildSa child)
    {
        KernelChild kernel = KernelOf(child);
        return kernel.Inbound.Append(kernel.Outbound).Aggregate(0UL, (sum, key) => sum + _gateway.Client.GetState(key).Lifetime.Octets);
    }

    public AddressSet CoveredBy(ChildSa child)
    {
        IReadOnlyList<XfrmPolicy> policies = _gateway.Client.ListPolicies();
        AddressSet covered = default;
        foreach (XfrmPolicy policy in policies.Where(static policy => policy is { Direction: XfrmDirection.Out, Selector.Destination.IsHost: true }))
        {
            XfrmSelector selector = policy.Selector;
            bool isOfChild = child.IsTunnel == (selector.Source.Address == LabPair.Remote.Address);
            bool isBothWays = policies.Any(other => other.Direction == XfrmDirection.In && other.Selector.Source == selector.Destination && other.Selector.Destination == selector.Source);
            covered = isOfChild && isBothWays ? covered.With(selector.Destination.Address) : covered;
        }

        return covered;
    }

    public void Dispose()
    {
        _mobile.Dispose();
        _gateway.Dispose();
    }

    private static LabShape ShapeOf(ChildSa child) => new("contract", LabProtection.Gcm, child.IsTunnel);

    private static KernelChild KernelOf(ChildSa child) => (KernelChild)child.BackendState!;

    private static IPEndPoint EndPoint(IpAddress address) => new(address.ToIPAddress(), Port);

    private static IPEndPoint EndPoint(string address) => new(IPAddress.Parse(address), Port);

    private static Socket Bind(NetworkNamespace host, IPEndPoint own) => host.Run(() =>
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(own);
        return socket;
    });

    /// <summary>Gives the mobile host an SA whose next packet comes from an address and has a number.</summary>
    private void PrepareMobile(ChildSa child, IpAddress source, IpAddress destination, ulong sequence)
    {
        LabPair.Flush(_mobile);
        uint number = _numbers[child];
        LabShape shape = ShapeOf(child);
        using XfrmSa fresh = XfrmSa.From(shape.Define(source, destination, LabPair.ResponderSpi(number), number, receives: false));
        _mobile.NewSa(fresh);
        using XfrmSa there = _mobile.GetSa(fresh.Key);
        _mobile.SetReplay(there.Key, there.Replay!.Ahead(sequence - 1));
        XfrmSelector selector = child.IsTunnel
            ? XfrmSelector.Between(new AddressPrefix(LabPair.InnerMobile(1), 32), LabPair.Remote)
            : XfrmSelector.Between(source, destination);
        XfrmMode mode = child.IsTunnel ? XfrmMode.Tunnel : XfrmMode.Transport;
        _mobile.NewPolicy(XfrmPolicy.Create(
            new XfrmPolicyKey(selector, XfrmDirection.Out),
            new XfrmTemplate(XfrmProtocol.Esp, mode, number, child.IsTunnel ? source : default, child.IsTunnel ? destination : default)));
    }
}
