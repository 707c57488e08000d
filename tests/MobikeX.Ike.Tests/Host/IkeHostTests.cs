using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MobikeX.Ike.Authentication;
using MobikeX.Ike.Tests.Authentication;
using MobikeX.Runtime;

namespace MobikeX.Ike.Tests;

/// <summary>Two hosts with real sockets, on the loopback network.</summary>
public sealed class IkeHostTests
{
    private const string Mobile = Loopback.Mobile;
    private const string Gateway = Loopback.Gateway;

    private static IkeConnectionOptions ToGateway => TestConnections.Initiator() with { RemoteAddresses = [IpAddress.Parse(Gateway)] };

    [Fact]
    public void Two_hosts_set_up_an_IKE_SA_and_delete_it_when_one_stops()
    {
        (ushort Ike, ushort Nat) ports = Loopback.FreePorts();
        using var gateway = new LoopbackHost(TestConnections.Responder(), ports, Gateway);
        using var mobile = new LoopbackHost(ToGateway, ports, Mobile);
        mobile.Initiate("road");
        mobile.Await<ChildEstablished>();
        gateway.Await<ChildEstablished>();
        mobile.Stop();
        gateway.Await<SaEnded>();
        Assert.Equal(0, gateway.Ask(static (endpoint, _) => endpoint.Peers.Count));
    }

    [Fact]
    public void Two_hosts_prove_who_they_are_by_certificates()
    {
        using X509Certificate2 authority = Certificates.Authority();
        using var anchors = new TrustAnchors([X509CertificateLoader.LoadCertificate(authority.RawData)]);
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);
        using var mobileOwn = new OwnCertificate(Certificates.Issue(authority, ecdsa));
        using var gatewayOwn = new OwnCertificate(Certificates.Issue(authority, rsa));
        (LoopbackHost gateway, LoopbackHost mobile) = PairWith(gatewayOwn, mobileOwn, anchors);
        using LoopbackHost first = gateway, second = mobile;
        mobile.Initiate("road");
        Assert.Equal("peer.example.net", mobile.Await<SaEstablished>().Peer);
        Assert.Equal("peer@example.net", gateway.Await<SaEstablished>().Peer);
    }

    [Fact]
    public void A_certificate_of_an_authority_that_is_not_trusted_proves_nothing()
    {
        using X509Certificate2 authority = Certificates.Authority();
        using X509Certificate2 other = Certificates.Authority("O=Example, CN=Other");
        using var trusted = new TrustAnchors([X509CertificateLoader.LoadCertificate(authority.RawData)]);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var own = new OwnCertificate(Certificates.Issue(authority, key));
        using var forged = new OwnCertificate(Certificates.Issue(other, key));
        (LoopbackHost gateway, LoopbackHost mobile) = PairWith(own, forged, trusted);
        using LoopbackHost first = gateway, second = mobile;
        mobile.Initiate("road");
        Assert.Equal("AUTHENTICATION_FAILED", mobile.Await<SaEnded>().Reason);
        Assert.Equal(0, gateway.Ask(static (endpoint, _) => endpoint.Peers.Count(peer => peer.IsEstablished)));
    }

    [Fact]
    public void A_CHILD_SA_that_has_carried_what_it_may_is_rekeyed()
    {
        (ushort Ike, ushort Nat) ports = Loopback.FreePorts();
        using var gateway = new LoopbackHost(TestConnections.Responder(), ports, Gateway);
        using var mobile = new LoopbackHost(ToGateway, ports, Mobile);
        mobile.Initiate("road");
        uint spi = mobile.Await<ChildEstablished>().LocalSpi32;
        gateway.Await<ChildEstablished>();
        mobile.Expiries.Expire(new SaExpiry(Protocol.IpsecProto.Esp, IpAddress.Parse(Mobile), spi, IsHard: false));
        Assert.Equal(spi, mobile.Await<ChildRekeyed>().FormerSpi);
        mobile.Expiries.Miss("some were missed");
        Assert.Equal("some were missed", mobile.AwaitFault());
    }

    [Fact]
    public void That_addresses_may_have_been_missed_is_told()
    {
        using var mobile = new LoopbackHost(ToGateway, Loopback.FreePorts(), Mobile);
        mobile.Addresses.Miss("the kernel does not tell");
        Assert.Equal("the kernel does not tell", mobile.AwaitFault());
    }

    [Fact]
    public void A_command_begins_at_the_time_it_is_given()
    {
        using var host = new LoopbackHost(TestConnections.Responder(), Loopback.FreePorts(), Gateway);
        Assert.True(host.Ask(static (endpoint, now) => endpoint.Now == now));
    }

    [Fact]
    public void In_UDP_for_a_NAT_the_messages_carry_the_marker()
    {
        (ushort Ike, ushort Nat) ports = Loopback.FreePorts();
        using var gateway = new LoopbackHost(TestConnections.Responder(), ports, Gateway);
        using var mobile = new LoopbackHost(ToGateway with { ForceUdpEncapsulation = true }, ports, Mobile);
        mobile.Initiate("road");
        mobile.Await<ChildEstablished>();
        gateway.Await<ChildEstablished>();
        Assert.Equal(4500, mobile.Ask(static (endpoint, _) => Assert.Single(endpoint.Peers).Path.SourcePort));
        mobile.Stop();
        gateway.Await<SaEnded>();
    }

    [Fact]
    public void Octets_of_no_message_do_no_harm()
    {
        (ushort Ike, ushort Nat) ports = Loopback.FreePorts();
        using var gateway = new LoopbackHost(TestConnections.Responder(), ports, Gateway);
        using var mobile = new LoopbackHost(ToGateway, ports, Mobile);
        using var stranger = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        foreach (ushort port in (ushort[])[ports.Ike, ports.Nat])
        {
            foreach (byte[] octets in (byte[][])[[], [0xff], [0, 0, 0, 0], [0, 0, 0, 1, 2, 3], new byte[28], new byte[2000]])
            {
                stranger.Send(octets, new IPEndPoint(IPAddress.Parse(Gateway), port));
            }
        }

        mobile.Initiate("road");
        gateway.Await<ChildEstablished>();
    }

    [Fact]
    public void Sockets_follow_the_addresses_and_what_cannot_be_sent_is_told()
    {
        (ushort Ike, ushort Nat) ports = Loopback.FreePorts();
        using var mobile = new LoopbackHost(ToGateway, ports, Mobile);
        using var gateway = new LoopbackHost(TestConnections.Responder(), ports);
        gateway.Addresses.Give(Gateway);
        mobile.Initiate("road");
        gateway.Await<ChildEstablished>();
        mobile.Await<ChildEstablished>();
        mobile.Addresses.Give();
        mobile.Ask(static (endpoint, now) =>
        {
            endpoint.ShutDown(now);
            return true;
        });
        Assert.Contains("not one of this host", mobile.AwaitFault(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_that_another_has_is_told()
    {
        (ushort Ike, ushort Nat) ports = Loopback.FreePorts();
        using var first = new LoopbackHost(TestConnections.Responder(), ports, Gateway);
        SocketException fault = Assert.Throws<SocketException>(() => new LoopbackHost(TestConnections.Responder(), ports, Gateway).Dispose());
        Assert.Equal(SocketError.AddressAlreadyInUse, fault.SocketErrorCode);
    }

    /// <summary>The two hosts, with certificates that name both.</summary>
    private static (LoopbackHost Gateway, LoopbackHost Mobile) PairWith(OwnCertificate gateway, OwnCertificate mobile, TrustAnchors anchors)
    {
        const string GatewayName = "peer.example.net", MobileName = "peer@example.net";
        (ushort Ike, ushort Nat) ports = Loopback.FreePorts();
        return (
            new LoopbackHost(TestConnections.Responder() with { LocalIdentity = GatewayName, RemoteIdentity = MobileName, LocalCredential = gateway, RemoteCredential = anchors }, ports, Gateway),
            new LoopbackHost(ToGateway with { LocalIdentity = MobileName, RemoteIdentity = GatewayName, LocalCredential = mobile, RemoteCredential = anchors }, ports, Mobile));
    }
}
