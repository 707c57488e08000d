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
}
