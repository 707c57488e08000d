using System.Security.Cryptography;
using MobikeX.Cli.Scenarios;
using MobikeX.Engine;
using MobikeX.Ike;
using MobikeX.Ike.Authentication;
using MobikeX.Runtime;

namespace MobikeX.Cli.Demo;

/// <summary>Who takes part in the demo: a phone with three networks, a gateway, and the SAs that are to be between them.</summary>
internal static class DemoSetting
{
    public const string Connection = "demo";
    public const string IkeSa = "ike1";
    public const string Tunnel = "c1";
    public const string Transport = "c2";

    private const string Algorithms = "aes256gcm16-prfsha256-x25519";
    private const string InnerHost = "10.0.0.2/32";
    private const string InnerNetwork = "10.1.0.0/16";

    public static readonly IpAddress WiFi = IpAddress.Parse("192.0.2.1");
    public static readonly IpAddress Mobile = IpAddress.Parse("198.51.100.7");
    public static readonly IpAddress Cable = IpAddress.Parse("198.51.100.20");
    public static readonly IpAddress Foreign = IpAddress.Parse("10.9.9.9");
    public static readonly IpAddress Gateway = IpAddress.Parse("203.0.113.1");

    public static IReadOnlyList<(PeerRole Peer, string Name, IpAddress Address)> Interfaces { get; } =
    [
        (PeerRole.Initiator, "Wi-Fi", WiFi),
        (PeerRole.Initiator, "mobile", Mobile),
        (PeerRole.Initiator, "cable", Cable),
        (PeerRole.Responder, "uplink", Gateway),
    ];

    /// <summary>What both peers are configured with. Their pre-shared key is made now, and known to them alone.</summary>
    /// <param name="keyLog">Takes the keys of the IKE_SAs at one of the ends; null where they stay secret.</param>
    public static (IkeOptions Initiator, IkeOptions Responder) Configure(Action<string>? keyLog)
    {
        byte[] key = RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);
        IkeConnectionOptions initiator = Peer(PeerRole.Initiator, key) with
        {
            LocalAddresses = Addresses(PeerRole.Initiator),
            RemoteAddresses = Addresses(PeerRole.Responder),
            Children = [Child(Tunnel, InnerHost, InnerNetwork), Between(Transport)],
        };
        IkeConnectionOptions responder = Peer(PeerRole.Responder, key) with
        {
            LocalAddresses = Addresses(PeerRole.Responder),
            Children = [Child(Tunnel, InnerNetwork, InnerHost), Between(Transport)],
        };
        AddressPrefix[] taken = [new(WiFi, 24), new(Mobile, 24)];
        responder = responder with { Mobility = responder.Mobility with { AcceptsAddress = address => taken.Any(prefix => prefix.Contains(address)) } };
        CryptographicOperations.ZeroMemory(key);
        return (Options(initiator) with { KeyLog = keyLog }, Options(responder));
    }

    public static string Identity(PeerRole role) => role == PeerRole.Initiator ? "mn@example.org" : "gw@example.org";

    public static IpAddress[] Addresses(PeerRole role) => [.. Interfaces.Where(each => each.Peer == role).Select(each => each.Address)];

    /// <summary>Loopback answers in microseconds: a request that stays without an answer so long is lost, and the demo says so.</summary>
    private static IkeOptions Options(IkeConnectionOptions connection) => new() { Connections = [connection], RetransmitTries = 3 };

    // The demo is over before anything would be rekeyed or asked for a sign, and says itself what addresses it offers.
    private static IkeConnectionOptions Peer(PeerRole role, byte[] key) => new()
    {
        Name = Connection,
        LocalIdentity = Identity(role),
        RemoteIdentity = Identity(role == PeerRole.Initiator ? PeerRole.Responder : PeerRole.Initiator),
        LocalCredential = new PresharedKey(key),
        RemoteCredential = new PresharedKey(key),
        Proposals = [Read<IkeProposal>(IkeProposal.TryParse, Algorithms)],
        LivenessInterval = TimeSpan.Zero,
        RekeyTime = TimeSpan.Zero,
        Mobility = new MobilityOptions { OffersAddresses = false, ReturnRoutability = ReturnRoutability.None },
    };

    private static ChildOptions Child(string name, string local, string remote) => new()
    {
        Name = name,
        Local = [Read<SelectorTemplate>(SelectorTemplate.TryParse, local)],
        Remote = [Read<SelectorTemplate>(SelectorTemplate.TryParse, remote)],
        Proposals = [Read<ChildProposal>(ChildProposal.TryParse, "aes256gcm16")],
        RekeyTime = TimeSpan.Zero,
    };

    /// <summary>AH in transport mode, between the hosts themselves.</summary>
    private static ChildOptions Between(string name) => new()
    {
        Name = name,
        Local = [SelectorTemplate.Dynamic],
        Remote = [SelectorTemplate.Dynamic],
        Transport = true,
        Proposals = [Read<ChildProposal>(ChildProposal.TryParse, "sha256")],
        RekeyTime = TimeSpan.Zero,
    };

    private delegate bool Reader<T>(string? text, out T value, out string fault);

    private static T Read<T>(Reader<T> read, string text) => read(text, out T value, out string fault) ? value : throw new FormatException(fault);
}
