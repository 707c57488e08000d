using MobikeX.Runtime;

namespace MobikeX.Cli.Run;

/// <summary>Puts addresses that this host has inside a tunnel on the host, so that its programs can send from them.</summary>
internal interface IInnerAddresses
{
    /// <summary>Puts one there.</summary>
    /// <returns>Why that could not be done; null where it was.</returns>
    string? Add(IpAddress address);

    /// <summary>Takes one away that was put there.</summary>
    /// <returns>Why that could not be done; null where it was.</returns>
    string? Remove(IpAddress address);
}
