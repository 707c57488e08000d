using MobikeX.Protocol;

namespace MobikeX.Engine;

/// <summary>What the machine of the SELECTOR_SET asks and does (sections 8 and 9).</summary>
internal readonly struct SelectorSteps : ISelectorResponderHandler
{
    private readonly RequestProcessor _request;

    public SelectorSteps(RequestProcessor request) => _request = request;

    public bool MaySelect() => _request.PeerMaySend(SelectorNotify.Sender);

    public bool SelectorUnderstood() => _request.SelectorUnderstood;

    public bool Erroneous() => _request.Error;

    public bool EndsSet() => _request.Action.EndsSet;

    public void ClearSet() => _request.Selectors.Clear();

    public void AddSelector() => _request.Selectors.Add();

    public void SetError() => _request.Error = true;

    public void ClearError() => _request.Error = false;

    public void SelectDefault() => _request.Plan.SelectDefault(_request.Action.DefaultSelection, _request.Ike);

    public void FixSet() => _request.Plan.Select(_request.Selectors, _request.Ike, _request.Sas.Directory);

    public void Perform() => _request.Perform();

    public void React(Reaction reaction) => _request.React(reaction);
}
