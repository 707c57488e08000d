namespace MobikeX.Engine;

/// <summary>Carries out what engines ask of a backend.</summary>
public static class EngineDriver
{
    /// <summary>Carries out the effects of an engine until it asks for no more.</summary>
    public static void Run(MobikeXEngine engine, IIpsecBackend backend, TimeSpan now)
    {
        while (engine.TryPollEffect(out Effect effect))
        {
            bool succeeded = backend.TryApply(effect.Change, effect.Targets);
            engine.HandleEffect(effect.Id, succeeded, now, backend);
        }
    }
}
