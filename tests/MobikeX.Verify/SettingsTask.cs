using System.Runtime.CompilerServices;

namespace VerifyTests;

/// <summary>A verification that begins when it is awaited, so that settings may follow the call.</summary>
public class SettingsTask
{
    private readonly VerifySettings _settings;
    private readonly Func<VerifySettings, Task> _verify;
    private Task? _task;

    internal SettingsTask(VerifySettings settings, Func<VerifySettings, Task> verify)
    {
        _settings = settings;
        _verify = verify;
    }

    public SettingsTask UseDirectory(string directory)
    {
        _settings.UseDirectory(directory);
        return this;
    }

    public SettingsTask UseTextForParameters(string parameterText)
    {
        _settings.UseTextForParameters(parameterText);
        return this;
    }

    public Task ToTask() => _task ??= _verify(_settings);

    public TaskAwaiter GetAwaiter() => ToTask().GetAwaiter();

    public ConfiguredTaskAwaitable ConfigureAwait(bool continueOnCapturedContext) => ToTask().ConfigureAwait(continueOnCapturedContext);

    public static implicit operator Task(SettingsTask task) => task.ToTask();
}
