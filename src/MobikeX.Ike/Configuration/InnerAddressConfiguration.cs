using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Ike;

/// <summary>Asking for an address inside the tunnel, and assigning it (RFC 7296, 2.19 and 3.15).</summary>
internal static class InnerAddressConfiguration
{
    /// <summary>The request of an Initiator that takes what address it is given.</summary>
    public static CpPayload Request(bool ipv4, bool ipv6)
    {
        List<ConfigurationAttribute> attributes = [];
        if (ipv4)
        {
            attributes.Add(new ConfigurationAttribute(ConfigurationAttributeType.InternalIp4Address, []));
        }

        if (ipv6)
        {
            attributes.Add(new ConfigurationAttribute(ConfigurationAttributeType.InternalIp6Address, []));
        }

        return new CpPayload(ConfigurationType.Request, attributes);
    }

    /// <summary>Answers a request as the Responder: at most one address of each family is assigned.</summary>
    /// <param name="request">The Initiator's request.</param>
    /// <param name="pools">The pools; the first one of a family that has an address left gives it.</param>
    /// <param name="identity">The identity by which the Initiator was authenticated.</param>
    /// <param name="reply">The reply.</param>
    /// <param name="assigned">The addresses assigned: to be released with the IKE_SA.</param>
    /// <returns>False where no address could be assigned: the answer is INTERNAL_ADDRESS_FAILURE.</returns>
    public static bool TryAnswer(
        CpPayload request,
        IReadOnlyList<AddressPool> pools,
        string identity,
        out CpPayload reply,
        out IReadOnlyList<AssignedAddress> assigned)
    {
        List<ConfigurationAttribute> attributes = [];
        List<AssignedAddress> addresses = [];
        foreach (ConfigurationAttribute wish in request.Attributes.DistinctBy(attribute => attribute.Type))
        {
            bool isIPv4 = wish.Type == ConfigurationAttributeType.InternalIp4Address;
            if ((isIPv4 || wish.Type == ConfigurationAttributeType.InternalIp6Address)
                && Assign(pools.Where(pool => pool.Prefix.Address.IsIPv4 == isIPv4), identity, ReadAddress(wish)) is { } address)
            {
                addresses.Add(address);
                attributes.Add(new ConfigurationAttribute(wish.Type, AddressOctets(address.Address)));
            }
        }

        reply = new CpPayload(ConfigurationType.Reply, attributes);
        assigned = addresses;
        return addresses.Count > 0;
    }

    /// <summary>The addresses that a Responder assigned; at most one of each family.</summary>
    public static IReadOnlyList<IpAddress> ReadReply(CpPayload reply) => reply.ConfigurationType == ConfigurationType.Reply
        ? [.. reply.Attributes.Select(ReadAddress).Where(address => !address.IsNone).DistinctBy(address => address.Length)]
        : [];

    private static AssignedAddress? Assign(IEnumerable<AddressPool> pools, string identity, IpAddress requested)
    {
        foreach (AddressPool pool in pools)
        {
            if (pool.TryAssign(identity, requested, out IpAddress address))
            {
                return new AssignedAddress(pool, identity, address);
            }
        }

        return null;
    }

    /// <summary>An IPv6 address is followed by the length of a prefix, which says nothing that traffic selectors do not.</summary>
    private static IpAddress ReadAddress(ConfigurationAttribute attribute) => attribute.Type switch
    {
        ConfigurationAttributeType.InternalIp4Address when IpAddress.TryRead(attribute.Value, out IpAddress address) && address.IsIPv4 => address,
        ConfigurationAttributeType.InternalIp6Address when attribute.Value.Length == IpAddress.IPv6Length + 1
            && IpAddress.TryRead(attribute.Value.AsSpan(0, IpAddress.IPv6Length), out IpAddress address) => address,
        _ => default,
    };

    private static byte[] AddressOctets(IpAddress address)
    {
        byte[] octets = new byte[address.IsIPv4 ? IpAddress.IPv4Length : IpAddress.IPv6Length + 1];
        _ = address.TryWrite(octets);
        if (address.IsIPv6)
        {
            octets[^1] = IpAddress.IPv6Length * 8;
        }

        return octets;
    }
}
