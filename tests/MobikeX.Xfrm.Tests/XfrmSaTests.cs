using MobikeX.Runtime;
using MobikeX.Xfrm.Layouts;
using MobikeX.Xfrm.Netlink;

namespace MobikeX.Xfrm.Tests;

/// <summary>An SA in the kernel's own form: what is not changed stays to the bit, and keys do not get out.</summary>
public sealed class XfrmSaTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 20).Select(static i => (byte)(0xa0 + i))];

    [Fact]
    public void What_is_not_changed_is_given_back_as_it_came()
    {
        using XfrmSa sa = Sa([(XfrmAttribute.SaDirection, [1]), (99, [1, 2, 3, 4, 5])]);
        using XfrmSa moved = sa.Revised(new SaRevision { Addresses = (ModelBed.Away, ModelBed.Gateway) });
        Assert.Equal(ModelBed.Away, moved.Source);
        Assert.True(NetlinkAttribute.TryFind(moved.Attributes, 99, out ReadOnlySpan<byte> unknown));
        Assert.Equal([1, 2, 3, 4, 5], unknown.ToArray());
        using XfrmSa back = moved.Revised(new SaRevision { Addresses = (ModelBed.Home, ModelBed.Gateway) });
        Assert.Equal(sa.Octets.ToArray(), back.Octets.ToArray());
    }

    [Fact]
    public void Without_UDP_what_belongs_to_UDP_goes_too()
    {
        using XfrmSa sa = Sa([(XfrmAttribute.MappingThreshold, [1, 0, 0, 0]), (XfrmAttribute.NatKeepalive, [1, 0, 0, 0])], inUdp: true);
        using XfrmSa bare = sa.Revised(new SaRevision { SetsEncapsulation = true });
        Assert.Null(bare.Encapsulation);
        Assert.False(NetlinkAttribute.TryFind(bare.Attributes, XfrmAttribute.MappingThreshold, out _));
        Assert.False(NetlinkAttribute.TryFind(bare.Attributes, XfrmAttribute.NatKeepalive, out _));
        using XfrmSa again = sa.Revised(new SaRevision { SetsEncapsulation = true, Encapsulation = new XfrmEncapsulation(4500, 1024) });
        Assert.Equal(new XfrmEncapsulation(4500, 1024), again.Encapsulation);
        Assert.True(NetlinkAttribute.TryFind(again.Attributes, XfrmAttribute.NatKeepalive, out _));
    }

    [Fact]
    public void Counters_stand_once()
    {
        using XfrmSa sa = Sa([(XfrmAttribute.Replay, new byte[12])]);
        using XfrmSa ahead = sa.Revised(new SaRevision { Replay = sa.Replay!.Ahead(3) });
        int found = 0;
        foreach (NetlinkAttribute attribute in NetlinkAttribute.In(ahead.Attributes))
        {
            found += attribute.Type == XfrmAttribute.Replay ? 1 : 0;
        }

        Assert.Equal(1, found);
        Assert.Equal(3ul, ahead.Replay!.Sent);
    }

    [Fact]
    public void Keys_are_zeroed_and_never_printed()
    {
        XfrmSa sa = Sa([]);
        string hex = Convert.ToHexString(Key);
        Assert.Contains(hex, Convert.ToHexString(sa.Octets), StringComparison.Ordinal);
        string printed = $"{sa} {sa.Key} {sa.Algorithms} {sa.Selector}";
        Assert.DoesNotContain("a0a1a2", printed, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("rfc4106(gcm(aes))", printed, StringComparison.Ordinal);
        sa.Dispose();
        Assert.DoesNotContain(hex, Convert.ToHexString(sa.Octets), StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_zeroes_what_it_held()
    {
        var request = new NetlinkRequest(XfrmMessage.NewSa, NetlinkFlags.None);
        request.WriteOctets(Key);
        ReadOnlySpan<byte> octets = request.Octets;
        request.Dispose();
        Assert.False(octets.ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void Keys_that_the_kernel_hides_are_seen_to_be_hidden()
    {
        XfrmSaDefinition definition = ModelBed.Define(ModelBed.Home, ModelBed.Gateway, 7, 1, isTunnel: true, inUdp: false);
        using XfrmSa shown = XfrmSa.From(definition);
        using var hiding = new XfrmAlgorithm("rfc4106(gcm(aes))", new byte[20], 128);
        using XfrmSa hidden = XfrmSa.From(new XfrmSaDefinition { Source = ModelBed.Home, Destination = ModelBed.Gateway, Spi = 7, Mode = XfrmMode.Tunnel, Aead = hiding });
        Assert.False(shown.HidesKeys);
        Assert.True(hidden.HidesKeys);
    }

    [Fact]
    public void An_SPI_of_0_is_refused()
    {
        XfrmSaDefinition definition = ModelBed.Define(ModelBed.Home, ModelBed.Gateway, 0, 1, isTunnel: true, inUdp: false);
        Assert.Throws<ArgumentException>(() => XfrmSa.From(definition));
    }

    [Fact]
    public void Addresses_of_two_families_are_refused()
    {
        XfrmSaDefinition definition = ModelBed.Define(IpAddress.Parse("2001:db8::1"), ModelBed.Gateway, 8, 1, isTunnel: true, inUdp: false);
        Assert.Throws<ArgumentException>(() => XfrmSa.From(definition));
    }

    private static XfrmSa Sa((ushort Type, byte[] Value)[] more, bool inUdp = false)
    {
        using var key = new XfrmAlgorithm("rfc4106(gcm(aes))", Key, 128);
        using XfrmSa made = XfrmSa.From(new XfrmSaDefinition
        {
            Source = ModelBed.Home,
            Destination = ModelBed.Gateway,
            Spi = 0xc2000001,
            Mode = XfrmMode.Tunnel,
            Aead = key,
            ReplayWindow = 32,
            Encapsulation = inUdp ? new XfrmEncapsulation(4500, 4500) : null,
        });
        using var request = new NetlinkRequest(XfrmMessage.NewSa, NetlinkFlags.None);
        request.WriteOctets(made.Octets);
        foreach ((ushort type, byte[] value) in more)
        {
            request.WriteAttribute(type, value);
        }

        return XfrmSa.TryRead(request.Octets[NetlinkHeader.Size..], out XfrmSa sa) ? sa : throw new InvalidOperationException();
    }
}
