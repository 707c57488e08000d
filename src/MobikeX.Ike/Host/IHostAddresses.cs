using MobikeX.Runtime;

namespace MobikeX.Ike;

/// <summary>The addresses of this host, as they come and go.</summary>
public interface IHostAddresses : IDisposable
{
    /// <summary>Those by which a peer can be reached now; the one to prefer first.</summary>
    IReadOnlyList<IpAddress> Usable { get; }

    /// <summary>Is raised when they have changed, on any thread.</summary>
    event Action? Changed;

    /// <summary>Is raised, in words, when changes may have been missed, on any thread.</summary>
    event Action<string>? Missed;
}
