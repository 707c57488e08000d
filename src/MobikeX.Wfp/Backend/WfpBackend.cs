using System.Runtime.Versioning;
using MobikeX.Engine;
using MobikeX.Runtime;

namespace MobikeX.Wfp;

/// <summary>The IPsec of Windows, for the SA contexts that it is given and the filters that they use; it touches no others. Not for several threads at once.</summary>
[SupportedOSPlatform("windows")]
public sealed class WfpBackend : IIpsecBackend
{
    private readonly WfpEngine _engine;
    private readonly Leftovers _left = new();

    /// <summary>Creates a backend on a session, which stays the caller's.</summary>
    public WfpBackend(WfpEngine engine) => _engine = engine ?? throw new ArgumentNullException(nameof(engine));

    /// <inheritdoc/>
    public SaDirectory Directory { get; } = new();

    /// <summary>Why the last change or question was answered with no, or what it had to leave undone; null where there is nothing to say.</summary>
    public string? LastFailure { get; private set; }

    /// <summary>Is told of an SA before its context is moved.</summary>
    internal Action<SecurityAssociation>? Moving { get; set; }

    /// <summary>Is told of a pair of CHILD_SAs after every step of a change.</summary>
    internal Action<ChildSa>? Stepped { get; set; }

    /// <summary>Makes an IKE_SA known; the platform shows none that could be moved.</summary>
    public void Add(IkeSa ike) => Directory.Add(ike);

    /// <summary>Takes charge of a pair of CHILD_SAs for which the host's IKE made a context, found by its SPI and addresses.</summary>
    /// <exception cref="WfpException">There is no such context, or it is not what the pair says.</exception>
    public void Adopt(ChildSa child, WfpEnd local)
    {
        child.BackendState = WfpChild.Adopt(child, local, _engine.ListSas());
        Directory.Add(child);
    }

    /// <summary>Lets go of a pair of CHILD_SAs, and leaves the platform as it is.</summary>
    public void Release(ChildSa child)
    {
        if (child.BackendState is WfpChild)
        {
            child.BackendState = null;
            Directory.Remove(child);
        }
    }

    /// <inheritdoc/>
    /// <remarks>It does where a filter in each direction hands the address to IPsec: with the Responder's address in transport mode, with the tunnel's policy in tunnel mode.</remarks>
    public bool FitsSpd(ChildSa sa, AddressPlaces place, IpAddress address)
    {
        LastFailure = null;
        if (sa.BackendState is not WfpChild child)
        {
            LastFailure = $"{sa} is not one of this backend";
            return false;
        }

        return Try(() =>
        {
            IReadOnlyList<WfpFilter> filters = _engine.ListFilters();
            foreach (WfpDirection direction in (ReadOnlySpan<WfpDirection>)[WfpDirection.Outbound, WfpDirection.Inbound])
            {
                if (!filters.Any(filter => filter.Direction == direction && Takes(filter, child, address)))
                {
                    throw new WfpException($"no {direction.ToString().ToLowerInvariant()} filter hands {address} to IPsec");
                }
            }
        });
    }

    /// <inheritdoc/>
    public bool TryApply(in SaChange change, SaSelection targets)
    {
        SaChange applied = change;
        return TryMove(targets, applied.Closes, child => ChildTarget.After(child, applied), ike => SaAddresses.After(ike, applied).WriteTo(ike));
    }

    /// <summary>Uses another of the Initiator's addresses: what it sends comes from there, what it is sent goes there. The sets of addresses stay.</summary>
    /// <returns>False where an SA does not have the address, or it failed; everything is then as before.</returns>
    public bool TryUse(IpAddress address, SaSelection targets)
    {
        for (int i = 0; i < targets.Count; i++)
        {
            if (!targets[i].Initiator.Contains(address))
            {
                LastFailure = $"{targets[i]} does not have {address}";
                return false;
            }
        }

        return TryMove(targets, static _ => false, child => ChildTarget.Of(child) with { Current = address }, static _ => { });
    }

    private bool TryMove(
        SaSelection targets, Func<SecurityAssociation, bool> closes, Func<WfpChild, ChildTarget> after, Action<IkeSa> applyToIke)
    {
        LastFailure = null;
        _left.Retry(_engine);
        using MoveBatch batch = new(_engine, _left) { Moving = Moving, Stepped = Stepped };
        bool moved = Try(() =>
        {
            batch.Plan(targets, closes, after);
            batch.Run(FiltersOfOthers);
        });
        LastFailure = string.Join("; ", new[] { LastFailure, _left.Describe() }.OfType<string>()) is { Length: > 0 } words ? words : null;
        if (!moved)
        {
            return false;
        }

        batch.Commit(Directory);
        for (int i = 0; i < targets.Count; i++)
        {
            if (targets[i] is IkeSa ike)
            {
                if (closes(ike))
                {
                    Directory.Remove(ike);
                }
                else
                {
                    applyToIke(ike);
                }
            }
        }

        return true;
    }

    private HashSet<ulong> FiltersOfOthers(HashSet<ulong> contexts) =>
        [.. _engine.ListSas().Where(sa => !contexts.Contains(sa.ContextId)).SelectMany(static sa => sa.Filters).Select(static filter => filter.Id)];

    private static bool Takes(WfpFilter filter, WfpChild child, IpAddress address) =>
        filter.IsTunnel == child.Sa.IsTunnel
        && filter.IsAbout(child.InitiatorIsLocal, address)
        && (child.Sa.IsTunnel ? filter.ProviderContext == child.Policy : filter.IsAbout(!child.InitiatorIsLocal, child.Sa.Responder[0]));

    private bool Try(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (WfpException fault)
        {
            LastFailure = fault.Message;
            return false;
        }
    }
}
