using MobikeX.Lab.Ike;
using MobikeX.Lab.Network;

namespace MobikeX.Lab.Scenarios;

/// <summary>Every algorithm that the other scenarios do not take, with every way to prove who one is, in both modes: set up, rekeyed, deleted, one combination after the other.</summary>
internal sealed class IkeAlgorithms(PeerProduct mobile, PeerProduct gateway)
    : Scenario(
        $"ike-{mobile.Word()}-{gateway.Word()}-algorithms",
        $"{mobile} with {gateway}: AES-CBC and AES-GCM, PRFs, groups 14, 20 and 31, each with traffic, rekeying of both SAs and Delete; a COOKIE where ours want one; IKE in fragments")
{
    private const int SmallFragments = 576;

    private static readonly Combination[] Combinations =
    [
        new("aes256-sha256-prfsha384-modp2048", "aes256-sha256-modp2048", LabProof.SharedKey, IsTunnel: false),
        new("aes128-sha256-prfsha512-ecp384", "aes128-sha256-ecp384", LabProof.Ecdsa, IsTunnel: true),
        new("aes128gcm16-prfsha512-x25519", "aes128gcm16-x25519", LabProof.Rsa, IsTunnel: true),
    ];

    public override TimeSpan Patience => TimeSpan.FromSeconds(300);

    public override void Run(ScenarioRun run)
    {
        using var network = new LabNetwork();
        foreach (Combination each in Combinations)
        {
            try
            {
                Run(run.Part(each.Ike), network, each);
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"{each.Ike} with {each.Child}", fault);
            }
        }

        run.Figure("combinations", Combinations.Length, "combinations");
    }

    private void Run(ScenarioRun run, LabNetwork network, Combination combination)
    {
        using LabCertificates? certificates = LabCertificates.For(combination.Proof);
        var connection = new LabConnection(certificates, combination.IsTunnel)
        {
            IkeAlgorithms = combination.Ike,
            ChildAlgorithms = combination.Child,
            WantsCookie = gateway == PeerProduct.Mobikex,
            FragmentSize = certificates is null ? LabConnection.UsualFragmentSize : SmallFragments,
        };
        using IkeStage stage = IkeStage.Between(run, network, connection, mobile, gateway);
        stage.Begin();
        stage.Replace(stage.Mobile.RekeyChild);
        stage.Gateway.RekeyIke();
        stage.Replace(stage.Gateway.RekeyChild);
        stage.AssertTraffic();
        stage.Mobile.Terminate();
        stage.AwaitNone();
        stage.Finish();
    }

    /// <param name="Ike">The algorithms of the IKE_SA.</param>
    /// <param name="Child">Those of the CHILD_SA.</param>
    private sealed record Combination(string Ike, string Child, LabProof Proof, bool IsTunnel);
}
