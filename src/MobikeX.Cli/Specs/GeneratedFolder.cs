using System.Text;
using MobikeX.Generators;
using MobikeX.Generators.Model;

namespace MobikeX.Cli.Specs;

/// <summary>Puts generated files into a folder and takes those away that the specs no longer make: all of it or none.</summary>
internal sealed class GeneratedFolder
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly string _folder;
    private readonly string _target;
    private readonly IReadOnlyList<GeneratedFile> _files;
    private readonly string[] _stale;

    private GeneratedFolder(string folder, SpecCompilation compilation)
    {
        _folder = folder;
        _target = Path.GetFullPath(folder);
        _files = compilation.Files;
        Refuse();
        _stale = Directory.Exists(_target) ? [.. Stale(compilation.Specs)] : [];
    }

    /// <returns>How many files were taken away.</returns>
    /// <exception cref="InputException">A file of another origin is in the way, or the disk refuses; the folder is as it was.</exception>
    internal static int Write(string folder, SpecCompilation compilation)
    {
        try
        {
            var generated = new GeneratedFolder(folder, compilation);
            generated.Write();
            return generated._stale.Length;
        }
        catch (Exception e) when (InputFile.IsRefused(e))
        {
            throw new InputException($"{folder}: {e.Message}");
        }
    }

    private void Refuse()
    {
        if (File.Exists(_target))
        {
            throw new InputException($"{_folder}: is a file, not a folder");
        }

        foreach ((string name, _) in _files)
        {
            string file = Path.Combine(_target, name);
            if (Directory.Exists(file) || (File.Exists(file) && !GeneratedMark.IsOn(file)))
            {
                throw new InputException($"{Path.Combine(_folder, name)}: is not a generated file, so it is not overwritten");
            }
        }
    }

    /// <summary>The names of what was generated into the namespaces of these specs, and is not any more. A namespace is that of one spec only.</summary>
    private IEnumerable<string> Stale(IReadOnlyList<SpecModel> specs)
    {
        HashSet<string> made = [.. _files.Select(static file => file.HintName)];
        string[] namespaces = [.. specs.Select(static spec => spec.Namespace)];
        return Directory.EnumerateFiles(_target, "*" + GeneratedMark.Extension)
            .Select(static file => Path.GetFileName(file))
            .Where(name => !made.Contains(name) && namespaces.Any(space => GeneratedMark.IsOn(Path.Combine(_target, name), space)));
    }

    private void Write()
    {
        // Written beside the files first, on the same disk: what fails there (a full one) leaves them as they were, and then names only change.
        string place = ExistingFolder();
        string staging = Path.Combine(place, $".mobikex-{Guid.NewGuid():n}");
        string fresh = Path.Combine(staging, "new");
        try
        {
            Make(fresh, place);
            foreach ((string name, string text) in _files)
            {
                File.WriteAllText(Path.Combine(fresh, name), text, Utf8);
            }

            if (place == _target)
            {
                using var exchange = new FileExchange(_target, Path.Combine(staging, "old"));
                exchange.Replace(_stale, fresh, _files.Select(static file => file.HintName));
            }
            else
            {
                Directory.CreateDirectory(Path.GetDirectoryName(_target)!);
                Directory.Move(fresh, _target);
            }
        }
        finally
        {
            if (Directory.Exists(staging))
            {
                Directory.Delete(staging, recursive: true);
            }
        }
    }

    /// <summary>The folder itself, or the nearest one above that is there.</summary>
    private string ExistingFolder()
    {
        string place = _target;
        while (!Directory.Exists(place) && Path.GetDirectoryName(place) is { } above)
        {
            place = above;
        }

        return place;
    }

    private void Make(string fresh, string place)
    {
        try
        {
            Directory.CreateDirectory(fresh);
        }
        catch (Exception e) when (InputFile.IsRefused(e))
        {
            throw new InputException($"{_folder}: nothing can be written into {place}");
        }
    }
}
