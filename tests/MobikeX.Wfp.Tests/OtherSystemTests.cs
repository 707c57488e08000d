namespace MobikeX.Wfp.Tests;

public sealed class OtherSystemTests
{
    [Fact]
    public void On_another_system_it_says_at_once_that_there_is_no_such_platform()
    {
        Assert.False(OperatingSystem.IsWindows(), "these tests run on the system that starts Wine");
        PlatformNotSupportedException refused = Assert.Throws<PlatformNotSupportedException>(() => WfpEngine.Open());
        Assert.Contains("Windows Filtering Platform", refused.Message, StringComparison.Ordinal);
    }
}
