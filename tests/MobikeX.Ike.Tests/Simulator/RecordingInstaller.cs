using MobikeX.Engine;

namespace MobikeX.Ike.Tests;

/// <summary>Keeps what CHILD_SAs are installed with: two ends must have the same keys, the other way round.</summary>
internal sealed class RecordingInstaller(IChildSaInstaller inner) : IChildSaInstaller
{
    public Dictionary<ChildSa, Installed> Installations { get; } = [];

    public string? LastFailure => inner.LastFailure;

    public bool TryInstall(ChildSa child, ChildSaSetup setup)
    {
        if (!inner.TryInstall(child, setup))
        {
            return false;
        }

        Installations.Add(child, new Installed(
            [.. setup.Outbound.Encryption, .. setup.Outbound.Integrity],
            [.. setup.Inbound.Encryption, .. setup.Inbound.Integrity],
            setup.Local,
            setup.Remote,
            setup.SendsOnReplaced,
            setup.Replaces,
            setup.Limits));
        return true;
    }

    public bool TryRemove(ChildSa child) => inner.TryRemove(child);

    public ChildSaUsage? UsageOf(ChildSa child) => inner.UsageOf(child);

    internal sealed record Installed(
        byte[] Outbound, byte[] Inbound, IReadOnlyList<TrafficRange> Local, IReadOnlyList<TrafficRange> Remote, bool SendsOnReplaced, ChildSa? Replaces, ChildSaLimits? Limits);
}
