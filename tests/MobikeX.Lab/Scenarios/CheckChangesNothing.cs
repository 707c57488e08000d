using MobikeX.Engine;
using MobikeX.Lab.Network;
using MobikeX.Lab.Peers;
using MobikeX.Lab.Traffic;
using MobikeX.Lab.Xfrm;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;
using MobikeX.Xfrm;

namespace MobikeX.Lab.Scenarios;

/// <summary>Everything can be asked beforehand: what would be done, and what would be refused. The kernels stay as they are to the octet.</summary>
internal sealed class CheckChangesNothing() : Scenario("check-changes-nothing", "a CHECK, taken or refused, leaves the SAD and the SPD of both ends equal to the byte")
{
    private const int Packets = 100;

    public override void Run(ScenarioRun run)
    {
        using var network = new LabNetwork();
        using var pair = new LabPair(network);
        pair.Install(new LabShape("tunnel", LabProtection.Gcm, IsTunnel: true));
        pair.Install(new LabShape("transport", LabProtection.CbcHmac, IsTunnel: false, IsEsn: true), number: 2);
        using var peers = new TalkingPair(pair);
        using (var flows = new TwoWayFlow(network, isTunnel: true))
        {
            flows.Start();
            flows.WaitForReceived(Packets);
            flows.Stop();
        }

        byte[] mobile = Dump(pair.Mobile.Client), gateway = Dump(pair.Gateway.Client);
        run.Figure("mobile host: dump", mobile.Length, "octets");
        run.Figure("gateway: dump", gateway.Length, "octets");
        IpAddress here = TalkingPair.Link1, there = TalkingPair.Link2, nowhere = IpAddress.Parse("198.51.100.200");
        AssertTaken(peers.Update(here, new ActionCommand { Check = true, Old = here, Address = there }));
        AssertTaken(peers.Update(there, new ActionCommand { Check = true }));
        AssertTaken(peers.Add(here, new ActionCommand { Check = true, Address = there }));
        AssertAnswered(NotifyType.ClosingSa, peers.Remove(here, new ActionCommand { Check = true, Address = here }));
        AssertAnswered(NotifyType.UnacceptableAddress, peers.Update(here, new ActionCommand { Check = true, Old = here, Address = TalkingPair.Refused }));
        AssertAnswered(NotifyType.UnmatchedSelectorSet, peers.Update(here, new ActionCommand { Check = true, Old = nowhere, Address = there }));
        Assert.Equal(mobile, Dump(pair.Mobile.Client));
        Assert.Equal(gateway, Dump(pair.Gateway.Client));

        // A dump that tells nothing apart would prove nothing.
        TalkingPair.AssertDone(peers.Update(there));
        Assert.NotEqual(mobile, Dump(pair.Mobile.Client));
        Assert.NotEqual(gateway, Dump(pair.Gateway.Client));
    }

    private static void AssertTaken(IReadOnlyList<EngineEvent> told) => Assert.Contains(told, each => each is ActionAccepted { Check: true });

    private static void AssertAnswered(NotifyType answer, IReadOnlyList<EngineEvent> told) =>
        Assert.Contains(told, each => each is ActionAnswered answered && answered.Answer == answer);

    /// <summary>All that the kernel tells, in its own form and order, counters and times included.</summary>
    private static byte[] Dump(XfrmClient client)
    {
        List<byte> octets = [];
        foreach (XfrmSa sa in client.ListSas())
        {
            using (sa)
            {
                octets.AddRange(sa.Octets);
            }
        }

        foreach (XfrmPolicy policy in client.ListPolicies())
        {
            octets.AddRange(policy.Octets);
        }

        return [.. octets];
    }
}
