using Microsoft.Extensions.Logging;
using MobikeX.Ike;

namespace MobikeX.Cli.Run.Configuration;

/// <summary>What a configuration file says.</summary>
/// <param name="ControlSocket">Where the daemon is commanded; null: nowhere.</param>
/// <param name="LogFormat">How it logs.</param>
/// <param name="LogLevel">What it logs: this and what is graver.</param>
/// <param name="Ike">What the endpoint is given.</param>
/// <param name="Started">The names of the connections that are begun at start.</param>
/// <param name="Warnings">What is allowed and should not be so, such as a secret that others can read; each with its place.</param>
internal sealed record DaemonConfig(
    string? ControlSocket, LogFormat LogFormat, LogLevel LogLevel, IkeOptions Ike, IReadOnlyList<string> Started, IReadOnlyList<string> Warnings) : IDisposable
{
    /// <summary>Forgets the secrets.</summary>
    public void Dispose()
    {
        foreach (IkeConnectionOptions connection in Ike.Connections)
        {
            connection.LocalCredential.Dispose();
            connection.RemoteCredential.Dispose();
        }
    }
}

/// <summary>How the daemon logs on standard output.</summary>
internal enum LogFormat
{
    /// <summary>A line of text an entry.</summary>
    Text,

    /// <summary>A JSON object an entry, each on one line.</summary>
    Json,
}
