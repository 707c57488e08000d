using CsCheck;
using MobikeX.Protocol.Ikev2;
using Generate = MobikeX.Protocol.Tests.PropertyGenerators;
using V1Dispatcher = MobikeX.Protocol.Mobike.NotifyDispatcher;

namespace MobikeX.Protocol.Tests;

/// <summary>Whatever the octets are, reading ends, throws nothing, and where it fails it leaves nothing behind.</summary>
public class PropertyHostileInputTests
{
    public static TheoryData<NotifyParameter> Parameters => PropertyRoundTripTests.Parameters;

    public static TheoryData<string> Version2 => PropertyRoundTripTests.Version2;

    public static TheoryData<string> Version1 => PropertyRoundTripTests.Version1;

    [Theory]
    [MemberData(nameof(Parameters))]
    public void A_parameter_is_read_or_refused(NotifyParameter type) => ParameterProperties.All[type].TakesAnything();

    [Theory]
    [MemberData(nameof(Version2))]
    public void A_notify_is_read_or_refused_under_version_2(string name) => NotifyProperties.Version2[name].TakesAnything();

    [Theory]
    [MemberData(nameof(Version1))]
    public void A_notify_is_read_or_refused_under_version_1(string name) => NotifyProperties.Version1[name].TakesAnything();

    [Fact]
    public void Every_notify_of_every_type_ends() => Gen.Select(Gen.OneOf(Types, Gen.UShort.Select(type => (NotifyType)type)), Generate.Hostile).Sample((type, data) =>
    {
        NotifyPayload payload = new(PayloadType.NoNextPayload, ProtocolId.None, type, default, data);
        NotationSilence silence = new();
        NotifyDispatcher.Describe(in payload, silence, out WireFailure failure);
        Assert.InRange(failure.Offset, 0, payload.WireLength);
        V1Dispatcher.Describe(in payload, silence, out failure);
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
}
