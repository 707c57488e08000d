namespace MobikeX.Lab;

/// <summary>Something that is shown on a real kernel. It fails by an exception, as a test does.</summary>
/// <param name="name">What it is asked for by.</param>
/// <param name="shows">What holds when it passes, in one sentence.</param>
internal abstract class Scenario(string name, string shows)
{
    public string Name { get; } = name;

    public string Shows { get; } = shows;

    /// <summary>How long it may take before it counts as hung.</summary>
    public virtual TimeSpan Patience => TimeSpan.FromSeconds(120);

    public abstract void Run(ScenarioRun run);
}
