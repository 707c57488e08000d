namespace MobikeX.Ike.Tests.Messages;

/// <summary>Octets as a reader of a figure writes them: hex, with white space anywhere.</summary>
internal static class HexText
{
    internal static byte[] ToOctets(string text) => Convert.FromHexString(string.Concat(text.Where(letter => !char.IsWhiteSpace(letter))));

    internal static string Of(ReadOnlySpan<byte> octets) => Convert.ToHexStringLower(octets);
}
