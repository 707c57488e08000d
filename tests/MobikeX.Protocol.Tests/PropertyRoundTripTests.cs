using CsCheck;
using MobikeX.Protocol.Ikev2;
using Generate = MobikeX.Protocol.Tests.PropertyGenerators;
using V1Dispatcher = MobikeX.Protocol.Mobike.NotifyDispatcher;

namespace MobikeX.Protocol.Tests;

/// <summary>What is written is read as it was, whatever it is.</summary>
public class PropertyRoundTripTests
{
    public static TheoryData<NotifyParameter> Parameters => [.. ParameterProperties.All.Keys];

    public static TheoryData<string> Version2 => [.. NotifyProperties.Version2.Keys];

    public static TheoryData<string> Version1 => [.. NotifyProperties.Version1.Keys];

    [Fact]
    public void Nothing_of_the_specs_is_left_out()
    {
        Assert.Equal(Enum.GetValues<NotifyParameter>(), ParameterProperties.All.Keys.Order());
        Assert.Equal(NotifyDispatcher.Names.Order(), NotifyProperties.Version2.Keys.Order());
        Assert.Equal(V1Dispatcher.Names.Order(), NotifyProperties.Version1.Keys.Order());
        Assert.Subset(NotifyProperties.Version1.Keys.ToHashSet(), Ikev2.NotifyDispatcher.Names.ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void A_parameter(NotifyParameter type) => ParameterProperties.All[type].RoundTrips();

    [Theory]
    [MemberData(nameof(Version2))]
    public void A_notify_under_version_2(string name) => NotifyProperties.Version2[name].RoundTrips();

    [Theory]
    [MemberData(nameof(Version1))]
    public void A_notify_under_version_1(string name) => NotifyProperties.Version1[name].RoundTrips();

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
