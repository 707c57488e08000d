using MobikeX.Engine;

namespace MobikeX.Ike;

/// <summary>A pair of CHILD_SAs, for who looks at an IKE_SA from outside.</summary>
/// <param name="Name">What it is called in the configuration.</param>
/// <param name="LocalSpi">The SPI that this host receives on.</param>
/// <param name="RemoteSpi">The SPI that the peer receives on.</param>
/// <param name="Selectors">The traffic that it carries, this host's end first.</param>
/// <param name="Sa">The pair as the engines see it.</param>
public sealed record ChildPair(string Name, uint LocalSpi, uint RemoteSpi, string Selectors, ChildSa Sa);
