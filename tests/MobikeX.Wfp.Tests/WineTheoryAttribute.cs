namespace MobikeX.Wfp.Tests;

/// <summary>A test that runs as a Windows program; where that cannot be done it is skipped, and says what is missing.</summary>
public sealed class WineTheoryAttribute : TheoryAttribute
{
    private static readonly string[] Needed = ["/usr/lib/wine/wine64", "/usr/bin/x86_64-w64-mingw32-gcc", "/usr/share/mingw-w64/include/fwpmu.h"];

    public WineTheoryAttribute()
    {
        string[] missing = [.. Needed.Where(static path => !File.Exists(path))];
        if (missing.Length > 0)
        {
            Skip = $"{string.Join(", ", missing)}: missing; tests/wfp/install brings what Windows programs need here";
        }
    }
}
