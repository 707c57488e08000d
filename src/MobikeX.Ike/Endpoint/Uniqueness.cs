namespace MobikeX.Ike;

/// <summary>What becomes of IKE_SAs between the same two identities, proved in the same way, when their peer sets up another.</summary>
public enum Uniqueness
{
    /// <summary>They stay, unless the peer says that it knows of none (RFC 7296 section 2.4, INITIAL_CONTACT).</summary>
    InitialContact,

    /// <summary>The new one takes their place: they are deleted.</summary>
    Replace,

    /// <summary>They stay and the new one is refused, unless the peer says that it knows of none.</summary>
    Keep,

    /// <summary>They stay, whatever the peer says; it is not told either that this host knows of none.</summary>
    Never,
}
