namespace MobikeX.Cli;

/// <summary>What the exit code says; the same for every command.</summary>
public static class ExitCode
{
    /// <summary>Done, and nothing is wrong.</summary>
    public const int Fine = 0;

    /// <summary>Done, and the answer is no: problems were found, or an expectation is not met.</summary>
    public const int No = 1;

    /// <summary>The call or its input is wrong; nothing was written.</summary>
    public const int Wrong = 2;

    /// <summary>The system does not allow it, or lacks what it takes.</summary>
    public const int Denied = 3;

    internal const string Help =
        "Exit codes: 0 fine; 1 the answer is no (problems found, an expectation not met, a spec with errors); "
        + "2 the call or its input is wrong, and nothing was written; 3 the system does not allow it, or lacks what it takes.";
}
