using System.Net.Sockets;
using System.Security.Cryptography;
using MobikeX.Engine;
using MobikeX.Lab.Network;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;
using MobikeX.Xfrm;

namespace MobikeX.Lab.Xfrm;

/// <summary>One end of an IKE_SA: a host with its kernel, a backend for it, and what its engine would know.</summary>
internal sealed class LabEnd : IDisposable
{
    public const string Journal = "/run/mobikex-lab";

    public LabEnd(NetworkNamespace host, XfrmEnd role)
    {
        Host = host;
        Role = role;
        Client = host.Run(XfrmClient.Open);
        Backend = new XfrmBackend(Client, Options);
    }

    public NetworkNamespace Host { get; }

    public XfrmEnd Role { get; }

    public XfrmClient Client { get; }

    public XfrmBackendOptions Options { get; } = new() { JournalFolder = Journal };

    public XfrmBackend Backend { get; }

    public IkeSa Ike { get; private set; } = null!;

    public ChildSa Child { get; private set; } = null!;

    /// <summary>The pair that was installed last, as a set.</summary>
    public SaSelection Targets
    {
        get
        {
            var targets = new SaSelection();
            targets.Add(Child);
            return targets;
        }
    }

    /// <summary>Installs a pair of SAs with their policies, and gives them to the backend.</summary>
    public ChildSa Install(LabShape shape, uint number = 1)
    {
        MakeIke(shape);
        Child = new ChildSa(
            Ike,
            LabPair.InitiatorSpi(number),
            shape.Proto,
            shape.Mode,
            new AddressSet(shape.Here),
            new AddressSet(shape.Gateway),
            shape.IsTunnel ? new AddressSet(LabPair.InnerMobile(number)) : default,
            shape.IsTunnel ? LabPair.Remote : default)
        {
            InitiatorPort = shape.IsInUdp ? (ushort)4500 : (ushort)0,
        };
        return Install(shape, Child, number);
    }

    /// <inheritdoc cref="Install(LabShape, uint)"/>
    public ChildSa Install(LabShape shape, ChildSa child, uint number = 1)
    {
        bool isInitiator = Role == XfrmEnd.Initiator;
        using (XfrmSa there = XfrmSa.From(shape.Define(child.Initiator[0], child.Responder[0], LabPair.ResponderSpi(number), number, receives: !isInitiator)))
        using (XfrmSa back = XfrmSa.From(shape.Define(child.Responder[0], child.Initiator[0], child.Spi, number, receives: isInitiator)))
        {
            Client.NewSa(there);
            Client.NewSa(back);
            XfrmPolicy[] policies = [.. LabPair.Policies(shape, child, Role, number)];
            foreach (XfrmPolicy policy in policies)
            {
                Client.NewPolicy(policy);
            }

            Backend.Adopt(child, new XfrmRegistration { Local = Role, ResponderSpi = LabPair.ResponderSpi(number), Policies = [.. policies.Select(static policy => policy.Key)] });
        }

        return child;
    }

    /// <summary>Has the backend install a pair of SAs as after a key exchange, in the place of another where one is given.</summary>
    public ChildSa Negotiate(LabShape shape, uint number, ChildSa? replaces = null)
    {
        IpAddress inner = LabPair.InnerMobile(1);
        MakeIke(shape);
        Child = new ChildSa(
            Ike, LabPair.InitiatorSpi(number), shape.Proto, shape.Mode, new AddressSet(shape.Here), new AddressSet(shape.Gateway), new AddressSet(inner), LabPair.Remote);
        return Negotiate(number, new TrafficRange(inner, inner), new TrafficRange(LabPair.Remote.Address, LabPair.LastOfRemote), replaces);
    }

    /// <summary>Has the backend install a pair of SAs in transport mode as after a key exchange, for one port of UDP.</summary>
    public ChildSa NegotiateTransport(LabShape shape, uint number, ushort port)
    {
        MakeIke(shape);
        Child = new ChildSa(Ike, LabPair.InitiatorSpi(number), shape.Proto, shape.Mode, new AddressSet(shape.Here), new AddressSet(shape.Gateway));
        return Negotiate(number, Port(shape.Here), Port(shape.Gateway), replaces: null);

        TrafficRange Port(IpAddress host) => new(host, host, (byte)ProtocolType.Udp, port, port);
    }

    /// <summary>All that the kernel has, to compare: what traffic and time change is left out.</summary>
    public string Dump(bool withCounters = true)
    {
        List<string> lines = [];
        foreach (XfrmSa sa in Client.ListSas())
        {
            using (sa)
            using (XfrmSa still = sa.Revised(SaRevision.WithoutTraffic))
            {
                string counters = withCounters ? $" {sa.Replay} {sa.Lifetime} {Convert.ToHexString(sa.Replay!.ToOctets())}" : string.Empty;
                lines.Add($"{sa} {Convert.ToHexString(SHA256.HashData(still.Octets))}{counters}");
            }
        }

        foreach (XfrmPolicy policy in Client.ListPolicies())
        {
            lines.Add($"{policy} {policy.Info.Index} {policy.Priority} {policy.Blocks} {string.Join(' ', policy.Templates)}");
        }

        lines.Sort(StringComparer.Ordinal);
        return string.Join('\n', lines);
    }

    private ChildSa Negotiate(uint number, TrafficRange mobile, TrafficRange gateway, ChildSa? replaces)
    {
        bool isInitiator = Role == XfrmEnd.Initiator;
        uint responderSpi = LabPair.ResponderSpi(number);
        using var setup = new ChildSaSetup
        {
            IsInitiator = isInitiator,
            ResponderSpi = responderSpi,
            Encryption = EncryptionAlgorithm.AesCbc,
            Integrity = IntegrityAlgorithm.HmacSha256,
            Outbound = KeysOf(isInitiator ? responderSpi : Child.Spi),
            Inbound = KeysOf(isInitiator ? Child.Spi : responderSpi),
            Local = [isInitiator ? mobile : gateway],
            Remote = [isInitiator ? gateway : mobile],
            ExtendedSequenceNumbers = true,
            Replaces = replaces,
            SendsOnReplaced = replaces is not null && !isInitiator,
        };
        Assert.True(Backend.TryInstall(Child, setup), $"{Role}: {Backend.LastFailure}");
        return Child;
    }

    private static ChildSaKeys KeysOf(uint spi) => new(LabShape.Key(spi, 16), LabShape.Key(spi + 7, 32));

    private void MakeIke(LabShape shape)
    {
        if (Ike is null)
        {
            Ike = new IkeSa(0xa1, "mn@example.org", "psk", new AddressSet(shape.Here), new AddressSet(shape.Gateway));
            Backend.Add(Ike);
        }
    }

    public void Dispose()
    {
        Backend.Dispose();
        Client.Dispose();
    }
}
