using System.Globalization;
using System.Text;

namespace MobikeX.Xfrm;

/// <summary>Which SAs and policies of the kernel are those of a backend, on a file: should its process be killed, the next one knows what it has left.</summary>
/// <remarks>
/// A line for what comes, under a number, written before the kernel is asked, and one for what is gone. No keys are in it. It stands beside the
/// journal, whose lock keeps two backends apart. The end of the machine ends the SAs too, so that nothing is forced to a disk.
/// </remarks>
internal sealed class InstallationRecord : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int LinesBeforeRewriting = 1024;

    private readonly Dictionary<int, Installation> _standing = [];
    private readonly string _path;
    private FileStream? _file;
    private int _last;
    private int _lines;

    private InstallationRecord(string path) => _path = path;

    /// <summary>What is written down, of this run and of those before.</summary>
    public IReadOnlyCollection<Installation> Standing => _standing.Values;

    /// <summary>Opens the record of a network namespace; the journal of it is held.</summary>
    /// <exception cref="XfrmException">It cannot be read.</exception>
    public static InstallationRecord Open(string folder, string networkNamespace)
    {
        var record = new InstallationRecord(Path.Combine(folder, $"installed-{NetworkNamespaces.NumberOf(networkNamespace)}"));
        try
        {
            if (File.Exists(record._path))
            {
                record.Read(File.ReadAllText(record._path));
            }

            return record;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw record.Fault("read", fault);
        }
    }

    /// <summary>Writes down what is to come; it may when this returns.</summary>
    /// <returns>Its number.</returns>
    /// <exception cref="XfrmException">It could not be written down.</exception>
    public int Add(Installation installation)
    {
        int number = ++_last;
        _standing.Add(number, installation);
        if (_lines <= LinesBeforeRewriting + (2 * _standing.Count) && TryAppend(Line(number, installation)))
        {
            return number;
        }

        try
        {
            Rewrite();
            return number;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            _standing.Remove(number);
            throw Fault("write", fault);
        }
    }

    /// <summary>Writes down other policies of what stands; what cannot be written now is with the next that comes.</summary>
    public void Change(int number, Installation installation)
    {
        _standing[number] = installation;
        _ = TryAppend(Line(number, installation));
    }

    /// <summary>What came under a number is gone.</summary>
    public void Remove(int number)
    {
        _standing.Remove(number);
        _ = TryAppend(string.Create(CultureInfo.InvariantCulture, $"- {number}\n"));
    }

    /// <summary>Nothing that was written down stands any more.</summary>
    /// <exception cref="XfrmException">That could not be written down.</exception>
    public void Clear()
    {
        _standing.Clear();
        try
        {
            Rewrite();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Fault("write", fault);
        }
    }

    public void Dispose() => _file?.Dispose();

    private static string Line(int number, Installation installation) => string.Create(CultureInfo.InvariantCulture, $"+ {number} {installation.ToText()}\n");

    private void Read(string text)
    {
        // A line without its end was cut off before the kernel was asked.
        foreach (string line in text.Split('\n')[..^1])
        {
            string[] words = line.Split(' ');
            if (words is not [_, { } digits, ..] || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                throw Damaged(line);
            }

            _last = Math.Max(_last, number);
            if (words[0] == "-")
            {
                _standing.Remove(number);
            }
            else if (Installation.TryParse(words.AsSpan(2), out Installation installation))
            {
                _standing[number] = installation;
            }
            else
            {
                throw Damaged(line);
            }
        }
    }

    /// <summary>False where the file is to be written anew.</summary>
    private bool TryAppend(string line)
    {
        if (_file is null)
        {
            return false;
        }

        try
        {
            _file.Write(Encoding.ASCII.GetBytes(line));
            _lines++;
            return true;
        }
        catch (IOException)
        {
            // Half a line may stand there.
            _file.Dispose();
            _file = null;
            return false;
        }
    }

    private void Rewrite()
    {
        _file?.Dispose();
        _file = null;
        string path = _path + ".new";
        var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnerOnly, BufferSize = 0 });
        try
        {
            file.Write(Encoding.ASCII.GetBytes(string.Concat(_standing.Select(static each => Line(each.Key, each.Value)))));
            File.Move(path, _path, overwrite: true);
        }
        catch
        {
            file.Dispose();
            throw;
        }

        _file = file;
        _lines = _standing.Count;
    }

    private XfrmException Damaged(string line) => new(
        XfrmProblem.Mismatch, $"{_path}, which says what an earlier run has left in the kernel, is damaged at '{line}'; once that is removed by hand, the file may go");

    private XfrmException Fault(string action, Exception inner) =>
        new(XfrmProblem.Mismatch, $"could not {action} what stands in the kernel in {_path}: {inner.Message}", inner);
}
