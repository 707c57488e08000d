namespace MobikeX.Cli.Run;

/// <summary>A file of keys in the format of Wireshark's IKEv2 decryption table: whoever reads it reads all that the IKE_SAs carry.</summary>
internal sealed class KeyLogFile : IDisposable
{
    private readonly StreamWriter _writer;

    private KeyLogFile(StreamWriter writer) => _writer = writer;

    /// <summary>Opens it to write at its end; only the user of this process may read it.</summary>
    /// <exception cref="InputException">It cannot be written, or is open to others.</exception>
    public static KeyLogFile Open(string path)
    {
        const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = Own;
                if (File.Exists(path) && (File.GetUnixFileMode(path) & ~Own) != 0)
                {
                    throw new InputException($"{path}: open to others than its owner, so that no keys are written there");
                }
            }

            return new KeyLogFile(new StreamWriter(path, options) { NewLine = "\n", AutoFlush = true });
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputException($"{path}: {fault.Message}");
        }
    }

    /// <summary>Writes the keys of one IKE_SA.</summary>
    public void Write(string line) => _writer.WriteLine(line);

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();
}
