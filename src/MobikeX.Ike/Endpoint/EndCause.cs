namespace MobikeX.Ike;

/// <summary>Why an IKE_SA ended, or was never set up.</summary>
public enum EndCause
{
    /// <summary>This host deleted it: by command, at its end, or since its lifetime was over.</summary>
    Deleted,

    /// <summary>The peer deleted it.</summary>
    DeletedByPeer,

    /// <summary>The peer set up another and knows of no other (RFC 7296 section 2.4).</summary>
    Replaced,

    /// <summary>The peer did not respond.</summary>
    NoResponse,

    /// <summary>One end did not prove its identity to the other.</summary>
    NotAuthenticated,

    /// <summary>The peer refused it with an error.</summary>
    Refused,

    /// <summary>A message was malformed, as this host or the peer has it (RFC 7296 section 2.21.3).</summary>
    Malformed,

    /// <summary>MOBIKE does not let it go on.</summary>
    Mobility,

    /// <summary>This host could not go on.</summary>
    OwnFault,
}
