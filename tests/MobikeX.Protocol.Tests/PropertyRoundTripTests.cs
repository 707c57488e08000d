using CsCheck;
using MobikeX.Protocol.Ikev2;
using Generate = MobikeX.Protocol.Tests.PropertyGenerators;

namespace MobikeX.Protocol.Tests;

/// <summary>What is written is read as it was, whatever it is.</summary>
public class PropertyRoundTripTests
{
    [Fact]
    public void Ip() => Generate.Ip.Sample(value =>
    {
        byte[] octets = Generate.Written(value);
        Assert.True(IpParameter.TryRead(octets, out IpParameter read, out int consumed, out _));
        Assert.Equal(octets.Length, consumed);
        Assert.Equal(value, read);
    });

    [Fact]
    public void Spi() => Generate.Spi.Sample(value =>
    {
        Assert.True(SpiParameter.TryRead(Generate.Written(value), out SpiParameter read, out _, out _));
        Assert.Equal(value, read);
    });

    [Fact]
    public void Ipsec_mode_and_protocol() => Gen.Select(Generate.Mode, Generate.Proto).Sample((mode, protocol) =>
    {
        Assert.True(IpsecModeParameter.TryRead(Generate.Written(mode), out IpsecModeParameter readMode, out _, out _));
        Assert.True(IpsecProtoParameter.TryRead(Generate.Written(protocol), out IpsecProtoParameter readProtocol, out _, out _));
        Assert.Equal(mode, readMode);
        Assert.Equal(protocol, readProtocol);
    });

    [Fact]
    public void Selector_value_and_id() => Gen.Select(Generate.Selector, Generate.Id).Sample((value, id) =>
    {
        Assert.True(SelectorSpecificValueParameter.TryRead(Generate.Written(value), out SelectorSpecificValueParameter readValue, out _, out _));
        Assert.True(IdParameter.TryRead(Generate.Written(id), out IdParameter readId, out _, out _));
        Assert.Equal(value, readValue);
        Assert.Equal(id, readId);
    });

    [Fact]
    public void Versions_are_padded_to_four_octets() => Generate.Versions.Sample(versions =>
    {
        byte[] octets = Generate.Written(versions);
        Assert.Equal(0, octets.Length % 4);
        Assert.True(VersionParameter.TryRead(octets, out VersionParameter read, out int consumed, out _));
        Assert.Equal(octets.Length, consumed);
        Assert.Equal(versions, read.Versions.ToArray());
    });

    [Fact]
    public void An_update_is_read_as_it_was_or_refused_by_reader_and_writer_alike() =>
        Gen.Select(Generate.Ip, Generate.Ip, Generate.Id, Gen.Int[0, 7]).Sample((old, @new, id, has) =>
        {
            UpdateSaAddressesNotify value = new(
                (has & 1) != 0 ? old : (IpParameter?)null,
                (has & 2) != 0 ? @new : (IpParameter?)null,
                (has & 4) != 0 ? id : (IdParameter?)null);
            byte[] parameters =
            [
                .. (has & 1) != 0 ? Generate.Written(old) : [],
                .. (has & 2) != 0 ? Generate.Written(@new) : [],
                .. (has & 4) != 0 ? Generate.Written(id) : [],
            ];
            byte[] octets = new byte[value.WireLength];

            bool written = value.TryWrite(octets, out int length, out _);

            bool isThatValue = UpdateSaAddressesNotify.TryRead(parameters, out UpdateSaAddressesNotify read, out _) && read == value;
            Assert.Equal(isThatValue, written);
            Assert.Equal(written ? parameters : [], octets[..length]);
        });

    [Fact]
    public void A_selector_is_what_its_parameters_are() => Generate.Parameter.Array[1, 6].Sample(parameters =>
    {
        byte[] data = [.. parameters.SelectMany(parameter => parameter)];
        if (!SelectorNotify.TryRead(data, out SelectorNotify selector, out _))
        {
            return;
        }

        int index = 0;
        foreach (AnyParameter parameter in selector)
        {
            Assert.Equal(parameters[index++], parameter.Octets.ToArray());
        }

        byte[] octets = new byte[data.Length];
        Assert.Equal(parameters.Length, index);
        Assert.True(selector.TryWrite(octets, out int written, out _));
        Assert.Equal(data, octets[..written]);
    });

    [Fact]
    public void A_notify_payload() => Gen.Select(Gen.Byte, Gen.UShort, Gen.Byte.Array[0, 8], Gen.Byte.Array[0, 200], Gen.Bool).Sample((next, type, spi, data, critical) =>
    {
        NotifyPayload payload = new((PayloadType)next, ProtocolId.None, (NotifyType)type, spi, data, critical);
        byte[] octets = new byte[payload.WireLength];
        Assert.True(payload.TryWrite(octets, out int written, out _));
        Assert.Equal(octets.Length, written);
        Assert.True(NotifyPayload.TryRead(octets, out NotifyPayload read, out _, out _));
        Assert.True(payload == read);
    });

    [Fact]
    public void A_destination_too_small_is_refused_and_nothing_is_thrown() => Gen.Select(Generate.Ip, Gen.Int[0, 32]).Sample((value, size) =>
    {
        bool written = value.TryWrite(new byte[size], out int octets, out WireFailure failure);
        Assert.Equal(size >= value.WireLength, written);
        Assert.Equal(written ? value.WireLength : 0, octets);
        Assert.Equal(written ? WireFailureKind.None : WireFailureKind.DestinationTooSmall, failure.Kind);
    });
}
