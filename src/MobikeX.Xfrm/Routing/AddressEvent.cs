using MobikeX.Runtime;

namespace MobikeX.Xfrm;

/// <summary>What became of an address of this host, or of a link.</summary>
public enum AddressEventKind
{
    /// <summary>The address can be used.</summary>
    Added,

    /// <summary>The address is gone.</summary>
    Removed,

    /// <summary>The address may be used for new communication again.</summary>
    Preferred,

    /// <summary>The address should not be used for new communication (RFC 4862, section 5.5.4).</summary>
    Deprecated,

    /// <summary>The link carries packets.</summary>
    LinkUp,

    /// <summary>The link carries none, so that its addresses cannot be used.</summary>
    LinkDown,
}

/// <summary>A change of an address of this host, or of a link.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Address">The address; none where a link changed.</param>
/// <param name="Link">The name of the link.</param>
public readonly record struct AddressEvent(AddressEventKind Kind, IpAddress Address, string Link);
