using MobikeX.Protocol;

namespace MobikeX.Engine;

/// <summary>A SELECTOR_SET: an SA matches where it matches every parameter of at least one SELECTOR (section 8).</summary>
internal sealed class SelectorSet
{
    private readonly List<SelectorTerm> _terms = [];
    private readonly List<int> _ends = [];
    private readonly List<SelectorTerm> _read = [];

    public void Clear()
    {
        _terms.Clear();
        _ends.Clear();
    }

    /// <summary>Reads a SELECTOR, without adding it yet.</summary>
    public void Read(in SelectorNotify selector)
    {
        _read.Clear();
        foreach (AnyParameter parameter in selector)
        {
            if (SelectorTerm.TryFrom(parameter, out SelectorTerm term))
            {
                _read.Add(term);
            }
        }
    }

    /// <summary>Reads a SELECTOR and adds it.</summary>
    public void Add(in SelectorNotify selector)
    {
        Read(selector);
        Add();
    }

    /// <summary>Adds the SELECTOR that was read last.</summary>
    public void Add()
    {
        _terms.AddRange(_read);
        _ends.Add(_terms.Count);
    }

    /// <summary>Finds the SAs that match, never beyond those of the same peer and authentication method as <paramref name="current"/> (section 12).</summary>
    public void Resolve(IkeSa current, SaDirectory directory, SaSelection selection)
    {
        int start = 0;
        foreach (int end in _ends)
        {
            Resolve(start, end, current, directory, selection);
            start = end;
        }
    }

    /// <summary>One parameter narrows down where to look, so that a SELECTOR by SPI does not walk every SA of a peer.</summary>
    private void Resolve(int start, int end, IkeSa current, SaDirectory directory, SaSelection selection)
    {
        for (int i = start; i < end; i++)
        {
            SelectorTerm term = _terms[i];
            if (term.Type == SpiParameter.Type)
            {
                SecurityAssociation? named = term.IsIkeSpi ? directory.FindIkeSa(current, term.Spi) : directory.FindChildSa(current, (uint)term.Spi);
                AddIfMatching(named, start, end, current, selection);
                return;
            }

            if (term.Type == SelectorSpecificValueParameter.Type && term.Value == SelectorValue.IkeSaAndChildSa)
            {
                AddMatching(current, start, end, current, selection);
                return;
            }
        }

        foreach (IkeSa ike in directory.OfSamePeer(current))
        {
            AddMatching(ike, start, end, current, selection);
        }
    }

    private void AddMatching(IkeSa ike, int start, int end, IkeSa current, SaSelection selection)
    {
        AddIfMatching(ike, start, end, current, selection);
        foreach (ChildSa child in ike.Children)
        {
            AddIfMatching(child, start, end, current, selection);
        }
    }

    private void AddIfMatching(SecurityAssociation? sa, int start, int end, IkeSa current, SaSelection selection)
    {
        if (sa is null)
        {
            return;
        }

        for (int i = start; i < end; i++)
        {
            if (!_terms[i].Matches(sa, current))
            {
                return;
            }
        }

        selection.Add(sa);
    }
}
