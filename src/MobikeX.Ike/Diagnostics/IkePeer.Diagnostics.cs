namespace MobikeX.Ike;

public sealed partial class IkePeer
{
    /// <summary>The pairs of CHILD_SAs, as they are now.</summary>
    public IReadOnlyList<ChildPair> ChildPairs => [.. Children.Select(static child => new ChildPair(child.Options.Name, child.LocalSpi, child.RemoteSpi, child.Selectors, child.Sa))];
}
