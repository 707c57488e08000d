using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Ike.Messages;

/// <summary>Who a peer is (RFC 7296, section 3.5). Equal are those of the same type and octets; <see cref="Matches"/> is what a policy asks.</summary>
/// <param name="Type">What kind of name it is.</param>
/// <param name="Data">The name as it goes over the wire.</param>
public sealed record Identification(IdentificationType Type, byte[] Data)
{
    private const string KeyIdPrefix = "@#";

    /// <summary>So many characters of a name tell people enough.</summary>
    private const int LongestShown = 128;

    /// <summary>
    /// Takes an identity as it stands in a configuration: an IP address, <c>@#</c> and hex for a key ID, <c>name@domain</c> for an email
    /// address, a distinguished name such as <c>C=AQ, O=Example, CN=a</c> in the order of its encoding, or else a domain name, which may have
    /// an <c>@</c> before it.
    /// </summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Identification? identification)
    {
        text = text?.Trim();
        identification = string.IsNullOrEmpty(text) ? null : Parse(text);
        return identification is not null;
    }

    /// <summary>True where both name the same: domains and email addresses without regard to case, distinguished names without regard to how their strings are encoded.</summary>
    public bool Matches(Identification other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Equals(other) || (Type == other.Type && Type switch
        {
            IdentificationType.Fqdn or IdentificationType.Rfc822Address => Ascii.EqualsIgnoreCase(Data, other.Data),
            IdentificationType.DerAsn1Dn => NamesAreEqual(Data, other.Data),
            _ => false,
        });
    }

    /// <inheritdoc/>
    public bool Equals(Identification? other) => other is not null && Type == other.Type && Data.AsSpan().SequenceEqual(other.Data);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Type);
        hash.AddBytes(Data);
        return hash.ToHashCode();
    }

    /// <summary>The identity as <see cref="TryParse"/> takes it; one that it cannot take as its type and hex.</summary>
    public override string ToString() => Type switch
    {
        IdentificationType.IPv4Address when Data.Length == IpAddress.IPv4Length => new IPAddress(Data).ToString(),
        IdentificationType.IPv6Address when Data.Length == IpAddress.IPv6Length => new IPAddress(Data).ToString(),
        IdentificationType.Fqdn or IdentificationType.Rfc822Address when IsPrintable(Data) => Encoding.ASCII.GetString(Data),
        IdentificationType.DerAsn1Dn when NameOf(Data) is { } name => name,
        IdentificationType.KeyId => KeyIdPrefix + Convert.ToHexStringLower(Data),
        _ => $"{Type.Name() ?? $"identity {(byte)Type}"} {Convert.ToHexStringLower(Data)}",
    };

    /// <summary>The identity for people to read: cut where it is long, and with nothing in it that a terminal or a log would not show as it is.</summary>
    public string ToShortText()
    {
        var shown = new StringBuilder();
        foreach (Rune rune in ToString().EnumerateRunes())
        {
            if (shown.Length >= LongestShown)
            {
                return shown.Append(CultureInfo.InvariantCulture, $"… ({Data.Length} octets)").ToString();
            }

            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
            {
                shown.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
            }
            else
            {
                shown.Append(rune);
            }
        }

        return shown.ToString();
    }

    private static Identification? Parse(string text)
    {
        if (IpAddress.TryParse(text, out IpAddress address))
        {
            byte[] octets = new byte[address.Length];
            address.TryWrite(octets);
            return new Identification(address.IsIPv4 ? IdentificationType.IPv4Address : IdentificationType.IPv6Address, octets);
        }

        if (text.StartsWith(KeyIdPrefix, StringComparison.Ordinal))
        {
            string hex = text[KeyIdPrefix.Length..];
            return hex.Length > 0 && hex.Length % 2 == 0 && hex.All(char.IsAsciiHexDigit)
                ? new Identification(IdentificationType.KeyId, Convert.FromHexString(hex))
                : null;
        }

        if (text.Contains('=', StringComparison.Ordinal))
        {
            return ParseName(text);
        }

        string name = text[0] == '@' ? text[1..] : text;
        byte[] ascii = Encoding.UTF8.GetBytes(name);
        if (name.Length == 0 || name.Contains(' ', StringComparison.Ordinal) || !IsPrintable(ascii))
        {
            return null;
        }

        return new Identification(name.Contains('@', StringComparison.Ordinal) ? IdentificationType.Rfc822Address : IdentificationType.Fqdn, ascii);
    }

    private static Identification? ParseName(string text)
    {
        try
        {
            return new Identification(IdentificationType.DerAsn1Dn, new X500DistinguishedName(text, X500DistinguishedNameFlags.None).RawData);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static string? NameOf(byte[] der)
    {
        try
        {
            string name = new X500DistinguishedName(der).Decode(X500DistinguishedNameFlags.None);
            return name.Any(char.IsControl) ? null : name;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static bool NamesAreEqual(byte[] left, byte[] right)
    {
        try
        {
            List<(string? Type, string Value)> one = Parts(left);
            return one.Count > 0 && one.SequenceEqual(Parts(right));
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static List<(string? Type, string Value)> Parts(byte[] der)
    {
        List<(string? Type, string Value)> parts = [];
        foreach (X500RelativeDistinguishedName part in new X500DistinguishedName(der).EnumerateRelativeDistinguishedNames(reversed: false))
        {
            if (part.HasMultipleElements || part.GetSingleElementValue() is not { } value)
            {
                // What is no list of texts is compared by its octets alone.
                return [];
            }

            parts.Add((part.GetSingleElementType().Value, value));
        }

        return parts;
    }

    private static bool IsPrintable(ReadOnlySpan<byte> octets) => !octets.ContainsAnyExceptInRange((byte)' ', (byte)'~');
}
