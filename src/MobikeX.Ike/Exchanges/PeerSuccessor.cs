namespace MobikeX.Ike;

/// <summary>The IKE_SA that an exchange of the peer put in the place of another.</summary>
internal sealed record PeerSuccessor(IkeSession Successor, byte[] LowestNonce);
