using CsCheck;
using MobikeX.Protocol.Ikev2;
using Generate = MobikeX.Protocol.Tests.PropertyGenerators;
using Version1 = MobikeX.Protocol.Mobike.NotifyDispatcher;

namespace MobikeX.Protocol.Tests;

/// <summary>Whatever the octets are, reading ends, throws nothing, and where it fails it leaves nothing behind.</summary>
public class PropertyHostileInputTests
{
    [Fact]
    public void A_parameter_is_read_or_refused_with_a_reason_within_the_input() => Generate.Hostile.Sample(octets =>
    {
        bool read = IpParameter.TryRead(octets, out IpParameter ip, out int consumed, out WireFailure failure);
        AssertOutcome(read, ip == default, consumed, failure, octets.Length);
        read = SpiParameter.TryRead(octets, out SpiParameter spi, out consumed, out failure);
        AssertOutcome(read, spi == default, consumed, failure, octets.Length);
        read = VersionParameter.TryRead(octets, out VersionParameter versions, out consumed, out failure);
        AssertOutcome(read, versions.Versions.IsEmpty, consumed, failure, octets.Length);
        read = IdParameter.TryRead(octets, out IdParameter id, out consumed, out failure);
        AssertOutcome(read, id == default, consumed, failure, octets.Length);
    });

    [Fact]
    public void What_is_read_can_be_written_and_read_again() => Generate.Hostile.Sample(octets =>
    {
        if (IpParameter.TryRead(octets, out IpParameter ip, out int consumed, out _))
        {
            byte[] written = Generate.Written(ip);
            Assert.Equal(consumed, written.Length);
            Assert.True(IpParameter.TryRead(written, out IpParameter again, out _, out _));
            Assert.Equal(ip, again);
        }

        if (UpdateSaAddressesNotify.TryRead(octets, out UpdateSaAddressesNotify update, out _))
        {
            byte[] written = new byte[update.WireLength];
            Assert.True(update.TryWrite(written, out int length, out WireFailure failure), failure.ToString());
            Assert.Equal(octets.Length, length);
            Assert.True(UpdateSaAddressesNotify.TryRead(written, out UpdateSaAddressesNotify again, out _));
            Assert.Equal(update, again);
        }
    });

    [Fact]
    public void A_failed_notify_is_default() => Generate.Hostile.Sample(octets =>
    {
        bool update = UpdateSaAddressesNotify.TryRead(octets, out UpdateSaAddressesNotify updated, out WireFailure failure);
        AssertOutcome(update, updated == default, update ? octets.Length : 0, failure, octets.Length);
        bool selector = SelectorNotify.TryRead(octets, out SelectorNotify selected, out failure);
        AssertOutcome(selector, selected.Data.IsEmpty && selected.Id is null, selector ? octets.Length : 0, failure, octets.Length);
    });

    [Fact]
    public void Every_notify_of_every_type_ends() => Gen.Select(Gen.OneOf(Types, Gen.UShort.Select(type => (NotifyType)type)), Generate.Hostile).Sample((type, data) =>
    {
        NotifyPayload payload = new(PayloadType.NoNextPayload, ProtocolId.None, type, default, data);
        NotationSilence silence = new();
        NotifyDispatcher.Describe(in payload, silence, out WireFailure failure);
        Assert.InRange(failure.Offset, 0, payload.WireLength);
        Version1.Describe(in payload, silence, out failure);
        Assert.InRange(failure.Offset, 0, payload.WireLength);
        Assert.Equal(0, silence.Depth);
    });

    [Fact]
    public void Every_chain_ends() => Gen.Select(Gen.Byte, Gen.Byte.Array[0, 120]).Sample((first, octets) =>
    {
        PayloadChainReader chain = new((PayloadType)first, octets);
        int payloads = 0;
        while (chain.TryRead(out PayloadView payload))
        {
            payload.TryReadNotify(out _, out _);
            payloads++;
        }

        Assert.True(payloads * PayloadHeader.MinimumLength <= octets.Length);
    });

    private static Gen<NotifyType> Types
    {
        get
        {
            NotifyType[] types = Enum.GetValues<NotifyType>();
            return Gen.Int[0, types.Length - 1].Select(index => types[index]);
        }
    }

    private static void AssertOutcome(bool read, bool isDefault, int consumed, in WireFailure failure, int length)
    {
        Assert.InRange(consumed, 0, length);
        if (read)
        {
            Assert.Equal(WireFailureKind.None, failure.Kind);
            return;
        }

        Assert.True(isDefault);
        Assert.Equal(0, consumed);
        Assert.NotEqual(WireFailureKind.None, failure.Kind);
        Assert.InRange(failure.Offset, 0, length);
        Assert.NotEmpty(failure.Reason);
    }
}
