namespace MobikeX.Lab.Tests;

/// <summary>A test that needs the lab; where the lab cannot be run it is skipped, and says what is missing.</summary>
public sealed class LabTheoryAttribute : TheoryAttribute
{
    private static readonly string[] Tools = ["linux.uml", "modprobe", "ip", "iptables-legacy", "ping", "tcpdump"];

    public LabTheoryAttribute()
    {
        string[] missing = [.. Tools.Where(tool => !IsThere(tool))];
        if (missing.Length > 0)
        {
            Skip = $"{string.Join(", ", missing)}: missing; tests/lab/install brings what the lab needs";
        }
    }

    private static bool IsThere(string tool) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin".Split(':', StringSplitOptions.RemoveEmptyEntries).Any(folder => File.Exists(Path.Combine(folder, tool)));
}
