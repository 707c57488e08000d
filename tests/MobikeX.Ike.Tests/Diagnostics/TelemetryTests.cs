using System.Diagnostics;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Tests.Diagnostics;

/// <summary>What is counted, and by which words.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public void A_stranger_chooses_no_word_of_a_tag()
    {
        string name = new('x', 3000);
        var (network, initiator, responder) = TestConnections.Pair(TestConnections.Initiator() with { LocalIdentity = name });
        initiator.Initiate("road");
        network.Run(1);
        Assert.Equal(EndCause.NotAuthenticated, Assert.Single(responder.Events.OfType<SaEnded>()).Cause);
        using Measurements measured = Of(responder);
        Assert.Equal(1, measured.Sums["mobikex.ike.failures reason=not_authenticated"]);
        Assert.DoesNotContain(measured.Sums.Keys, key => key.Contains("xxx", StringComparison.Ordinal));
        Assert.DoesNotContain("mobikex.ike.sas", measured.Sums.Keys);
    }

    [Fact]
    public void An_IKE_SA_that_fails_after_it_was_set_up_is_counted()
    {
        var (network, initiator, _) = TestConnections.Connected();
        network.Passes = static _ => false;
        network.Run(300);
        Assert.Equal(EndCause.NoResponse, Assert.Single(initiator.Events.OfType<SaEnded>()).Cause);
        using Measurements measured = Of(initiator);
        Assert.Equal(1, measured.Sums["mobikex.ike.failures reason=no_response"]);
        Assert.Equal(0, measured.Sums["mobikex.ike.sas"]);
    }

    [Fact]
    public void An_end_in_good_order_is_no_failure()
    {
        var (network, initiator, responder) = TestConnections.Connected();
        initiator.Do(static (endpoint, now) => endpoint.ShutDown(now));
        network.Run(1);
        foreach (TestHost host in (TestHost[])[initiator, responder])
        {
            using Measurements measured = Of(host);
            Assert.DoesNotContain(measured.Sums.Keys, static key => key.StartsWith("mobikex.ike.failures", StringComparison.Ordinal));
            Assert.Equal(0, measured.Sums["mobikex.ike.sas"]);
            Assert.Equal(0, measured.Sums["mobikex.ike.child_sas"]);
        }
    }

    [Fact]
    public void What_is_refused_and_what_comes_again_is_counted()
    {
        var (network, initiator, responder) = TestConnections.Pair(options: static same => same with { CookieThreshold = 0 });
        initiator.Initiate("road");
        network.Run(1);
        OutgoingDatagram request = network.Sent.Last(datagram => datagram.Packet == initiator.Peer.Path);
        Forgery.Bring(responder, request.Packet, request.Octets);
        using Measurements measured = Of(responder);
        Assert.Equal(1, measured.Sums["mobikex.ike.refused_requests reason=cookie"]);
        Assert.Equal(1, measured.Sums["mobikex.ike.repeated_requests"]);
    }

    [Fact]
    public void Each_exchange_that_is_answered_is_measured_once_through_a_rekeying()
    {
        var (network, initiator, _) = TestConnections.Connected();
        Assert.True(initiator.Do(static peer => peer.RekeyIke()));
        network.Run(1);
        Assert.True(initiator.Do(static peer => peer.CreateChild("net")));
        network.Run(1);
        using Measurements measured = Of(initiator);
        Assert.Equal(2, measured.Sums["mobikex.ike.exchange.duration exchange=CREATE_CHILD_SA"]);
        Assert.Equal(1, measured.Sums["mobikex.ike.exchange.duration exchange=INFORMATIONAL"]);
        Assert.Equal(1, measured.Sums["mobikex.ike.sas"]);
    }

    [Fact]
    public void A_Delete_of_an_old_IKE_SA_that_is_never_answered_ends_its_activity()
    {
        List<Activity> ended = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == IkeTelemetry.Name,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = ended.Add,
        };
        ActivitySource.AddActivityListener(listener);
        var (network, initiator, _) = TestConnections.Connected();
        ulong old = initiator.Peer.LocalSpi;
        Assert.True(initiator.Do(static peer => peer.RekeyIke()));
        network.Passes = datagram => !IsOf(datagram, old, ExchangeType.Informational);
        network.Run(20);
        initiator.Do(static (endpoint, now) => endpoint.EndAll(EndCause.Deleted, "over", now));
        using Measurements measured = Of(initiator);
        Activity lost = Assert.Single(ended, static activity => activity.Status == ActivityStatusCode.Error);
        Assert.Equal(("INFORMATIONAL", $"{old:x16}"), (lost.OperationName, lost.GetTagItem("mobikex.spi")));
    }

    private static bool IsOf(OutgoingDatagram datagram, ulong spi, ExchangeType exchange) =>
        MessageReader.TryReadHeader(datagram.Octets, out IkeHeader header, out _) && header.InitiatorSpi == spi && header.ExchangeType == exchange;

    private static Measurements Of(TestHost host)
    {
        Measurements measured = new();
        measured.Take(host);
        return measured;
    }
}
