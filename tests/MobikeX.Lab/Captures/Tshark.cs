using System.Globalization;
using System.Text.RegularExpressions;
using MobikeX.Lab.Network;
using MobikeX.Protocol.Ikev2;
using Version1 = MobikeX.Protocol.Mobike.NotifyDispatcher;

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
        string told = Run("isakmp", "-V");
        string[] closed = Frames("isakmp.enc.data && !isakmp.enc.decrypted"), returned = Frames($"isakmp.notify.msgtype == {NotifyType.Cookie:d} && isakmp.flag_r == 0");
        Directory.Delete(preferences, recursive: true);
        return new IkeSeen(
            [.. Notify().Matches(told).Select(static match => new NamedNotify(match.Groups[1].Value, (NotifyType)ushort.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)))],
            [.. Method().Matches(told).Select(static match => match.Groups[1].Value)],
            told.Contains("Encrypted and Authenticated Fragment", StringComparison.Ordinal),
            returned.Length,
            closed);

        string[] Frames(string filter) => Run(filter, "-T", "fields", "-e", "frame.number").Split('\n', StringSplitOptions.RemoveEmptyEntries);

        string Run(string filter, params string[] how) => Command.Run("env", [$"WIRESHARK_CONFIG_DIR={preferences}", "tshark", "-r", capture, "-Y", filter, .. how]);
    }

    [GeneratedRegex(@"Notify Message Type: (.+) \((\d+)\)")]
    private static partial Regex Notify();

    [GeneratedRegex(@"Authentication Method: (.+) \(\d+\)")]
    private static partial Regex Method();
}

/// <summary>What IKE messages say.</summary>
/// <param name="Notifies">Their notifies.</param>
/// <param name="Proofs">The authentication methods of their AUTH payloads (RFC 7296 section 3.8).</param>
/// <param name="HasFragments">Whether some came in fragments (RFC 7383).</param>
/// <param name="Returned">How many requests gave a COOKIE back.</param>
/// <param name="Closed">The numbers in the capture of the sealed messages that the keys did not open.</param>
internal sealed record IkeSeen(IReadOnlyList<NamedNotify> Notifies, IReadOnlyList<string> Proofs, bool HasFragments, int Returned, IReadOnlyList<string> Closed)
{
    /// <summary>Whether a notify of this name is among them.</summary>
    public bool Has(string notify) => Notifies.Any(each => each.Name == notify);

    /// <summary>Everything was opened, and every notify that Wireshark and RFC 4555 know has one name.</summary>
    public void AssertRead()
    {
        Assert.True(Closed.Count == 0, $"the keys do not open the packets {string.Join(", ", Closed)}");
        foreach (NamedNotify notify in Notifies.Where(static each => each.IsKnown && each.OwnName is not null).Distinct())
        {
            // RFC 4555 spells one in the plural, as the draft does not; RFC 7383 names its notify without the prefix and its registry with it.
            Assert.True(
                notify.Name == notify.OwnName || notify.Name == $"{notify.OwnName}ES" || notify.Name == $"IKEV2_{notify.OwnName}",
                $"{notify.Type:d} is {notify.Name} and {notify.OwnName}");
        }
    }
}

/// <summary>A notify as Wireshark names it.</summary>
internal readonly record struct NamedNotify(string Name, NotifyType Type)
{
    /// <summary>Wireshark has a range's name for what it does not know.</summary>
    public bool IsKnown => !Name.StartsWith("RESERVED", StringComparison.Ordinal) && !Name.StartsWith("Private", StringComparison.Ordinal) && !IsPrivate;

    /// <summary>What RFC 4555 and what it builds on call it.</summary>
    public string? OwnName => Version1.NameOf(Type);

    /// <summary>Errors and states for private use: the first of MOBIKE-X's numbers of either, and up. Wireshark knows others there.</summary>
    private bool IsPrivate => Type is >= NotifyType.Selector or (>= NotifyType.MobikeUnsupportedVersion and < NotifyType.InitialContact);
}
