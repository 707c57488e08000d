using System.Security.Cryptography;
using System.Text;

namespace MobikeX.Cli;

/// <summary>Reads what the user named, and says in one line why it cannot be read.</summary>
internal static class InputFile
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The largest input in octets. It is held in memory, and what is read may have no end.</summary>
    internal const int Largest = 256 << 20;

    /// <summary>True for what says that a file cannot be opened, read or written, or that its name is none.</summary>
    internal static bool IsRefused(Exception fault) => IsDenied(fault) || fault is ArgumentException or NotSupportedException;

    /// <summary>True for what says that a file that has a name, or an output, cannot be used.</summary>
    internal static bool IsDenied(Exception fault) => fault is IOException or UnauthorizedAccessException;

    internal static byte[] ReadBytes(string path)
    {
        if (Directory.Exists(path))
        {
            throw new InputException($"{path}: is a folder, not a file");
        }

        try
        {
            using FileStream file = File.OpenRead(path);
            return ReadBytes(path, file);
        }
        catch (Exception e) when (IsRefused(e))
        {
            throw new InputException($"{path}: {(e is FileNotFoundException or DirectoryNotFoundException ? "no such file" : e.Message)}");
        }
    }

    internal static string ReadText(string path) => Decode(path, ReadBytes(path));

    internal static string ReadText(string name, Stream input) => Decode(name, ReadBytes(name, input));

    private static byte[] ReadBytes(string name, Stream input)
    {
        byte[] octets = new byte[1 << 16];
        int count = 0;
        for (int read = input.Read(octets); read > 0; read = input.Read(octets.AsSpan(count)))
        {
            count += read;
            if (count > Largest)
            {
                throw new InputException($"{name}: more than {Largest >> 20} MiB, the largest input that is read");
            }

            if (count == octets.Length)
            {
                octets = Moved(octets, count, Math.Min(count * 2, Largest + 1));
            }
        }

        return Moved(octets, count, count);
    }

    /// <summary>The octets in an array of another length. They may be a secret: nothing of them stays where they were.</summary>
    private static byte[] Moved(byte[] octets, int count, int length)
    {
        byte[] moved = new byte[length];
        octets.AsSpan(0, count).CopyTo(moved);
        CryptographicOperations.ZeroMemory(octets);
        return moved;
    }

    private static string Decode(string path, byte[] octets)
    {
        // The YAML library takes it for the end of the text, whatever follows; a file of another encoding has one in its first letters.
        int nul = Array.IndexOf(octets, (byte)0);
        if (nul >= 0)
        {
            throw new InputException($"{path}: not UTF-8 text: a NUL at offset {nul}");
        }

        ReadOnlySpan<byte> text = octets;
        if (text.StartsWith(Encoding.UTF8.Preamble))
        {
            text = text[Encoding.UTF8.Preamble.Length..];
        }

        try
        {
            return StrictUtf8.GetString(text);
        }
        catch (DecoderFallbackException e)
        {
            throw new InputException($"{path}: not UTF-8 text at offset {e.Index + octets.Length - text.Length}");
        }
    }
}
