using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Engine;

/// <summary>One SELECTOR to send: an SA matches where everything that is given matches.</summary>
public sealed record SaSelector
{
    /// <summary>The SPI of an IKE_SA that the sender receives on.</summary>
    public ulong? IkeSpi { get; init; }

    /// <summary>The SPI of a CHILD_SA that the sender receives on.</summary>
    public uint? ChildSpi { get; init; }

    /// <summary>An address that the SA has.</summary>
    public IpAddress? Address { get; init; }

    /// <summary>Where it has the address; none: anywhere.</summary>
    public AddressPlaces Places { get; init; }

    /// <summary>The mode of the SA.</summary>
    public IpsecMode? Mode { get; init; }

    /// <summary>The protocol of the SA.</summary>
    public IpsecProto? Protocol { get; init; }

    /// <summary>A set of SAs that has a number of its own.</summary>
    public SelectorValue? Value { get; init; }
}
