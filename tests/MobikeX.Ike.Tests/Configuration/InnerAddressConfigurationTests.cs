using MobikeX.Engine;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Ike.Tests;

public class InnerAddressConfigurationTests
{
    [Fact]
    public void An_address_of_each_family_asked_for_is_assigned_and_read()
    {
        AddressPool[] pools = [Pool("10.3.0.0/24"), Pool("2001:db8:3::/64")];

        Assert.True(InnerAddressConfiguration.TryAnswer(InnerAddressConfiguration.Request(true, true), pools, "a", out CpPayload reply, out IReadOnlyList<AssignedAddress> assigned));

        Assert.Equal([IpAddress.Parse("10.3.0.1"), IpAddress.Parse("2001:db8:3::1")], InnerAddressConfiguration.ReadReply(reply));
        Assert.Equal(pools, assigned.Select(address => address.Pool));
        assigned[0].Release();
        Assert.Equal(0, pools[0].InUse);
    }

    [Fact]
    public void Where_a_pool_is_empty_the_next_one_of_the_family_gives()
    {
        AddressPool[] pools = [Pool("10.3.0.1/32"), Pool("10.4.0.0/24")];
        Assert.True(pools[0].TryAssign("other", default, out _));

        Assert.True(InnerAddressConfiguration.TryAnswer(InnerAddressConfiguration.Request(true, false), pools, "a", out CpPayload reply, out _));
        Assert.Equal([IpAddress.Parse("10.4.0.1")], InnerAddressConfiguration.ReadReply(reply));
    }

    [Fact]
    public void Without_an_address_the_request_fails()
    {
        Assert.False(InnerAddressConfiguration.TryAnswer(InnerAddressConfiguration.Request(false, true), [Pool("10.3.0.0/24")], "a", out _, out IReadOnlyList<AssignedAddress> assigned));
        Assert.Empty(assigned);
    }

    [Fact]
    public void The_address_that_is_asked_for_is_given_where_it_is_free()
    {
        CpPayload request = new(ConfigurationType.Request, [
            new ConfigurationAttribute(ConfigurationAttributeType.InternalIp4Address, [10, 3, 0, 9]),
            new ConfigurationAttribute(ConfigurationAttributeType.InternalIp4Dns, []),
            new ConfigurationAttribute(ConfigurationAttributeType.InternalIp4Address, [10, 3, 0, 10])]);

        Assert.True(InnerAddressConfiguration.TryAnswer(request, [Pool("10.3.0.0/24")], "a", out CpPayload reply, out _));
        ConfigurationAttribute only = Assert.Single(reply.Attributes);
        Assert.Equal<byte>([10, 3, 0, 9], only.Value);
    }

    [Fact]
    public void Attributes_of_a_wrong_length_are_no_addresses()
    {
        CpPayload reply = new(ConfigurationType.Reply, [
            new ConfigurationAttribute(ConfigurationAttributeType.InternalIp4Address, [10, 3]),
            new ConfigurationAttribute(ConfigurationAttributeType.InternalIp4Address, new byte[17]),
            new ConfigurationAttribute(ConfigurationAttributeType.InternalIp6Address, new byte[16])]);

        Assert.Empty(InnerAddressConfiguration.ReadReply(reply));
    }

    private static AddressPool Pool(string prefix) => new(AddressPrefix.TryParse(prefix, out AddressPrefix value) ? value : throw new FormatException(prefix));
}
