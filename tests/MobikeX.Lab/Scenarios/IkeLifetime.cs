using MobikeX.Lab.Ike;
using MobikeX.Lab.Network;

namespace MobikeX.Lab.Scenarios;

/// <summary>The life of an IKE_SA between two daemons: set up from one end, rekeyed from both, moved when link 1 is lost, rekeyed again, deleted.</summary>
/// <param name="mobile">At the mobile host, which begins unless the gateway is to.</param>
/// <param name="moves">Whether link 1 is lost.</param>
internal sealed class IkeLifetime(PeerProduct mobile, PeerProduct gateway, LabProof proof, bool isTunnel, bool fromMobile = true, bool moves = true)
    : Scenario(
        $"ike-{Word(mobile)}-{Word(gateway)}-{(isTunnel ? "tunnel" : "transport")}{(fromMobile ? "" : "-from-the-gateway")}",
        $"{mobile} with {gateway}: {proof}, {(isTunnel ? "tunnel" : "transport")} mode; rekeying {(moves ? "before and after the loss of link 1" : "from both ends")}, Delete")
{
    public override TimeSpan Patience => TimeSpan.FromSeconds(300);

    public override void Run(ScenarioRun run)
    {
        using var network = new LabNetwork();
        using LabCertificates? certificates = proof == LabProof.SharedKey ? null : new LabCertificates(proof == LabProof.Ecdsa ? LabKeyKind.EcdsaP256 : LabKeyKind.Rsa2048);
        var connection = new LabConnection(certificates, isTunnel);
        using IkeStage stage = IkeStage.Between(run, network, connection, mobile, gateway);
        stage.Begin(fromMobile);
        stage.RekeyAll(LabNetwork.Link1);
        if (moves)
        {
            stage.LoseFirstLink();
            stage.AssertTraffic();
            stage.RekeyAll(LabNetwork.Link2);
        }


        // Our daemon begins a connection anew that it was told to keep.
        (mobile == PeerProduct.Mobikex ? stage.Mobile : stage.Gateway).Terminate();
        stage.AwaitNone();
        stage.Finish();
    }

    private static string Word(PeerProduct product) => product.ToString().ToLowerInvariant();
}
