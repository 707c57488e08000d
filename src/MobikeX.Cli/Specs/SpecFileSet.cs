using MobikeX.Generators.Syntax;

namespace MobikeX.Cli.Specs;

/// <summary>A spec with every file that it imports or includes, directly or not.</summary>
internal sealed class SpecFileSet
{
    private readonly List<SpecFile> _files = [];
    private readonly SpecFolder _folder;

    private SpecFileSet(string entry, SpecFolder folder)
    {
        Entry = entry;
        _folder = folder;
    }

    /// <summary>The path of the spec itself.</summary>
    internal string Entry { get; }

    /// <summary>The spec first, then what it names, in the order of naming.</summary>
    internal IReadOnlyList<SpecFile> Files => _files;

    /// <exception cref="InputException">The spec itself cannot be read. A file that it names is left out where it cannot be found: the compiler says so at the place of its name.</exception>
    internal static SpecFileSet Load(string path, SpecFolder folder)
    {
        var set = new SpecFileSet(path, folder);
        if (!set.TryAdd(path))
        {
            throw new InputException(Directory.Exists(path) ? $"{path}: is a folder, not a file" : $"{path}: no such file");
        }

        for (int i = 0; i < set._files.Count; i++)
        {
            (string from, string text) = set._files[i];
            foreach (string reference in SpecReferences.Of(text))
            {
                set.TryAdd(Resolve(from, reference));
            }
        }

        return set;
    }

    private bool TryAdd(string path)
    {
        if (_files.Any(known => known.Path == path))
        {
            return true;
        }

        if (_folder.TryRead(path) is not { } text)
        {
            return false;
        }

        _files.Add(new SpecFile(path, text));
        return true;
    }

    /// <summary>The path of a file named in another, in the form in which the other's own path is given.</summary>
    private static string Resolve(string from, string reference)
    {
        string joined = Path.Combine(Path.GetDirectoryName(from) ?? string.Empty, reference);
        if (Path.IsPathRooted(joined))
        {
            return Path.GetFullPath(joined);
        }

        var segments = new List<string>();
        foreach (string segment in joined.Split('/', Path.DirectorySeparatorChar))
        {
            if (segment == ".." && segments.Count > 0 && segments[^1] != "..")
            {
                segments.RemoveAt(segments.Count - 1);
            }
            else if (segment is not ("." or ""))
            {
                segments.Add(segment);
            }
        }

        return string.Join('/', segments);
    }
}
