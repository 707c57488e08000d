using System.Text;

namespace MobikeX.Cli;

/// <summary>Reads what the user named, and says in one line why it cannot be read.</summary>
internal static class InputFile
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal static byte[] ReadBytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputException($"{path}: {(e is FileNotFoundException or DirectoryNotFoundException ? "no such file" : e.Message)}");
        }
    }

    internal static string ReadText(string path) => Decode(path, ReadBytes(path));

    internal static string ReadText(string name, Stream input) => Decode(name, ReadBytes(input));

    internal static byte[] ReadBytes(Stream input)
    {
        using var octets = new MemoryStream();
        input.CopyTo(octets);
        return octets.ToArray();
    }

    private static string Decode(string path, byte[] octets)
    {
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
