using MobikeX.Runtime;

namespace MobikeX.Engine;

/// <summary>The local policy where nothing else is configured.</summary>
public static class LocalPolicy
{
    private static readonly AddressPrefix[] NotOfAHost =
    [
        new(IpAddress.Parse("0.0.0.0"), 32),
        new(IpAddress.Parse("127.0.0.0"), 8),
        new(IpAddress.Parse("224.0.0.0"), 4),
        new(IpAddress.Parse("255.255.255.255"), 32),
        new(IpAddress.Parse("::"), 128),
        new(IpAddress.Parse("::1"), 128),
        new(IpAddress.Parse("ff00::"), 8),
    ];

    /// <summary>Takes an address that another host may have: not the unspecified one, nor loopback, nor multicast, nor the limited broadcast (RFC 1122 section 3.2.1.3, RFC 4291 section 2.4).</summary>
    public static bool TakesHost(IpAddress address)
    {
        foreach (AddressPrefix refused in NotOfAHost)
        {
            if (refused.Contains(address))
            {
                return false;
            }
        }

        return !address.IsNone;
    }
}
