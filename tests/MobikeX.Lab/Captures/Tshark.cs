using System.Text.RegularExpressions;
using MobikeX.Lab.Network;

namespace MobikeX.Lab.Captures;

/// <summary>What somebody else's program sees in a capture.</summary>
internal static partial class Tshark
{
    /// <summary>What the IKE messages in a capture say, by the names that Wireshark has for it.</summary>
    /// <param name="keyLog">The keys of the IKE_SAs, a line each, as Wireshark keeps them among its preferences.</param>
    public static IkeSeen Read(string capture, string keyLog)
    {
        string preferences = $"/run/tmp/wireshark-{Guid.NewGuid():n}";
        Directory.CreateDirectory(preferences);
        File.WriteAllText(Path.Combine(preferences, "ikev2_decryption_table"), keyLog);
        string told = Command.Run("env", [$"WIRESHARK_CONFIG_DIR={preferences}", "tshark", "-r", capture, "-Y", "isakmp", "-V"]);
        Directory.Delete(preferences, recursive: true);
        return new IkeSeen(All(Notify(), told), All(Method(), told), told.Contains("Encrypted and Authenticated Fragment", StringComparison.Ordinal));
    }

    private static IReadOnlyList<string> All(Regex what, string text) => [.. what.Matches(text).Select(static match => match.Groups[1].Value)];

    [GeneratedRegex(@"Notify Message Type: (\S+)")]
    private static partial Regex Notify();

    [GeneratedRegex(@"Authentication Method: (.+) \(\d+\)")]
    private static partial Regex Method();
}

/// <summary>What IKE messages say.</summary>
/// <param name="Notifies">The types of their notifies.</param>
/// <param name="Proofs">The authentication methods of their AUTH payloads (RFC 7296 section 3.8).</param>
/// <param name="HasFragments">Whether some came in fragments (RFC 7383).</param>
internal sealed record IkeSeen(IReadOnlyList<string> Notifies, IReadOnlyList<string> Proofs, bool HasFragments);
