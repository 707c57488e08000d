using System.Text;
using MobikeX.Ike.Authentication;
using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Ike.Tests;

/// <summary>Connections of two peers with a key that both know.</summary>
internal static class TestConnections
{
    public const string InitiatorAddress = "192.0.2.1";

    public const string ResponderAddress = "198.51.100.2";

    public static IkeConnectionOptions Initiator(string key = "a secret") => Options("mn@example.org", "gw@example.org", key) with
    {
        RemoteAddresses = [IpAddress.Parse(ResponderAddress)],
        Children = [Child("10.0.0.2/32", "10.1.0.0/16")],
    };

    public static IkeConnectionOptions Responder(string key = "a secret") => Options("gw@example.org", "mn@example.org", key) with
    {
        Children = [Child("10.1.0.0/16", "10.0.0.2/32")],
    };

    public static ChildOptions Child(string local, string remote) => new() { Name = "net", Local = [Selector(local)], Remote = [Selector(remote)] };

    public static (TestNetwork Network, TestHost Initiator, TestHost Responder) Pair(
        IkeConnectionOptions? initiator = null, IkeConnectionOptions? responder = null, int seed = 1, Func<IkeOptions, IkeOptions>? options = null)
    {
        options ??= static same => same;
        TestNetwork network = new(seed);
        return (
            network,
            new TestHost(network, options(new IkeOptions { Connections = [initiator ?? Initiator()] }), InitiatorAddress),
            new TestHost(network, options(new IkeOptions { Connections = [responder ?? Responder()] }), ResponderAddress));
    }

    /// <summary>Two hosts with an IKE_SA between them.</summary>
    public static (TestNetwork Network, TestHost Initiator, TestHost Responder) Connected(
        Func<IkeConnectionOptions, IkeConnectionOptions>? initiator = null, Func<IkeConnectionOptions, IkeConnectionOptions>? responder = null, int seed = 1)
    {
        var pair = Pair(initiator?.Invoke(Initiator()), responder?.Invoke(Responder()), seed);
        pair.Initiator.Initiate("road");
        pair.Network.Run(1);
        Assert.True(pair.Initiator.Peer.IsEstablished);
        Assert.True(pair.Responder.Peer.IsEstablished);
        return pair;
    }

    /// <summary>Two hosts with an IKE_SA between them and a version of MOBIKE.</summary>
    public static (TestNetwork Network, TestHost Initiator, TestHost Responder) Mobile(MobikeVersion version) => Mobile(new MobilityOptions { Versions = [version] });

    /// <summary>Two hosts with an IKE_SA between them and MOBIKE as it is configured: at both alike, where the Responder has nothing of its own.</summary>
    public static (TestNetwork Network, TestHost Initiator, TestHost Responder) Mobile(MobilityOptions initiator, MobilityOptions? responder = null) =>
        Connected(options => options with { Mobility = initiator }, options => options with { Mobility = responder ?? initiator });

    public static ChildProposal ChildProposal(string text) =>
        Ike.ChildProposal.TryParse(text, out ChildProposal? proposal, out string? fault) ? proposal : throw new ArgumentException(fault);

    public static IkeProposal Proposal(string text) =>
        IkeProposal.TryParse(text, out IkeProposal? proposal, out string? fault) ? proposal : throw new ArgumentException(fault);

    private static IkeConnectionOptions Options(string local, string remote, string key) => new()
    {
        Name = "road",
        LocalIdentity = local,
        RemoteIdentity = remote,
        LocalCredential = new PresharedKey(Encoding.UTF8.GetBytes(key)),
        RemoteCredential = new PresharedKey(Encoding.UTF8.GetBytes(key)),
    };

    private static SelectorTemplate Selector(string text) =>
        SelectorTemplate.TryParse(text, out SelectorTemplate? selector, out string? fault) ? selector : throw new ArgumentException(fault);
}
