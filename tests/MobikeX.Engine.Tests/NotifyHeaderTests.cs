using MobikeX.Engine.Tests.Simulator;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Engine.Tests;

/// <summary>Section 11.1: what the header of a notify says, whoever sends it and whatever it is.</summary>
public sealed class NotifyHeaderTests
{
    [Fact(DisplayName = "11.1: notifies speak of no SA in their header: Protocol ID 0, and no SPI")]
    [Requirement("R-11.1-03")]
    [Requirement("R-11.1-05")]
    public void NamesNoSa()
    {
        Pair pair = new(responder: new ResponderOptions { AcceptsAddress = static _ => false }, version: null);
        pair.AddChild(0xc1, IpsecMode.Tunnel);

        pair.Do(static (initiator, _) => initiator.Enable(default));
        pair.Do(static (initiator, sas) => initiator.Update(new ActionCommand { Selectors = [new SaSelector { ChildSpi = 0xc1 }] }, Pair.FromHome, default, sas));
        pair.Do(static (initiator, _) => initiator.OfferAlternates([new OfferedAlternate(Pair.Address("198.51.100.7"))], [], default));
        pair.Do(static (initiator, _) => initiator.Deactivate(default));

        List<NotifyType> seen = [];
        foreach (Datagram datagram in pair.Network.Sent)
        {
            PayloadChainReader reader = new(datagram.First, datagram.Payloads);
            while (reader.TryRead(out PayloadView payload))
            {
                Assert.True(payload.TryReadNotify(out NotifyPayload notify, out _));
                Assert.Equal(ProtocolId.None, notify.ProtocolId);
                Assert.True(notify.Spi.IsEmpty);
                seen.Add(notify.NotifyMessageType);
            }
        }

        NotifyType[] both = [NotifyType.MobikeSupported, NotifyType.Selector, NotifyType.UpdateSaAddresses, NotifyType.UnacceptableAddress, NotifyType.MobikeUnsupportedVersion];
        Assert.All(both, type => Assert.Contains(type, seen));
    }

    [Theory(DisplayName = "11.1, 7.1: a notify with an SPI agrees on nothing, and offers nothing")]
    [InlineData("000000100304400caabbccdd01010200")]
    [InlineData("0000001003042000aabbccdd01010100")]
    [Requirement("R-11.1-05")]
    public void NoSpiInAnAnswer(string answer)
    {
        Pair pair = new(version: null);
        pair.Initiator.Enable(default);
        Assert.True(pair.Initiator.TryPollTransmit(out Transmit offer));

        pair.Initiator.HandleResponse(
            new ReceivedMessage(offer.Exchange, offer.Token, PayloadType.Notify, Convert.FromHexString(answer), offer.Packet.Reversed), default, pair.InitiatorHost.Backend);

        Assert.Equal(NegotiationInitiatorState.MobikeUnsupported, pair.Initiator.State);
        Assert.False(pair.Initiator.TryPollTransmit(out Transmit _));
    }

    [Fact(DisplayName = "11.1: an alternate address with an SPI beside the answer is not taken")]
    public void NoSpiInAnAlternate()
    {
        Pair pair = new(version: null);
        pair.Initiator.Enable(default);
        Assert.True(pair.Initiator.TryPollTransmit(out Transmit offer));

        byte[] answer = Convert.FromHexString("2900000c0000400c01010100" + "000000100304400daabbccddc6336407");
        pair.Initiator.HandleResponse(
            new ReceivedMessage(offer.Exchange, offer.Token, PayloadType.Notify, answer, offer.Packet.Reversed), default, pair.InitiatorHost.Backend);

        Assert.Equal(MobikeVersion.Mobike, pair.Initiator.Ike.Version);
        Assert.Equal(0, pair.Initiator.Ike.Alternates.Count);
    }

    [Fact(DisplayName = "11.1: nor does one end what is agreed")]
    public void NoSpiInARequest()
    {
        ResponderBed bed = new();
        byte[] withdrawal = Convert.FromHexString("0000001003042000aabbccdd0101ff00");
        bed.SendForResponse(PayloadType.Notify, withdrawal, new PacketAddresses(Pair.Home, 4500, Pair.Gateway, 4500));
        Assert.Equal(MobikeVersion.MobikeX, bed.Ike.Version);
    }
}
