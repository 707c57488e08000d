using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;
using static MobikeX.Engine.Tests.RequestNotifies;
using static MobikeX.Engine.Tests.ResponderBed;

namespace MobikeX.Engine.Tests;

/// <summary>The local policy where none is configured takes the addresses of hosts.</summary>
public sealed class LocalPolicyTests
{
    [Theory]
    [InlineData("0.0.0.0", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.255.255.254", false)]
    [InlineData("::1", false)]
    [InlineData("126.255.255.255", true)]
    [InlineData("128.0.0.1", true)]
    [InlineData("::2", true)]
    [InlineData("224.0.0.1", false)]
    [InlineData("239.255.255.255", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("ff02::1", false)]
    [InlineData("223.255.255.255", true)]
    [InlineData("198.51.100.7", true)]
    [InlineData("fe80::1", true)]
    [InlineData("2001:db8::1", true)]
    public void Is_asked_about_actions_and_alternates(string text, bool taken)
    {
        ResponderBed bed = new();
        ChildSa tunnel = bed.NewTunnel(1);
        var address = IpAddress.Parse(text);
        string[] answers = taken ? [] : ["UNACCEPTABLE_ADDRESS 1", "UNACCEPTABLE_ADDRESS 2", "UNACCEPTABLE_ADDRESS 3"];

        Assert.Equal(answers, bed.Send(new RequestNotifies().AddAddress(Ip(address), Id(1)).Alternate(Ip(address), Id(2)).Update(New(address), Id(3))));
        Assert.Equal(Set(taken ? address : Home), tunnel.Initiator);
        Assert.Equal(taken ? 1 : 0, bed.Ike.Alternates.Count);
    }

    [Theory]
    [InlineData("224.0.0.1", false)]
    [InlineData("198.51.100.7", true)]
    public void Is_asked_about_the_source_of_a_packet_under_version_1(string text, bool taken)
    {
        ResponderBed bed = new(version: MobikeVersion.Mobike);
        var address = IpAddress.Parse(text);
        byte[] raw = new byte[address.Length];
        Assert.True(address.TryWrite(raw));

        Assert.Equal(taken ? [] : ["UNACCEPTABLE_ADDRESS"], bed.Send(new RequestNotifies().Add(NotifyType.AdditionalIp4Address, raw).Update(), from: address));
        Assert.Equal(Set(taken ? address : Home), bed.Ike.Initiator);
        Assert.Equal(taken ? 1 : 0, bed.Ike.Alternates.Count);
    }

    [Fact]
    public void No_address_is_none_of_a_host() => Assert.False(LocalPolicy.TakesHost(default));
}
