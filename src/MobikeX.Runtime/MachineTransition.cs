namespace MobikeX.Runtime;

/// <summary>One row of a state machine's table: what an event does in a state, when its guards hold.</summary>
/// <remarks>Rows of the same state and event are tried in order. Names are those of the document.</remarks>
public sealed class MachineTransition
{
    /// <summary>Creates a row.</summary>
    public MachineTransition(string state, string raised, string[] guards, string? target, string[] steps, string reference)
    {
        State = state;
        Event = raised;
        Guards = guards;
        Target = target;
        Steps = steps;
        Reference = reference;
    }

    /// <summary>The state that the row is for.</summary>
    public string State { get; }

    /// <summary>The event that the row is for.</summary>
    public string Event { get; }

    /// <summary>What must hold, all of it; a guard that must not hold begins with <c>not</c>.</summary>
    public IReadOnlyList<string> Guards { get; }

    /// <summary>The next state; null where the machine stays.</summary>
    public string? Target { get; }

    /// <summary>What is done, in order: an action, <c>react</c> with a reaction, <c>start</c> or <c>stop</c> with a timer.</summary>
    public IReadOnlyList<string> Steps { get; }

    /// <summary>The document and section that ask for it; may be empty.</summary>
    public string Reference { get; }

    /// <inheritdoc/>
    public override string ToString()
    {
        string guards = Guards.Count == 0 ? string.Empty : " [" + string.Join(", ", Guards) + "]";
        string steps = Steps.Count == 0 ? string.Empty : " / " + string.Join(", ", Steps);
        return $"{State} --{Event}{guards}{steps}--> {Target ?? State}";
    }
}
