namespace MobikeX.Engine;

/// <summary>A change that an engine asks the backend for; its outcome goes to <see cref="MobikeXEngine.HandleEffect"/>.</summary>
public readonly struct Effect
{
    /// <summary>Creates an effect.</summary>
    public Effect(int id, in SaChange change, SaSelection targets)
    {
        Id = id;
        Change = change;
        Targets = targets;
    }

    /// <summary>What its outcome is to be reported under.</summary>
    public int Id { get; }

    /// <summary>The change.</summary>
    public SaChange Change { get; }

    /// <summary>The SAs to change, all or none; valid until the outcome is reported.</summary>
    public SaSelection Targets { get; }
}
