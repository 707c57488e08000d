using MobikeX.Lab.Ike;
using MobikeX.Lab.Network;

namespace MobikeX.Lab.Scenarios;

/// <summary>The life of an IKE_SA between two daemons: set up from one end, rekeyed from both, moved when link 1 is lost, rekeyed again, deleted from each end.</summary>
/// <param name="mobile">At the mobile host, which begins.</param>
/// <param name="isIPv6">Whether the hosts are at addresses of IPv6; the tunnel is of IPv4 either way.</param>
/// <param name="moves">Whether link 1 is lost.</param>
/// <param name="version">The version of MOBIKE that ours have alone, and then nothing is rekeyed; null for the highest that both have.</param>
internal sealed class IkeLifetime(PeerProduct mobile, PeerProduct gateway, LabProof proof, bool isTunnel, bool moves = true, int? version = null, bool isIPv6 = false)
    : Scenario(
        $"ike-{mobile.Word()}-{gateway.Word()}-{(isTunnel ? "tunnel" : "transport")}{(version is null ? "" : $"-version-{version}")}{(isIPv6 ? "-ipv6" : "")}",
        $"{mobile} with {gateway}: {proof}, {(isTunnel ? "tunnel" : "transport")} mode; {(version is null ? "rekeying from both ends" : $"version {version} alone")}{(moves ? ", the loss of link 1" : "")}, Delete{(isIPv6 ? ", over IPv6" : "")}")
{
    public override TimeSpan Patience => TimeSpan.FromSeconds(300);

    public override void Run(ScenarioRun run)
    {
        using var network = new LabNetwork();
        using LabCertificates? certificates = LabCertificates.For(proof);
        var connection = new LabConnection(certificates, isTunnel);
        connection = version is null ? connection : connection with { Versions = $"[{version}]" };

        // Ours are asked for a COOKIE when they begin anew.
        connection = connection with { WantsCookie = mobile == PeerProduct.Mobikex && gateway == PeerProduct.StrongSwan && !isTunnel };
        using IkeStage stage = isIPv6
            ? IkeStage.Between(
                run,
                network,
                connection,
                (mobile, LabIkeEnd.Mobile(network, LabNetwork.Link1V6, LabNetwork.Link2V6)),
                (gateway, LabIkeEnd.Gateway(network, LabNetwork.GatewayV6)),
                LabPlace.Link1V6)
            : IkeStage.Between(run, network, connection, mobile, gateway);
        stage.Begin();
        // libreswan knows nothing of MOBIKE any more once the IKE_SA is rekeyed.
        if (version is null && (!moves || (mobile != PeerProduct.Libreswan && gateway != PeerProduct.Libreswan)))
        {
            stage.RekeyAll();
        }

        if (moves)
        {
            stage.LoseFirstLink();
            stage.AssertTraffic();
        }

        if (moves && version is null)
        {
            stage.RekeyAll();
        }

        if (mobile == PeerProduct.Mobikex)
        {
            if (connection.WantsCookie)
            {
                stage.LeaveHalfOpen();
            }

            // Our daemon begins a connection anew that it was told to keep, until it is told not to.
            stage.Replace(stage.Gateway.Terminate);
        }
        else
        {
            stage.Gateway.Terminate();
            stage.AwaitNone();
            stage.Mobile.Initiate();
            stage.AwaitSas();
        }

        stage.Mobile.Terminate();
        stage.AwaitNone();
        stage.Finish();
    }
}
