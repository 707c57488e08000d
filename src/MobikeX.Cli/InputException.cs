namespace MobikeX.Cli;

/// <summary>The input is wrong: ends the command with <see cref="ExitCode.Wrong"/> and one line of standard error for each fault.</summary>
internal sealed class InputException(IReadOnlyList<string> lines) : Exception(string.Join('\n', lines))
{
    internal InputException(string line)
        : this([line])
    {
    }

    /// <summary>Each begins with where it is: <c>path:line:col: …</c> or <c>offset N: …</c>.</summary>
    internal IReadOnlyList<string> Lines { get; } = lines;
}
