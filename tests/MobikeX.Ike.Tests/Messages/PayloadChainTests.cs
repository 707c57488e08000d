using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Tests.Messages;

/// <summary>Each payload names the type of the next (RFC 7296, section 3.2).</summary>
public class PayloadChainTests
{
    [Fact]
    public void An_empty_chain_has_no_first_payload()
    {
        var chain = new PayloadChain();
        chain.AddChain(PayloadType.NoNextPayload, []);

        Assert.True(chain.IsEmpty);
        Assert.Equal(PayloadType.NoNextPayload, chain.First);
    }

    [Fact]
    public void A_chain_that_is_added_is_linked_at_both_ends()
    {
        byte[] notifies = new PayloadChain(
            new NotifyValue(ProtocolId.None, [], NotifyType.InitialContact, [], Critical: true), new NotifyValue(NotifyType.Cookie, [1])).Octets.ToArray();
        var chain = new PayloadChain(new VendorIdPayload([1]));
        chain.AddChain(PayloadType.Notify, notifies);
        chain.Add(new VendorIdPayload([2]));

        Assert.Equal(PayloadType.VendorId, chain.First);
        Assert.Equal("2900000501" + "2980000800004000" + "2b0000090000400601" + "0000000502", HexText.Of(chain.Octets));
    }

    [Fact]
    public void A_chain_grows_and_is_read_as_it_was_written()
    {
        var chain = new PayloadChain();
        chain.AddRange(Enumerable.Range(0, 100).Select(number => new VendorIdPayload([(byte)number, 1, 2, 3])));

        Assert.True(MessageReader.TryReadChain(chain.First, chain.Octets, out IReadOnlyList<IkePayload> payloads, out _));
        Assert.Equal(Enumerable.Range(0, 100), payloads.Cast<VendorIdPayload>().Select(payload => (int)payload.Data[0]));
    }

    [Theory]
    [InlineData("00 00 00 09 01")]
    [InlineData("2b 00 00 05 01")]
    [InlineData("00 00 00 05 01 00")]
    public void What_is_no_chain_is_refused_and_changes_nothing(string hex)
    {
        var chain = new PayloadChain(new VendorIdPayload([1]));

        Assert.Throws<ArgumentException>(() => chain.AddChain(PayloadType.VendorId, HexText.ToOctets(hex)));
        Assert.Equal("0000000501", HexText.Of(chain.Octets));
    }
}
