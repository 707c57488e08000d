using System.Text.RegularExpressions;
using MobikeX.Lab.Network;

namespace MobikeX.Lab.Captures;

/// <summary>What somebody else's program sees in a capture.</summary>
internal static partial class Tshark
{
    /// <summary>The notifies of the IKE messages in a capture, by the names that Wireshark has for them.</summary>
    /// <param name="keyLog">The keys of the IKE_SAs, a line each, as Wireshark keeps them among its preferences.</param>
    public static IReadOnlyList<string> Notifies(string capture, string keyLog)
    {
        string preferences = $"/run/tmp/wireshark-{Guid.NewGuid():n}";
        Directory.CreateDirectory(preferences);
        File.WriteAllText(Path.Combine(preferences, "ikev2_decryption_table"), keyLog);
        string told = Command.Run("env", [$"WIRESHARK_CONFIG_DIR={preferences}", "tshark", "-r", capture, "-Y", "isakmp", "-V"]);
        Directory.Delete(preferences, recursive: true);
        return [.. Notify().Matches(told).Select(match => match.Groups[1].Value)];
    }

    [GeneratedRegex(@"Notify Message Type: (\S+)")]
    private static partial Regex Notify();
}
