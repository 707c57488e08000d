using System.Buffers.Binary;
using System.Security.Cryptography;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;
using static MobikeX.Engine.Tests.RequestNotifies;
using static MobikeX.Engine.Tests.ResponderBed;

namespace MobikeX.Engine.Tests;

/// <summary>NATs, as RFC 4555 sections 3.8 and 3.9 treat them, under both versions (section 5.7).</summary>
public class ResponderNatTests
{
    [Theory]
    [InlineData(MobikeVersion.Mobike)]
    [InlineData(MobikeVersion.MobikeX)]
    [Requirement("R-7.4-09")]
    public void A_NAT_turns_UDP_encapsulation_on_and_its_absence_off(MobikeVersion version)
    {
        ResponderBed bed = new(version: version);
        ChildSa tunnel = bed.NewTunnel(1);
        Transmit response = bed.SendForResponse(WithDetection(bed, source: Third), from: Away, port: 1024);
        Assert.Equal(IpsecMode.UdpEncapsulatedTunnel, tunnel.Mode);
        Assert.Equal(1024, tunnel.InitiatorPort);
        Assert.Equal(Set(Away), tunnel.Initiator);
        Assert.True(bed.Ike.BehindNat);
        Assert.Equal(Hash(bed.Ike, Away, 1024), AnswerReader.DataOf(response, NotifyType.NatDetectionDestinationIp));
        Assert.Equal(Hash(bed.Ike, Gateway, Port), AnswerReader.DataOf(response, NotifyType.NatDetectionSourceIp));

        bed.SendForResponse(WithDetection(bed, source: Home), from: Home);
        Assert.Equal(IpsecMode.Tunnel, tunnel.Mode);
        Assert.False(bed.Ike.BehindNat);
    }

    [Fact]
    public void Without_NAT_detection_the_encapsulation_stays()
    {
        ResponderBed bed = new();
        ChildSa tunnel = bed.NewTunnel(1);
        tunnel.Mode = IpsecMode.UdpEncapsulatedTunnel;
        Assert.Empty(bed.Send(new RequestNotifies().Update(), from: Away));
        Assert.Equal(IpsecMode.UdpEncapsulatedTunnel, tunnel.Mode);
    }

    [Fact]
    public void An_explicit_address_is_used_as_given()
    {
        ResponderBed bed = new();
        ChildSa tunnel = bed.NewTunnel(1);
        RequestNotifies request = WithDetection(bed, source: Third, update: [New(Away)]);
        bed.SendForResponse(request, from: Home);
        Assert.Equal(Set(Away), tunnel.Initiator);
        Assert.Equal(IpsecMode.Tunnel, tunnel.Mode);
    }

    [Theory]
    [InlineData(MobikeVersion.Mobike)]
    [InlineData(MobikeVersion.MobikeX)]
    public void Where_no_NAT_is_allowed_a_translated_packet_is_refused(MobikeVersion version)
    {
        ResponderBed bed = new(version: version);
        byte[] addresses = [198, 51, 100, 7, 203, 0, 113, 1, 0x11, 0x94, 0x11, 0x94];
        RequestNotifies request = new RequestNotifies().Update().Add(NotifyType.NoNatsAllowed, addresses);
        Assert.Equal(["UNEXPECTED_NAT_DETECTED"], bed.Send(request, from: Third));
        Assert.Equal(Set(Home), bed.Ike.Initiator);
        Assert.Empty(bed.Send(request, from: Away));
        Assert.Equal(Set(Away), bed.Ike.Initiator);
    }

    [Fact]
    public void Where_only_the_inner_address_changes_the_way_to_the_outer_one_stays()
    {
        ResponderBed bed = new();
        ChildSa tunnel = bed.NewTunnel(1, inner: InnerHost);
        RequestNotifies request = WithDetection(bed, source: Third, update: [Old(InnerHost, header: false, inner: true)]);
        bed.SendForResponse(request, from: Away, port: 1024);
        Assert.Equal(Set(Away), tunnel.Inner);
        Assert.Equal(Set(Home), tunnel.Initiator);
        Assert.Equal(IpsecMode.Tunnel, tunnel.Mode);
        Assert.Equal(0, tunnel.InitiatorPort);
    }

    [Fact]
    public void A_NAT_does_not_put_AH_into_UDP_nor_keep_the_others_from_moving()
    {
        ResponderBed bed = new();
        ChildSa ah = bed.NewTransport(1, protocol: IpsecProto.Ah);
        ChildSa esp = bed.NewTransport(2);
        bed.SendForResponse(WithDetection(bed, source: Third), from: Away, port: 1024);
        Assert.Equal(IpsecMode.Transport, ah.Mode);
        Assert.Equal(IpsecMode.UdpEncapsulatedTransport, esp.Mode);
        Assert.Equal(Set(Away), ah.Initiator);
        Assert.Equal(Set(Away), esp.Initiator);

        // Nothing is left to change, so nothing is asked of the backend.
        bed.Backend.FailNext();
        Assert.DoesNotContain("TEMPORARY_FAILURE", AnswerReader.Read(bed.SendForResponse(WithDetection(bed, source: Third), from: Away, port: 1024)));
    }

    private static RequestNotifies WithDetection(ResponderBed bed, IpAddress source, params byte[][] update) =>
        new RequestNotifies()
            .Update(update)
            .Add(NotifyType.NatDetectionSourceIp, Hash(bed.Ike, source, Port))
            .Add(NotifyType.NatDetectionDestinationIp, Hash(bed.Ike, Gateway, Port));

    /// <summary>Worked out here once more, from RFC 7296 section 2.23.</summary>
    private static byte[] Hash(IkeSa ike, IpAddress address, ushort port)
    {
        byte[] input = new byte[22];
        BinaryPrimitives.WriteUInt64BigEndian(input, ike.Spi);
        BinaryPrimitives.WriteUInt64BigEndian(input.AsSpan(8), ike.ResponderSpi);
        Assert.True(address.TryWrite(input.AsSpan(16)));
        BinaryPrimitives.WriteUInt16BigEndian(input.AsSpan(20), port);
        return SHA1.HashData(input);
    }
}
