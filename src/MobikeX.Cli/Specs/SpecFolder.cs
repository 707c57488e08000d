using System.Reflection;

namespace MobikeX.Cli.Specs;

/// <summary>Where spec files are read from: the disk, or the copy that the tool carries.</summary>
internal abstract class SpecFolder
{
    /// <summary>The text of a file, or null where there is none of this path.</summary>
    internal abstract string? TryRead(string path);

    /// <summary>The disk, seen from the current directory.</summary>
    internal sealed class Disk : SpecFolder
    {
        internal override string? TryRead(string path) => File.Exists(path) ? InputFile.ReadText(path) : null;
    }

    /// <summary>The files of <c>spec/</c> as they were when the tool was built.</summary>
    internal sealed class Carried : SpecFolder
    {
        internal override string? TryRead(string path)
        {
            using Stream? resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(path.Replace('\\', '/'));
            return resource is null ? null : InputFile.ReadText(path, resource);
        }
    }
}
