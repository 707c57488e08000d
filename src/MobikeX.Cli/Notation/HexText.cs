using System.Globalization;

namespace MobikeX.Cli.Notation;

/// <summary>Reads hexadecimal digits as people paste them: blanks and colons may stand between octets.</summary>
internal static class HexText
{
    /// <summary>For a message: what should stand there.</summary>
    internal const string Expected = "hexadecimal digits, two an octet";

    /// <param name="fault">Where in the text reading ended.</param>
    internal static bool TryRead(string text, out byte[] octets, out int fault)
    {
        octets = [];
        fault = 0;
        var found = new List<byte>(text.Length / 2);
        for (int i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i]) || text[i] == ':')
            {
                i++;
                continue;
            }

            fault = i;
            if (i + 1 == text.Length
                || !byte.TryParse(text.AsSpan(i, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte octet))
            {
                return false;
            }

            found.Add(octet);
            i += 2;
        }

        octets = [.. found];
        return true;
    }
}
