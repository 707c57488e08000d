using MobikeX.Engine;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Ike.Tests;

/// <summary>First requests that are refused are told, each with its reason.</summary>
public sealed class RequestRefusedTests
{
    private static readonly PacketAddresses ToResponder = new(
        IpAddress.Parse(TestConnections.InitiatorAddress), 500, IpAddress.Parse(TestConnections.ResponderAddress), 500);

    [Fact]
    public void One_that_cannot_be_read() => AssertTold(RequestRefusal.Malformed, change: static request => request[30] = 0xff);

    [Fact]
    public void One_without_a_nonce() => AssertTold(RequestRefusal.Malformed, change: static request => request[16] = (byte)PayloadType.VendorId);

    [Fact]
    public void One_of_another_major_version() => AssertTold(RequestRefusal.MajorVersion, change: static request => request[17] = 0x30);

    [Fact]
    public void One_without_algorithms_that_a_connection_takes() => AssertTold(
        RequestRefusal.NoProposalChosen, TestConnections.Responder() with { Proposals = [TestConnections.Proposal("aes256-sha256-modp2048")] });

    [Fact]
    public void One_of_another_group() => AssertTold(
        RequestRefusal.KeyExchange, TestConnections.Responder() with { Proposals = [TestConnections.Proposal("aes256gcm16-prfsha384-ecp384")] });

    [Fact]
    public void One_that_is_to_come_again_with_a_cookie() => AssertTold(RequestRefusal.Cookie, options: static same => same with { CookieThreshold = 0 });

    [Fact]
    public void One_above_the_limit_of_what_is_half_open() => AssertTold(RequestRefusal.HalfOpenLimit, options: static same => same with { HalfOpenLimit = 0 });

    [Fact]
    public void One_that_is_taken_is_told_by_none()
    {
        var (_, _, responder) = TestConnections.Connected();
        Assert.False(responder.Has<RequestRefused>());
    }

    private static void AssertTold(
        RequestRefusal refusal, IkeConnectionOptions? connection = null, Func<IkeOptions, IkeOptions>? options = null, Action<byte[]>? change = null)
    {
        var (network, initiator, _) = TestConnections.Pair(
            TestConnections.Initiator() with { Proposals = [TestConnections.Proposal("aes256gcm16-prfsha384-x25519"), TestConnections.Proposal("aes256gcm16-prfsha384-ecp384")] });
        initiator.Initiate("road");
        byte[] request = network.Sent[0].Octets;
        change?.Invoke(request);
        var (_, _, responder) = TestConnections.Pair(responder: connection, options: options);
        responder.Do((endpoint, now) => endpoint.HandleDatagram(request, ToResponder, now));
        RequestRefused told = Assert.Single(responder.Events.OfType<RequestRefused>());
        Assert.Equal((refusal, ToResponder), (told.Refusal, told.Packet));
        Assert.Empty(responder.Endpoint.Peers);
    }
}
