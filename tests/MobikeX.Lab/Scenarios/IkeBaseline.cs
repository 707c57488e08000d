using MobikeX.Lab.Ike;
using MobikeX.Lab.Network;

namespace MobikeX.Lab.Scenarios;

/// <summary>Two daemons that others wrote, with each other: what ours is measured against, and proof that the lab carries IKE.</summary>
internal static class IkeBaseline
{
    internal sealed class StrongSwan() : Scenario("ike-baseline-strongswan", "strongSwan with strongSwan: a shared key, the loss of link 1, rekeying, Delete")
    {
        public override void Run(ScenarioRun run)
        {
            using var network = new LabNetwork();
            var connection = new LabConnection(null, IsTunnel: true);
            LabIkeEnd mobile = LabIkeEnd.Mobile(network), gateway = LabIkeEnd.Gateway(network);
            using var stage = new IkeStage(
                run,
                network,
                new StrongSwanPeer(connection, mobile, gateway, run.FileNamed("mobile.log")) { IsMobile = true },
                new StrongSwanPeer(connection, gateway, mobile, run.FileNamed("gateway.log")),
                connection.IsTunnel);
            stage.Begin(fromMobile: true);
            stage.LoseFirstLink();
            stage.AssertTraffic();
            stage.Replace(stage.Mobile.RekeyChild, LabNetwork.Link2);
            stage.Mobile.RekeyIke();
            stage.AssertTraffic();
            stage.Gateway.Terminate();
            stage.AwaitNone();
            stage.Finish();
        }
    }

    internal sealed class Libreswan() : Scenario("ike-baseline-libreswan", "libreswan with strongSwan: certificates, rekeying, Delete")
    {
        public override void Run(ScenarioRun run)
        {
            using var network = new LabNetwork();
            using var certificates = new LabCertificates(LabKeyKind.Rsa2048);
            var connection = new LabConnection(certificates, IsTunnel: true);
            LabIkeEnd mobile = LabIkeEnd.Mobile(network), gateway = LabIkeEnd.Gateway(network);
            using var stage = new IkeStage(
                run,
                network,
                new LibreswanPeer(connection, mobile, gateway, run.FileNamed("mobile.log")),
                new StrongSwanPeer(connection, gateway, mobile, run.FileNamed("gateway.log")),
                connection.IsTunnel);
            stage.Begin(fromMobile: true);
            stage.Replace(stage.Mobile.RekeyChild, LabNetwork.Link1);
            stage.AssertTraffic();
            stage.Mobile.Terminate();
            stage.AwaitNone();
            stage.Finish();
        }
    }
}
