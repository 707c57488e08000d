using System.Security.Cryptography;
using MobikeX.Xfrm.Netlink;

namespace MobikeX.Xfrm;

/// <summary>What a move needs to be finished or undone, should the process end in the middle of it: on a file, from before its first step to after its last.</summary>
/// <remarks>
/// Between the deletion of an SA and its return its keys exist nowhere but here. So the file is on a file system in memory, in a folder
/// that only its owner may enter, and is overwritten before it is deleted. A second file, held locked, keeps two backends of one network
/// namespace apart.
/// </remarks>
internal sealed class MoveJournal : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode = OwnerOnly | UnixFileMode.UserExecute;
    private static readonly string[] FileSystemsInMemory = ["tmpfs", "ramfs"];

    private readonly string _path;
    private readonly FileStream _lock;

    private MoveJournal(string path, FileStream held)
    {
        _path = path;
        _lock = held;
    }

    /// <summary>True where a move was cut off.</summary>
    public bool IsPending => File.Exists(_path);

    private string Unfinished => _path + ".new";

    /// <summary>Takes the journal of a network namespace.</summary>
    /// <exception cref="XfrmException">The folder is not safe for keys, or another backend has the journal.</exception>
    public static MoveJournal Open(string folder, string networkNamespace)
    {
        try
        {
            Directory.CreateDirectory(folder, FolderMode);
            Check(folder);
            string path = Path.Combine(folder, $"move-{NetworkNamespaces.NumberOf(networkNamespace)}");
            var held = new FileStream(path + ".lock", new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                UnixCreateMode = OwnerOnly,
            });
            var journal = new MoveJournal(path, held);

            // A file that was not renamed was not complete when the process ended, so no step had been made.
            Erase(journal.Unfinished);
            return journal;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Fault($"could not take the journal of moves in {folder}, or another process has it: {fault.Message}", fault);
        }
    }

    /// <summary>Writes down moves that are to begin; they may when this returns.</summary>
    public void Write(IReadOnlyList<ChildMove> moves)
    {
        using NetlinkRequest body = MoveRecord.Write(moves);
        ReadOnlySpan<byte> octets = MoveRecord.OctetsOf(body);
        try
        {
            using (var file = new FileStream(Unfinished, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = OwnerOnly,
                BufferSize = 0,
            }))
            {
                file.Write(SHA256.HashData(octets));
                file.Write(octets);
                file.Flush(flushToDisk: true);
            }

            File.Move(Unfinished, _path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Fault($"could not write down the move, so it was not begun: {fault.Message}", fault);
        }
    }

    /// <summary>The moves that were written down.</summary>
    public IReadOnlyList<ChildMove> Read()
    {
        byte[] octets = GC.AllocateArray<byte>((int)new FileInfo(_path).Length, pinned: true);
        try
        {
            using (FileStream file = File.OpenRead(_path))
            {
                file.ReadExactly(octets);
            }

            int body = SHA256.HashSizeInBytes;
            bool isWhole = octets.Length >= body && SHA256.HashData(octets.AsSpan(body)).AsSpan().SequenceEqual(octets.AsSpan(0, body));
            return isWhole && MoveRecord.TryRead(octets.AsSpan(body), out IReadOnlyList<ChildMove> moves)
                ? moves
                : throw Fault($"the journal {_path} is damaged", inner: null);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Fault($"could not read the journal {_path}: {fault.Message}", fault);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(octets);
        }
    }

    /// <summary>Forgets the moves: they have ended.</summary>
    public void Erase()
    {
        try
        {
            Erase(_path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Fault($"could not erase the journal {_path}: {fault.Message}", fault);
        }
    }

    public void Dispose() => _lock.Dispose();

    private static void Check(string folder)
    {
        if (new DirectoryInfo(folder).LinkTarget is not null || (File.GetUnixFileMode(folder) & ~FolderMode) != 0)
        {
            throw Fault($"{folder} must be a folder that only its owner may enter, since keys are kept in it", inner: null);
        }

        string format = new DriveInfo(folder).DriveFormat;
        if (!FileSystemsInMemory.Contains(format))
        {
            throw Fault($"{folder} must be on a file system in memory (tmpfs) and is on {format}: keys are kept in it", inner: null);
        }
    }

    private static void Erase(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using (FileStream file = File.OpenWrite(path))
        {
            byte[] zeros = new byte[(int)Math.Min(file.Length, 1 << 16)];
            for (long left = file.Length; left > 0; left -= zeros.Length)
            {
                file.Write(zeros, 0, (int)Math.Min(left, zeros.Length));
            }

            file.Flush(flushToDisk: true);
        }

        File.Delete(path);
    }

    private static XfrmException Fault(string message, Exception? inner) => new(XfrmProblem.Mismatch, message, inner);
}
