using MobikeX.Protocol;

namespace MobikeX.Engine;

/// <summary>What the machine of ADDITIONAL_IP_ADDRESS asks and does (section 7.2).</summary>
internal readonly struct AlternateSteps : IAlternateResponderHandler
{
    private readonly RequestProcessor _request;

    public AlternateSteps(RequestProcessor request) => _request = request;

    public bool Selected() => _request.IsSelected;

    public bool Matched()
    {
        for (int i = 0; i < _request.Selection.Count; i++)
        {
            if (!_request.Selection[i].IsClosed)
            {
                return true;
            }
        }

        return false;
    }

    public bool LocallyAcceptable() => _request.Options.AcceptsAddress(_request.Action.New);

    public bool FitsSpd()
    {
        for (int i = 0; i < _request.Selection.Count; i++)
        {
            if (_request.Selection[i] is ChildSa { IsClosed: false } child
                && child.IsSelectorAt(AddressPlaces.Header)
                && !_request.Sas.FitsSpd(child, AddressPlaces.Header, _request.Action.New))
            {
                return false;
            }
        }

        return true;
    }

    public bool CheckOnly() => _request.Action.Check;

    public void HandUp()
    {
        for (int i = 0; i < _request.Selection.Count; i++)
        {
            if (!_request.Selection[i].IsClosed)
            {
                _request.Tell(new AlternateOffered(_request.Selection[i], _request.Action.New, _request.Action.NewInformation));
            }
        }
    }

    public void Collect() => _request.Alternates.Add(new Alternate(_request.Action.New, _request.Action.NewInformation, _request.Now));

    public void CollectNone() => _request.Alternates.Clear();

    public void ReplaceList()
    {
        _request.Ike.Alternates = _request.Alternates.Count == 0 ? AlternateList.Empty : new AlternateList(_request.Alternates);
        _request.Tell(new AlternatesReplaced(_request.Ike.Alternates));
    }

    public void React(Reaction reaction) => _request.React(reaction);
}
