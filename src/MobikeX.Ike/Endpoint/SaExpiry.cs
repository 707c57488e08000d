using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Ike;

/// <summary>One SA has carried as much as it may; it is told by the IPsec of the host.</summary>
/// <param name="Protocol">ESP or AH.</param>
/// <param name="Destination">Where its packets go to.</param>
/// <param name="Spi">Its SPI.</param>
/// <param name="IsHard">True where it is gone; false where it is to be replaced soon.</param>
public readonly record struct SaExpiry(IpsecProto Protocol, IpAddress Destination, uint Spi, bool IsHard);
