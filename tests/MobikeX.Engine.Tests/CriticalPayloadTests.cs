using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using static MobikeX.Engine.Tests.RequestNotifies;
using static MobikeX.Engine.Tests.ResponderBed;

namespace MobikeX.Engine.Tests;

/// <summary>Sections 7.1.1 and 8, RFC 7296 section 2.5: a message with something critical that is not understood is refused as a whole.</summary>
[Requirement("R-7.1.1-16")]
public sealed class CriticalPayloadTests
{
    private readonly ResponderBed _bed = new();
    private readonly ChildSa _tunnel;

    public CriticalPayloadTests() => _tunnel = _bed.NewTunnel(1);

    [Fact]
    public void What_stands_before_it_is_not_done() =>
        AssertRefused(_bed.SendForResponse(new RequestNotifies().AddAddress(Ip(Away), Id(1)).Alternate(Ip(Third)).Unknown(critical: true)));

    [Fact]
    public void What_stands_behind_it_is_not_done_either() =>
        AssertRefused(_bed.SendForResponse(new RequestNotifies().Unknown(critical: true).Selector(Spi(1)).AddAddress(Ip(Away), Id(1)).End()));

    [Fact]
    public void A_SELECTOR_before_it_is_answered_by_nothing_else() =>
        AssertRefused(_bed.SendForResponse(new RequestNotifies().Selector(Spi(1)).Unknown(critical: true).Unknown(critical: true)));

    [Theory]
    [InlineData(null)]
    [InlineData(MobikeVersion.Mobike)]
    [InlineData(MobikeVersion.MobikeX)]
    public void A_payload_of_an_unknown_type_is_refused_under_any_version(MobikeVersion? version)
    {
        ResponderBed bed = new(version: version);
        byte[] update = new RequestNotifies().Update().Octets.ToArray();
        byte[] unknown = [(byte)PayloadType.Notify, 0x80, 0, 4];
        Transmit response = bed.SendForResponse((PayloadType)200, [.. unknown, .. update], new PacketAddresses(Away, Port, Gateway, Port));
        Assert.Equal(["UNSUPPORTED_CRITICAL_PAYLOAD"], AnswerReader.Read(response));
        Assert.Equal([200], AnswerReader.DataOf(response, NotifyType.UnsupportedCriticalPayload));
        Assert.Equal(Set(Home), bed.Ike.Initiator);
    }

    [Fact(DisplayName = "5.6: under version 1 a type of notify that is not known is ignored, critical or not: the payload is known")]
    public void VersionOne()
    {
        ResponderBed bed = new(version: MobikeVersion.Mobike);
        Assert.Empty(bed.Send(new RequestNotifies().Unknown(critical: true).Update(), from: Away));
        Assert.Equal(Set(Away), bed.Ike.Initiator);
    }

    private void AssertRefused(Transmit response)
    {
        Assert.Equal(["UNSUPPORTED_CRITICAL_PAYLOAD"], AnswerReader.Read(response));
        Assert.Equal([(byte)PayloadType.Notify], AnswerReader.DataOf(response, NotifyType.UnsupportedCriticalPayload));
        Assert.Equal(Set(Home), _tunnel.Initiator);
        Assert.Equal(Set(Home), _bed.Ike.Initiator);
        Assert.Equal(0, _bed.Ike.Alternates.Count);
        Assert.Empty(_bed.Events);
    }
}
