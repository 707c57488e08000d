namespace MobikeX.Engine;

/// <summary>What an engine has put out and nobody has taken yet.</summary>
internal sealed class EngineOutbox
{
    public Queue<Transmit> Transmits { get; } = new();

    public Queue<Effect> Effects { get; } = new();

    public Queue<EngineEvent> Events { get; } = new();

    public bool IsEmpty => Transmits.Count == 0 && Effects.Count == 0 && Events.Count == 0;
}
