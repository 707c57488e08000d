namespace MobikeX.Cli.Run;

/// <summary>Keys that cannot be written, as on a full disk, are no reason to end the SAs: that is said once, and no more keys are written.</summary>
/// <param name="write">Writes a line.</param>
/// <param name="warn">Is told, in words.</param>
internal sealed class GuardedKeyLog(Action<string> write, Action<string> warn)
{
    private bool _hasFailed;

    /// <summary>Writes the keys of one IKE_SA.</summary>
    public void Write(string line)
    {
        if (_hasFailed)
        {
            return;
        }

        try
        {
            write(line);
        }
        catch (IOException fault)
        {
            _hasFailed = true;
            warn($"the keys of this IKE_SA and of later ones are not written: {fault.Message}");
        }
    }
}
