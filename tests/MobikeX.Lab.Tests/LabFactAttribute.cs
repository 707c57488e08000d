namespace MobikeX.Lab.Tests;

/// <summary>A test that needs the lab; where the lab cannot be run it is skipped, and says what is missing.</summary>
public sealed class LabFactAttribute : FactAttribute
{
    public LabFactAttribute() => Skip = LabTools.Missing;
}

/// <inheritdoc cref="LabFactAttribute"/>
public sealed class LabTheoryAttribute : TheoryAttribute
{
    public LabTheoryAttribute() => Skip = LabTools.Missing;
}

/// <summary>The programs without which there is no lab. Root is not needed: the kernel is a process like any other.</summary>
internal static class LabTools
{
    private static readonly string[] Needed =
    [
        "linux.uml", "modprobe", "ip", "iptables-legacy", "ping", "tcpdump", "swanctl", "tshark", "certutil",
        "/usr/lib/ipsec/charon", "/usr/local/lib/mobikex-lab/libreswan/usr/libexec/ipsec/pluto",
    ];

    /// <summary>What is missing, and what brings it; null where all is there.</summary>
    public static string? Missing { get; } = Find();

    private static string? Find()
    {
        string[] folders = $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin".Split(':', StringSplitOptions.RemoveEmptyEntries);
        string[] missing = [.. Needed.Where(tool => !folders.Any(folder => File.Exists(Path.Combine(folder, tool))))];
        return missing.Length == 0 ? null : $"{string.Join(", ", missing)}: not found; tests/lab/install brings what the lab needs";
    }
}
