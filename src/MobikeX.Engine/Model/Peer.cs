namespace MobikeX.Engine;

/// <summary>The IKE_SAs of one peer identity that were authenticated by the same method: as far as a SELECTOR may reach.</summary>
internal sealed class Peer
{
    public IkeSa? First { get; set; }
}
