using System.Text;

namespace MobikeX.Cli.Run;

/// <summary>A file of keys in the format of Wireshark's IKEv2 decryption table: whoever reads it reads all that the IKE_SAs carry.</summary>
internal sealed class KeyLogFile : IDisposable
{
    private readonly FileStream _file;

    private KeyLogFile(FileStream file) => _file = file;

    /// <summary>Opens it to write at its end; only the user of this process may read it.</summary>
    /// <exception cref="InputException">It cannot be written, or is open to others.</exception>
    public static KeyLogFile Open(string path)
    {
        const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = Own;
                if (File.Exists(path) && (File.GetUnixFileMode(path) & ~Own) != 0)
                {
                    throw new InputException($"{path}: open to others than its owner, so that no keys are written there");
                }
            }

            return new KeyLogFile(new FileStream(path, options));
        }
        catch (Exception fault) when (InputFile.IsRefused(fault))
        {
            throw new InputException($"{path}: {fault.Message}");
        }
    }

    /// <summary>Writes the keys of one IKE_SA.</summary>
    /// <exception cref="IOException">They cannot be written.</exception>
    public void Write(string line) => _file.Write(Encoding.ASCII.GetBytes(line + "\n"));

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
