namespace MobikeX.Engine;

/// <summary>The IPsec of this host: its SAD and SPD.</summary>
/// <remarks>
/// Every backend keeps these promises. Two outbound states never share a key and a counter. A move keeps the sequence number, the
/// replay window and the lifetimes of an SA. No packet leaves in clear while an SA moves: policies cover the old and the new address
/// before the old one goes. A change that fails leaves the SAD and the SPD as they were.
/// </remarks>
public interface IIpsecBackend : IIpsecReader
{
    /// <summary>Why the last change failed; null where it did not.</summary>
    string? LastFailure { get; }

    /// <summary>Applies one change to every SA of a set, or to none.</summary>
    /// <remarks>An SA that a removal leaves without an address closes in both directions, and is removed from the directory.</remarks>
    /// <returns>False where it failed; everything is then as before.</returns>
    bool TryApply(in SaChange change, SaSelection targets);
}
