namespace MobikeX.Cli.Specs;

/// <summary>Finds the spec that a command works on.</summary>
internal static class SpecLocator
{
    private static readonly string DefaultEntry = Path.Combine("spec", "mobikex.yaml");

    /// <summary>The named spec; without a name <c>spec/mobikex.yaml</c> here or in a folder above, or else the copy in the tool.</summary>
    internal static SpecFileSet Find(string? path) =>
        path is not null ? SpecFileSet.Load(path, new SpecFolder.Disk())
        : Above(DefaultEntry) is { } found ? SpecFileSet.Load(found, new SpecFolder.Disk())
        : SpecFileSet.Load("spec/mobikex.yaml", new SpecFolder.Carried());

    /// <summary>The path of <paramref name="entry"/> in the current directory or the nearest one above that has it, as seen from here.</summary>
    internal static string? Above(string entry)
    {
        string current = Directory.GetCurrentDirectory();
        for (string? folder = current; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            string candidate = Path.Combine(folder, entry);
            if (File.Exists(candidate))
            {
                return Path.GetRelativePath(current, candidate);
            }
        }

        return null;
    }
}
