using MobikeX.Engine;
using MobikeX.Runtime;

namespace MobikeX.Ike.Tests;

/// <summary>CREATE_CHILD_SA that rekeys a CHILD_SA (RFC 7296, 1.3.3, 2.8 and 2.25).</summary>
public class RekeyChildTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Either_end_puts_a_new_CHILD_SA_in_the_place_of_the_old_one(bool byInitiator)
    {
        var (network, initiator, responder) = TestConnections.Connected();
        TestHost begins = byInitiator ? initiator : responder;
        TestHost answers = byInitiator ? responder : initiator;
        IkeChild old = begins.Peer.Children[0];

        Assert.True(begins.Do(peer => peer.RekeyChild(old.LocalSpi)));
        network.Run(1);

        ChildAssert.Agree(initiator, responder, 1);
        Assert.NotEqual(old.LocalSpi, begins.Peer.Children[0].LocalSpi);
        Assert.Equal(old.Selectors, begins.Peer.Children[0].Selectors);
        Assert.True(old.Sa.IsClosed);
        Assert.Equal(old.LocalSpi, Assert.Single(begins.Events.OfType<ChildRekeyed>()).FormerSpi);
        Assert.Single(answers.Events.OfType<ChildRekeyed>());
        Assert.Same(old.Sa, begins.Installer.Installations[begins.Peer.Children[0].Sa].Replaces);
        Assert.False(begins.Installer.Installations[begins.Peer.Children[0].Sa].SendsOnReplaced);
        Assert.True(answers.Installer.Installations[answers.Peer.Children[0].Sa].SendsOnReplaced);
    }

    [Fact]
    public void One_whose_rekey_is_under_way_is_not_rekeyed_once_more()
    {
        var (_, initiator, _) = TestConnections.Connected();
        uint spi = initiator.Peer.Children[0].LocalSpi;

        Assert.True(initiator.Do(peer => peer.RekeyChild(spi)));
        Assert.False(initiator.Do(peer => peer.RekeyChild(spi)));
    }

    [Fact]
    public void With_a_key_exchange_of_its_own_it_is_rekeyed_too()
    {
        static IkeConnectionOptions WithGroup(IkeConnectionOptions options) =>
            options with { Children = [options.Children[0] with { Proposals = [TestConnections.ChildProposal("aes256-sha256-ecp384")] }] };
        var (network, initiator, responder) = TestConnections.Connected(WithGroup, WithGroup);

        initiator.Do(peer => peer.RekeyChild(peer.Children[0].LocalSpi));
        network.Run(1);

        ChildAssert.Agree(initiator, responder, 1);
        Assert.Equal("aes256-sha256-ecp384-esn", initiator.Peer.Children[0].Suite.ToString());
    }

    [Fact]
    public void Of_two_rekeys_that_cross_one_is_left()
    {
        for (int run = 0; run < 8; run++)
        {
            var (network, initiator, responder) = TestConnections.Connected(seed: run);

            initiator.Do(peer => peer.RekeyChild(peer.Children[0].LocalSpi));
            responder.Do(peer => peer.RekeyChild(peer.Children[0].LocalSpi));
            network.Run(1);

            ChildAssert.Agree(initiator, responder, 1);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Where_messages_are_lost_and_late_one_is_left_as_well(int seed)
    {
        var (network, initiator, responder) = TestConnections.Connected(seed: seed);
        network.Loss = 0.25;
        network.Duplication = 0.2;
        network.Jitter = TimeSpan.FromSeconds(2);

        for (int run = 0; run < 5; run++)
        {
            initiator.Do(peer => peer.RekeyChild(peer.Children[0].LocalSpi));
            responder.Do(peer => peer.RekeyChild(peer.Children[0].LocalSpi));
            network.Run(90);
            ChildAssert.Agree(initiator, responder, 1);
        }
    }

    [Fact]
    public void One_that_the_peer_deletes_at_the_same_time_is_gone()
    {
        var (network, initiator, responder) = TestConnections.Connected();

        initiator.Do(peer => peer.RekeyChild(peer.Children[0].LocalSpi));
        responder.Do(peer => peer.DeleteChild(peer.Children[0].LocalSpi));
        network.Run(10);

        ChildAssert.Agree(initiator, responder, 0);
        Assert.Contains(responder.Events.OfType<MessageSent>(), sent => sent.Payloads.Names.Contains("N(TEMPORARY_FAILURE)"));
    }

    [Fact]
    public void One_that_the_peer_does_not_know_is_made_anew()
    {
        var (network, initiator, responder) = TestConnections.Connected();
        uint old = initiator.Peer.Children[0].LocalSpi;
        responder.Peer.Remove(responder.Peer.Children[0]);
        responder.Drain();

        initiator.Do(peer => peer.RekeyChild(old));
        network.Run(1);

        ChildAssert.Agree(initiator, responder, 1);
        Assert.NotEqual(old, initiator.Peer.Children[0].LocalSpi);
        Assert.Single(responder.Events.OfType<MessageSent>(), sent => sent.Payloads.Names.Contains("N(CHILD_SA_NOT_FOUND)"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void One_whose_successor_an_end_cannot_install_stays_as_it_was(bool atInitiator)
    {
        var (network, initiator, responder) = TestConnections.Connected();
        IkeChild old = initiator.Peer.Children[0];
        (atInitiator ? initiator : responder).Backend.FailNext();

        initiator.Do(peer => peer.RekeyChild(old.LocalSpi));
        network.Run(1);

        ChildAssert.Agree(initiator, responder, 1);
        Assert.Same(old, initiator.Peer.Children[0]);
        Assert.True(initiator.Do(peer => peer.RekeyChild(old.LocalSpi)));
        network.Run(1);
        ChildAssert.Agree(initiator, responder, 1);
        Assert.NotSame(old, initiator.Peer.Children[0]);
    }

    [Fact]
    public void One_whose_rekey_the_peer_takes_back_is_rekeyed_by_either_end_afterwards()
    {
        var (network, initiator, responder) = TestConnections.Connected();
        IkeChild kept = responder.Peer.Children[0];
        initiator.Backend.FailNext();
        initiator.Do(peer => peer.RekeyChild(peer.Children[0].LocalSpi));
        network.Run(1);
        Assert.Same(kept, Assert.Single(responder.Peer.Children));
        Assert.False(kept.RekeyTimer!.IsStopped);

        responder.Do(peer => peer.RekeyChild(kept.LocalSpi));
        network.Run(1);

        ChildAssert.Agree(initiator, responder, 1);
        Assert.NotSame(kept, responder.Peer.Children[0]);
    }

    [Fact]
    public void One_that_is_refused_is_told_by_its_SPI()
    {
        var (network, initiator, responder) = TestConnections.Connected();
        uint spi = initiator.Peer.Children[0].LocalSpi;
        responder.Backend.FailNext();

        initiator.Do(peer => peer.RekeyChild(spi));
        network.Run(1);

        Assert.Equal(spi, Assert.Single(initiator.Events.OfType<ChildFailed>()).FormerSpi);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void In_transport_mode_it_keeps_every_address_that_was_added(bool byInitiator)
    {
        IpAddress first = IpAddress.Parse(TestConnections.InitiatorAddress), second = IpAddress.Parse("203.0.113.7");
        Func<IkeConnectionOptions, IkeConnectionOptions> transport = static options =>
            options with { Children = [new ChildOptions { Name = "net", Local = [SelectorTemplate.Dynamic], Remote = [SelectorTemplate.Dynamic], Transport = true }] };
        var (network, initiator, responder) = TestConnections.Connected(transport, transport);
        initiator.Gain(second);
        network.Run(1);
        initiator.Do((_, now) => initiator.Peer.Add(new ActionCommand { Address = second, Places = AddressPlaces.Header }, now));
        network.Run(1);

        (byInitiator ? initiator : responder).Do(static peer => peer.RekeyChild(peer.Children[0].LocalSpi));
        network.Run(1);

        ChildAssert.Agree(initiator, responder, 1);
        IkeChild child = initiator.Peer.Children[0], other = responder.Peer.Children[0];
        Assert.Equal(AddressSet.Of(first, second), child.Sa.Initiator);
        Assert.Equal([first, second], initiator.Installer.Installations[child.Sa].Local.Select(static range => range.First));
        Assert.Equal([first, second], responder.Installer.Installations[other.Sa].Remote.Select(static range => range.First));
    }

    [Fact]
    public void It_is_rekeyed_in_time()
    {
        static IkeConnectionOptions Often(IkeConnectionOptions options) =>
            options with { Children = [options.Children[0] with { RekeyTime = TimeSpan.FromMinutes(1), LifeTime = TimeSpan.FromMinutes(2) }] };
        var (network, initiator, responder) = TestConnections.Connected(Often, Often);

        network.Run(600);

        ChildAssert.Agree(initiator, responder, 1);
        Assert.InRange(initiator.Events.OfType<ChildRekeyed>().Count(), 10, 22);
    }

    [Fact]
    public void One_that_is_not_rekeyed_ends_when_its_lifetime_is_over()
    {
        var (network, initiator, responder) = TestConnections.Connected(
            options => options with { Children = [options.Children[0] with { RekeyTime = TimeSpan.Zero, LifeTime = TimeSpan.FromMinutes(2) }] });

        network.Run(118);
        ChildAssert.Agree(initiator, responder, 1);
        network.Run(4);
        ChildAssert.Agree(initiator, responder, 0);
    }

    [Fact]
    public void A_lower_nonce_is_the_one_that_is_less_octet_by_octet()
    {
        Assert.Equal<byte>([1, 2], RekeyNonces.Lower([1, 2], [1, 3]));
        Assert.Equal<byte>([1], RekeyNonces.Lower([1, 0], [1]));
        Assert.Equal<byte>([0x7f], RekeyNonces.Lower([0x80], [0x7f]));
    }
}
