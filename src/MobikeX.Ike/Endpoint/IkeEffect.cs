using MobikeX.Engine;

namespace MobikeX.Ike;

/// <summary>What an endpoint asks the IPsec of the host for; its outcome goes to <see cref="IkeEndpoint.HandleEffect"/>.</summary>
/// <param name="Id">What its outcome is to be reported under.</param>
public abstract record IkeEffect(int Id);

/// <summary>A new pair of CHILD_SAs, whole or not at all.</summary>
/// <param name="Id">What its outcome is to be reported under.</param>
/// <param name="Child">The pair.</param>
/// <param name="Setup">Its keys, selectors and algorithms; valid until the outcome is reported.</param>
public sealed record InstallChild(int Id, ChildSa Child, ChildSaSetup Setup) : IkeEffect(Id)
{
    /// <summary>The SPI that this host receives on.</summary>
    public uint LocalSpi { get; } = Setup.IsInitiator ? Child.Spi : Setup.ResponderSpi;
}

/// <summary>The end of a pair of CHILD_SAs.</summary>
/// <param name="Id">What its outcome is to be reported under.</param>
/// <param name="Child">The pair.</param>
/// <param name="LocalSpi">The SPI that this host receives on.</param>
public sealed record RemoveChild(int Id, ChildSa Child, uint LocalSpi) : IkeEffect(Id);

/// <summary>A change of addresses, to all of some SAs or to none.</summary>
/// <param name="Id">What its outcome is to be reported under.</param>
/// <param name="Change">The change.</param>
/// <param name="Targets">The SAs.</param>
public sealed record ChangeSas(int Id, SaChange Change, SaSelection Targets) : IkeEffect(Id);
