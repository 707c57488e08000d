using MobikeX.Engine;
using MobikeX.Protocol;
using static MobikeX.Ike.Tests.Moves;

namespace MobikeX.Ike.Tests;

/// <summary>What MOBIKE-X adds, by command, over real IKE_SAs.</summary>
public sealed class MobikeXActionTests
{
    [Fact(DisplayName = "Draft 6.8: a CHILD_SA whose last address is removed is closed, and forgotten at both ends")]
    public void ForgetsWhatIsClosed()
    {
        var (network, initiator, responder) = TestConnections.Mobile(MobikeVersion.MobikeX);

        initiator.Do((_, now) => initiator.Peer.Remove(new ActionCommand { Address = Link1, Places = AddressPlaces.Header }, now));
        network.Run(1);

        foreach (TestHost host in (TestHost[])[initiator, responder])
        {
            Assert.Empty(host.Peer.ChildSas);
            Assert.Single(host.Events.OfType<ChildEnded>());
        }
    }

    [Fact(DisplayName = "Draft 7.4, 7.6: CHECK, ADD and REMOVE by command, over a sealed exchange")]
    public void ActsByCommand()
    {
        var (network, initiator, responder) = TestConnections.Mobile(MobikeVersion.MobikeX);
        ChildSa own = Assert.Single(initiator.Peer.ChildSas), other = Assert.Single(responder.Peer.ChildSas);
        AddLink2(network, initiator);

        Act(peer => peer.Add(new ActionCommand { Address = Link2, Places = AddressPlaces.Header, Check = true }, network.Now));
        Assert.Equal(AddressSet.Of(Link1), other.Initiator);

        Act(peer => peer.Add(new ActionCommand { Address = Link2, Places = AddressPlaces.Header }, network.Now));
        Assert.Equal(AddressSet.Of(Link1, Link2), other.Initiator);
        Assert.Equal(AddressSet.Of(Link1, Link2), own.Initiator);

        Act(peer => peer.Remove(new ActionCommand { Address = Link1, Places = AddressPlaces.Header }, network.Now));
        Assert.Equal(AddressSet.Of(Link2), other.Initiator);
        Assert.Equal(AddressSet.Of(Link2), own.Initiator);

        void Act(Func<IkePeer, ushort?> action)
        {
            ushort? identifier = null;
            initiator.Do((_, _) => identifier = action(initiator.Peer));
            network.Run(1);
            Assert.Contains(initiator.Events.OfType<EngineTold>(), told => told.Event is ActionAccepted accepted && accepted.Identifier == identifier);
        }
    }

    [Fact(DisplayName = "Draft 7.4: an UPDATE of some SAs leaves the IKE_SA where it is, though the Responder asks for a COOKIE2 at the new address")]
    public void MovesSomeSas()
    {
        var (network, initiator, responder) = TestConnections.Mobile(MobikeVersion.MobikeX);
        AddLink2(network, initiator);
        var command = new ActionCommand { Address = Link2, Selectors = [new SaSelector { Mode = IpsecMode.Tunnel }] };

        initiator.Do((_, now) => initiator.Peer.Update(command, now));
        network.Run(5);

        Assert.Contains(new ReturnRoutabilityConfirmed(Link2), responder.Events.OfType<EngineTold>().Select(static told => told.Event));
        foreach (TestHost host in (TestHost[])[initiator, responder])
        {
            Assert.Equal(AddressSet.Of(Link2), Assert.Single(host.Peer.ChildSas).Initiator);
            Assert.Equal(AddressSet.Of(Link1), host.Peer.Sa!.Initiator);
        }

        Assert.Equal(Link1, initiator.Peer.Path.Source);
        AssertLives(network, initiator, responder);
    }
}
