using MobikeX.Cli.Run.Control;
using MobikeX.Engine;
using MobikeX.Ike;
using MobikeX.Protocol;

namespace MobikeX.Cli.Run;

/// <summary>Finds out what became of one action of MOBIKE-X from what the engine tells.</summary>
internal sealed class ActionJudge(ActionTrait action)
{
    private readonly List<string> _answers = [];

    /// <summary>The identifier that the action was sent with; null for an action without one.</summary>
    public ushort? Identifier { get; set; }

    /// <summary>The outcome, where this event tells it.</summary>
    public ControlAnswer? Take(IkeEvent told)
    {
        switch (told)
        {
            case EngineTold { Event: ActionAccepted accepted } when IsOurs(accepted.Action, accepted.Identifier):
                return ControlAnswer.Done;
            case EngineTold { Event: ActionAnswered answered, Version: var version } when IsOurs(answered.Action ?? action, answered.Identifier ?? Identifier):
                _answers.Add(IkeNames.Of(answered.Answer, version));
                return null;
            case EngineTold { Event: ActionFailed failed } when IsOurs(failed.Action, failed.Identifier):
                return No(failed.Reason);
            case EngineTold { Event: CandidatesExhausted exhausted } when exhausted.Identifier == Identifier:
                return No("every address was refused");
            case EngineTold { Event: CommandRefused refused } when (refused.Identifier ?? Identifier) == Identifier:
                return No(refused.Reason);
            default:
                return null;
        }
    }

    private bool IsOurs(ActionTrait other, ushort? identifier) => other == action && (Identifier is null || identifier == Identifier);

    private ControlAnswer No(string reason) => ControlAnswer.No(_answers.Count == 0 ? reason : $"{reason} ({string.Join(", ", _answers)})");
}
