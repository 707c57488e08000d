namespace MobikeX.Xfrm;

/// <summary>Which end of an IKE_SA this host is.</summary>
public enum XfrmEnd : byte
{
    /// <summary>The Initiator, whose addresses change.</summary>
    Initiator,

    /// <summary>The Responder.</summary>
    Responder,
}

/// <summary>What a backend is given with a pair of CHILD_SAs: which SAs and policies of the kernel are theirs. It touches no others.</summary>
public sealed record XfrmRegistration
{
    /// <summary>Which end of the IKE_SA this host is.</summary>
    public required XfrmEnd Local { get; init; }

    /// <summary>The SPI that the Responder receives on; the other one is the CHILD_SA's own.</summary>
    public required uint ResponderSpi { get; init; }

    /// <summary>The policies; see <see cref="XfrmClient.PoliciesOf"/>.</summary>
    public IReadOnlyList<XfrmPolicyKey> Policies { get; init; } = [];

    /// <summary>The mark of the SAs that this host receives on.</summary>
    public XfrmMark InboundMark { get; init; }

    /// <summary>The mark of the SA that it sends on.</summary>
    public XfrmMark OutboundMark { get; init; }
}
