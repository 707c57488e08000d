namespace MobikeX.Ike.Authentication;

/// <summary>What one end of an IKE_SA proves its identity with, or what the other end checks such a proof against.</summary>
public abstract class Credential : IDisposable
{
    private protected Credential()
    {
    }

    /// <inheritdoc/>
    public abstract void Dispose();
}
