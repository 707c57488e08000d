using CsCheck;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Protocol.Tests;

/// <summary>Chains of payloads, written and read.</summary>
public sealed class PayloadChainTests
{
    [Fact]
    public void A_chain_is_written_as_its_payloads_would_be_one_by_one()
    {
        byte[] octets = new byte[64];
        PayloadChainWriter chain = new(octets);
        Assert.Equal(PayloadType.NoNextPayload, chain.First);
        Assert.True(new IdParameter(7).TryWrite(chain.Data, out int length, out _));
        Assert.True(chain.TryAdd(NotifyType.UpdateSaAddresses, length, out WireFailure failure));
        Assert.True(chain.TryAdd(NotifyType.EndOfSelector, 0, out failure));
        Assert.Equal(WireFailureKind.None, failure.Kind);
        Assert.Equal(PayloadType.Notify, chain.First);

        byte[] expected = new byte[64];
        byte[] data = new byte[IdParameter.MinimumLength];
        new IdParameter(7).TryWrite(data, out _, out _);
        new NotifyPayload(PayloadType.Notify, ProtocolId.None, NotifyType.UpdateSaAddresses, default, data).TryWrite(expected, out int first, out _);
        new NotifyPayload(PayloadType.NoNextPayload, ProtocolId.None, NotifyType.EndOfSelector, default, default).TryWrite(expected.AsSpan(first), out int second, out _);
        Assert.Equal(expected[..(first + second)], chain.Written.ToArray());
    }

    [Fact]
    public void A_notify_that_does_not_fit_is_not_added()
    {
        byte[] octets = new byte[NotifyPayload.MinimumLength + 3];
        PayloadChainWriter chain = new(octets);
        Assert.Equal(3, chain.Data.Length);
        Assert.False(chain.TryAdd(NotifyType.Cookie2, 4, out WireFailure failure));
        Assert.Equal(WireFailureKind.DestinationTooSmall, failure.Kind);
        Assert.False(chain.TryAdd(NotifyType.Cookie2, -1, out failure));
        Assert.Equal((WireFailureKind.BadLength, "NOTIFY_PAYLOAD.data"), (failure.Kind, failure.Path));
        Assert.False(chain.TryAdd(NotifyType.Cookie2, int.MaxValue, out _));
        Assert.True(chain.Written.IsEmpty);
        Assert.All(octets, octet => Assert.Equal(0, octet));

        Assert.True(chain.TryAdd(NotifyType.Cookie2, 3, out _));
        Assert.True(chain.Data.IsEmpty);
        byte[] written = chain.Written.ToArray();
        Assert.False(chain.TryAdd(NotifyType.EndOfSelector, 0, out _));
        Assert.Equal(written, chain.Written.ToArray());
    }

    [Fact]
    public void A_notify_longer_than_a_payload_can_be_is_not_added()
    {
        PayloadChainWriter chain = new(new byte[70_000]);
        Assert.False(chain.TryAdd(NotifyType.Cookie2, 65_536 - NotifyPayload.MinimumLength, out WireFailure failure));
        Assert.Equal((WireFailureKind.BadLength, "NOTIFY_PAYLOAD.payloadLength"), (failure.Kind, failure.Path));
        Assert.True(chain.TryAdd(NotifyType.Cookie2, 65_535 - NotifyPayload.MinimumLength, out _));
    }

    [Fact]
    public void A_payload_that_is_no_notify_stays_the_next()
    {
        byte[] octets = [0, 0, 0, 4];
        PayloadChainReader chain = new((PayloadType)43, octets);
        Assert.False(chain.TryReadNotify(out _));
        Assert.Equal(0, chain.Offset);
        Assert.False(chain.IsAtEnd);
        Assert.True(chain.TryRead(out PayloadView payload));
        Assert.Equal((PayloadType)43, payload.Type);
        Assert.True(chain.IsAtEnd);
        Assert.False(chain.TryReadNotify(out _));
    }

    [Fact]
    public void Both_ways_to_read_a_chain_agree() =>
        Gen.Select(Gen.Byte[40, 42], Gen.OneOf(Gen.Byte, Gen.Byte[0, 12]).Array[0, 40]).Sample((first, octets) =>
        {
            PayloadChainReader one = new((PayloadType)first, octets);
            PayloadChainReader other = new((PayloadType)first, octets);
            while (one.TryRead(out PayloadView payload))
            {
                bool read = payload.TryReadNotify(out NotifyPayload expected, out _);
                Assert.Equal(read, other.TryReadNotify(out NotifyPayload notify));
                Assert.True(expected == notify);
                Assert.True(read || other.TryRead(out _));
                Assert.Equal(one.Offset, other.Offset);
                Assert.Equal(one.Next, other.Next);
            }

            Assert.False(other.TryReadNotify(out _));
            Assert.False(other.TryRead(out _));
            Assert.Equal(one.Failure, other.Failure);
            Assert.Equal(one.IsAtEnd, one.Failure.Kind == WireFailureKind.None);
        });
}
