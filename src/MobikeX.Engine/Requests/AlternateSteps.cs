using MobikeX.Protocol;

namespace MobikeX.Engine;

/// <summary>What the machine of ADDITIONAL_IP_ADDRESS asks and does (section 7.2).</summary>
internal readonly struct AlternateSteps : IAlternateResponderHandler
{
    private readonly RequestProcessor _request;

    public AlternateSteps(RequestProcessor request) => _request = request;

    public bool Selected() => _request.Plan.IsSelected;

    public bool Matched() => _request.Plan.MatchAll();

    public bool LocallyAcceptable() =>
        _request.Options.AcceptsAddress(_request.Action.Address) && (_request.Plan.IsSelected || _request.Alternates.Count < _request.Options.MostAddresses);

    public bool FitsSpd() => _request.Plan.FitsSpd(_request.Action, _request.Sas);

    public bool CheckOnly() => _request.Action.Check;

    public void HandUp() => _request.Tell(new AlternateOffered(_request.Plan.AllTargets(), _request.Action.New, _request.Action.NewInformation));

    public void Collect() => _request.Alternates.Add(new Alternate(_request.Action.New, _request.Action.NewInformation, _request.Received));

    public void CollectNone() => _request.Alternates.Clear();

    public void ReplaceList()
    {
        _request.Ike.Alternates = _request.Alternates.Count == 0 ? AlternateList.Empty : new AlternateList(_request.Alternates);
        _request.Tell(new AlternatesReplaced(_request.Ike.Alternates));
    }

    /// <summary>RFC 4555 has no answer to an alternate address that is not taken.</summary>
    public void React(Reaction reaction)
    {
        if (!_request.IsMobike)
        {
            _request.React(reaction);
        }
    }
}
