using MobikeX.Lab.Network;

namespace MobikeX.Lab.Traffic;

/// <summary>A flow from the mobile host to the gateway and one back: between inner addresses in tunnel mode, between the hosts' own in transport mode.</summary>
internal sealed class TwoWayFlow : IDisposable
{
    private const int FirstPort = 7000;

    private static uint _flows;

    private readonly FlowPath _thereAfter;
    private readonly FlowPath _backAfter;
    private readonly UdpFlow _there;
    private readonly UdpFlow _back;

    /// <param name="from">Where the mobile host is at first.</param>
    public TwoWayFlow(LabNetwork network, bool isTunnel, int rate = UdpFlow.PacketsPerSecond, string from = LabNetwork.Link1)
    {
        // Flows may follow each other while the ones before still listen.
        uint first = _flows + 1;
        _flows += 2;
        int portThere = FirstPort + (int)first, portBack = portThere + 1;
        string gateway = isTunnel ? LabNetwork.InnerGateway : LabNetwork.Gateway;
        string before = isTunnel ? LabNetwork.InnerMobile : from, after = isTunnel ? LabNetwork.InnerMobile : LabNetwork.Link2;
        _thereAfter = FlowPath.Of(after, gateway, portThere);
        _backAfter = FlowPath.Of(gateway, after, portBack);
        _there = new UdpFlow(first, rate, network.MobileHost, network.GatewayHost, FlowPath.Of(before, gateway, portThere), _thereAfter);
        _back = new UdpFlow(first + 1, rate, network.GatewayHost, network.MobileHost, FlowPath.Of(gateway, before, portBack), _backAfter);
    }

    public void Start()
    {
        _there.Start();
        _back.Start();
    }

    /// <summary>Waits until so many packets arrived at both ends after now.</summary>
    public void WaitForReceived(int more)
    {
        int there = _there.Received + more;
        _back.WaitForReceived(more);
        _there.WaitForReceived(Math.Max(0, there - _there.Received));
    }

    /// <summary>Makes a change at the mobile host; in transport mode what it sends comes from its new address from then on.</summary>
    public void SwitchMobile(Action change) => Switch(_there, _thereAfter, change);

    /// <summary>Makes a change at the gateway; in transport mode what it sends goes to the new address from then on.</summary>
    public void SwitchGateway(Action change) => Switch(_back, _backAfter, change);

    /// <summary>Sends no more, waits for what is under way, and goes on listening.</summary>
    public void EndSending() => Parallel.Invoke(_there.EndSending, _back.EndSending);

    public (FlowCount There, FlowCount Back) Stop()
    {
        Task<FlowCount> there = Task.Run(_there.Stop);
        FlowCount back = _back.Stop();
        return (there.Result, back);
    }

    /// <summary>Ends both, and keeps the counts among the figures of a run.</summary>
    public (FlowCount There, FlowCount Back) Stop(ScenarioRun run)
    {
        (FlowCount there, FlowCount back) = Stop();
        there.Tell(run, "to the gateway");
        back.Tell(run, "to the mobile host");
        return (there, back);
    }

    public void Dispose()
    {
        _there.Dispose();
        _back.Dispose();
    }

    /// <summary>A flow that keeps its path does not stop for the change: packets are sent all the while.</summary>
    private static void Switch(UdpFlow flow, FlowPath after, Action change)
    {
        if (flow.Path == after)
        {
            change();
        }
        else
        {
            flow.Switch(after, change);
        }
    }
}
