namespace MobikeX.Ike;

/// <summary>Why a first request of a peer was refused.</summary>
public enum RequestRefusal
{
    /// <summary>It cannot be read, or lacks what it takes (RFC 7296 section 3.10.1).</summary>
    Malformed,

    /// <summary>It has a higher major version of IKE (section 2.5).</summary>
    MajorVersion,

    /// <summary>No connection takes the algorithms from that address (section 3.10.1).</summary>
    NoProposalChosen,

    /// <summary>Its key exchange is of another group than the one that was chosen (section 1.3).</summary>
    KeyExchange,

    /// <summary>It is to come again with a COOKIE (section 2.6).</summary>
    Cookie,

    /// <summary>There are as many half-open IKE_SAs as there may be; it is not answered.</summary>
    HalfOpenLimit,
}
