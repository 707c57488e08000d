namespace MobikeX.Engine;

/// <summary>Where in an SA an address stands: the H and I bits of the IP parameter.</summary>
[Flags]
public enum AddressPlaces : byte
{
    /// <summary>Nowhere in particular.</summary>
    None = 0,

    /// <summary>The header that is routed: the only one in transport mode, the outer one in tunnel mode.</summary>
    Header = 1,

    /// <summary>Inside the tunnel.</summary>
    Inner = 2,
}
