namespace MobikeX.Generators.Binding;

/// <summary>Paths as texts: the host names files as it likes, and nothing is asked of the file system.</summary>
internal static class SpecPath
{
    /// <summary>The last part of a path, for messages.</summary>
    public static string NameOf(string path) => path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);

    /// <summary>Forward slashes, no <c>.</c> and no <c>..</c>.</summary>
    public static string Normalize(string path)
    {
        var parts = new List<string>();
        foreach (string part in path.Replace('\\', '/').Split('/'))
        {
            if (part == ".." && parts.Count > 0 && parts[parts.Count - 1] is not (".." or ""))
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != ".")
            {
                parts.Add(part);
            }
        }

        return string.Join("/", parts);
    }
}
