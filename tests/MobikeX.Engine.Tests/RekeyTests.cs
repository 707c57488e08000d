using System.Security.Cryptography;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Engine.Tests;

/// <summary>An IKE_SA that is rekeyed: RFC 7296 section 2.18.</summary>
public sealed class RekeyTests
{
    private const ulong NewSpi = 0xb1, NewResponderSpi = 0xb2;

    [Fact(DisplayName = "RFC 7296 2.18: the IKE_SA is found by its new SPI, and has its CHILD_SAs")]
    public void IsFoundByItsNewSpi()
    {
        ResponderBed bed = new();
        ChildSa tunnel = bed.NewTunnel(1);

        bed.Responder.HandleRekey(NewSpi, NewResponderSpi, isReversed: false, bed.Backend);

        Assert.Same(bed.Ike, bed.Backend.Directory.FindIkeSa(bed.Ike, NewSpi));
        Assert.Null(bed.Backend.Directory.FindIkeSa(bed.Ike, 0xa1));
        Assert.Same(tunnel, bed.Backend.Directory.FindChildSa(bed.Ike, 1));
        Assert.Equal(MobikeVersion.MobikeX, bed.Ike.Version);
    }

    [Fact(DisplayName = "RFC 4555 3.5: message IDs begin anew, and with them the order of updates")]
    public void OrdersUpdatesAnew()
    {
        ResponderBed bed = new(version: MobikeVersion.Mobike);
        ChildSa tunnel = bed.NewTunnel(1);
        bed.Send(new RequestNotifies().Update(), from: ResponderBed.Away, messageId: 9);

        bed.Responder.HandleRekey(NewSpi, NewResponderSpi, isReversed: false, bed.Backend);
        bed.Send(new RequestNotifies().Update(), from: ResponderBed.Third, messageId: 0);

        Assert.Equal(ResponderBed.Set(ResponderBed.Third), tunnel.Initiator);
    }

    [Theory(DisplayName = "RFC 7296 2.23: NAT detection takes the SPIs in the order of the header")]
    [InlineData(false, "00000000000000b100000000000000b2")]
    [InlineData(true, "00000000000000b200000000000000b1")]
    public void HashesTheSpisInTheOrderOfTheHeader(bool isReversed, string spis)
    {
        ResponderBed bed = new(version: MobikeVersion.Mobike);
        ChildSa tunnel = bed.NewTunnel(1);
        bed.Responder.HandleRekey(NewSpi, NewResponderSpi, isReversed, bed.Backend);
        byte[] source = SHA1.HashData(Convert.FromHexString(spis + "c633640711" + "94"));
        byte[] destination = SHA1.HashData(Convert.FromHexString(spis + "cb00710111" + "94"));

        bed.Send(
            new RequestNotifies().Update().Add(NotifyType.NatDetectionSourceIp, source).Add(NotifyType.NatDetectionDestinationIp, destination), from: ResponderBed.Away);

        Assert.Equal(IpsecMode.Tunnel, tunnel.Mode);
        Assert.False(bed.Ike.BehindNat);
    }
}
