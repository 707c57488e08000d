namespace MobikeX.Engine;

/// <summary>The part of the IPsec of this host that makes pairs of CHILD_SAs out of what a key exchange has negotiated.</summary>
/// <remarks>A pair that was installed is one of the backend's, which moves it from then on.</remarks>
public interface IChildSaInstaller
{
    /// <summary>Why the last installation or removal failed; null where it did not.</summary>
    string? LastFailure { get; }

    /// <summary>Installs a pair of CHILD_SAs with its policies, and makes it known in the directory, where its IKE_SA is.</summary>
    /// <remarks>
    /// All of it is installed, or nothing. Policies come before the SAs, so that nothing which they are about leaves in clear. A pair that
    /// replaces another has the policies of that one, and its request ID.
    /// </remarks>
    /// <param name="child">The pair; its addresses and its mode are those of the SAs.</param>
    /// <param name="setup">What else was negotiated. Its keys are copied; the caller disposes of it.</param>
    /// <returns>False where it failed; everything is then as before.</returns>
    bool TryInstall(ChildSa child, ChildSaSetup setup);

    /// <summary>Closes a pair in both directions, and takes it out of the directory. Policies stay while another pair has them too.</summary>
    /// <remarks>Of a pair that has gone already, all or in part, the rest is removed.</remarks>
    /// <returns>False where it failed; everything is then as before.</returns>
    bool TryRemove(ChildSa child);

    /// <summary>What a pair has carried until now; null where that is not known.</summary>
    ChildSaUsage? UsageOf(ChildSa child);
}
