using MobikeX.Runtime;

namespace MobikeX.Engine.Memory;

/// <summary>A SAD and an SPD that exist in memory only: for tests, scenarios and demonstrations, and as the model of what a backend does.</summary>
public sealed class MemoryIpsecBackend : IIpsecBackend, IChildSaInstaller
{
    private readonly List<Undo> _journal = [];
    private int _failAfter = -1;

    /// <inheritdoc/>
    public SaDirectory Directory { get; } = new();

    /// <summary>The addresses that the SPD allows as selectors; null: all.</summary>
    public IReadOnlyList<AddressPrefix>? AllowedSelectors { get; set; }

    /// <inheritdoc/>
    public string? LastFailure { get; private set; }

    /// <summary>Is told of an SA after every single step of a change, so that what holds in between can be observed.</summary>
    public Action<ChildSa>? Stepped { get; set; }

    /// <summary>Installs an IKE_SA.</summary>
    public void Add(IkeSa ike) => Directory.Add(ike);

    /// <summary>Installs a pair of CHILD_SAs, with its policies.</summary>
    public void Add(ChildSa child)
    {
        child.BackendState = new MemorySadEntry(child);
        Directory.Add(child);
    }

    /// <summary>The state of an installed pair of CHILD_SAs; null where it is closed.</summary>
    public MemorySadEntry? this[ChildSa child] => child.BackendState as MemorySadEntry;

    /// <summary>Makes the next change, installation or removal fail; a change, once a number of SAs have been changed.</summary>
    public void FailNext(int afterSas = 1) => _failAfter = afterSas;

    /// <inheritdoc/>
    public bool FitsSpd(ChildSa sa, AddressPlaces place, IpAddress address)
    {
        if (AllowedSelectors is null)
        {
            return true;
        }

        foreach (AddressPrefix prefix in AllowedSelectors)
        {
            if (prefix.Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public bool TryApply(in SaChange change, SaSelection targets)
    {
        int failAfter = _failAfter;
        LastFailure = TakeFailure();
        _journal.Clear();
        for (int i = 0; i < targets.Count; i++)
        {
            if (i == failAfter || targets[i].IsClosed)
            {
                LastFailure ??= $"{targets[i]} is closed";
                TakeBack();
                return false;
            }

            _journal.Add(new Undo(targets[i], SaAddresses.Of(targets[i])));
            Move(targets[i], change);
        }

        if (failAfter >= targets.Count)
        {
            TakeBack();
            return false;
        }

        // Closing cannot be taken back, so it comes last, when nothing can fail any more.
        for (int i = 0; i < targets.Count; i++)
        {
            if (change.Closes(targets[i]))
            {
                Close(targets[i]);
            }
        }

        _journal.Clear();
        return true;
    }

    /// <inheritdoc/>
    public bool TryInstall(ChildSa child, ChildSaSetup setup)
    {
        _ = setup ?? throw new ArgumentNullException(nameof(setup));
        LastFailure = TakeFailure()
            ?? (child.Ike.Peer is null ? $"the IKE_SA of {child} is not known" : null)
            ?? (child.IsClosed || child.BackendState is not null ? $"{child} was installed before" : null)
            ?? (Directory.FindChildSa(child.Ike, child.Spi) is not null ? $"there is a {child} already" : null)
            ?? (setup.Replaces is { IsClosed: true } ? $"{setup.Replaces}, which {child} replaces, is closed" : null);
        if (LastFailure is null)
        {
            Add(child);
        }

        return LastFailure is null;
    }

    /// <inheritdoc/>
    public bool TryRemove(ChildSa child)
    {
        LastFailure = TakeFailure() ?? (child.IsClosed ? $"{child} is closed" : null);
        if (LastFailure is null)
        {
            Close(child);
        }

        return LastFailure is null;
    }

    /// <inheritdoc/>
    public ChildSaUsage? UsageOf(ChildSa child) => this[child]?.Usage;

    private string? TakeFailure()
    {
        bool fails = _failAfter >= 0;
        _failAfter = -1;
        return fails ? "it was to fail" : null;
    }

    private void Move(SecurityAssociation sa, in SaChange change)
    {
        if (change.Closes(sa))
        {
            return;
        }

        MoveTo(sa, SaAddresses.After(sa, change));
    }

    /// <summary>Policies for the new addresses stand before the SA has them, and those for the old ones until it has not.</summary>
    private void MoveTo(SecurityAssociation sa, in SaAddresses after)
    {
        if (sa is not ChildSa child)
        {
            after.WriteTo(sa);
            return;
        }

        AddressSet selectors = child.IsTunnel ? after.Inner : after.Initiator;
        bool policiesChange = selectors != child.SelectorAddresses;
        if (policiesChange)
        {
            this[child]!.Cover(selectors);
        }

        Stepped?.Invoke(child);
        after.WriteTo(child);
        Stepped?.Invoke(child);
        if (policiesChange)
        {
            this[child]!.CoverOnly(selectors);
        }

        Stepped?.Invoke(child);
    }

    private void Close(SecurityAssociation sa)
    {
        if (sa is ChildSa child)
        {
            child.BackendState = null;
            Directory.Remove(child);
        }
        else if (sa is IkeSa ike)
        {
            foreach (ChildSa under in ike.Children)
            {
                under.BackendState = null;
            }

            Directory.Remove(ike);
        }
    }

    private void TakeBack()
    {
        for (int i = _journal.Count - 1; i >= 0; i--)
        {
            MoveTo(_journal[i].Sa, _journal[i].Before);
        }

        _journal.Clear();
    }

    private readonly record struct Undo(SecurityAssociation Sa, SaAddresses Before);
}
