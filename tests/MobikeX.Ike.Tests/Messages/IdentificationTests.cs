using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Tests.Messages;

/// <summary>Identities as a configuration has them, and as they go over the wire (RFC 7296, section 3.5).</summary>
public class IdentificationTests
{
    [Theory]
    [InlineData("192.0.2.1", IdentificationType.IPv4Address, "c0000201")]
    [InlineData("2001:db8::1", IdentificationType.IPv6Address, "20010db8000000000000000000000001")]
    [InlineData("a.example", IdentificationType.Fqdn, "612e6578616d706c65")]
    [InlineData("a@example", IdentificationType.Rfc822Address, "61406578616d706c65")]
    [InlineData("@#0a0b", IdentificationType.KeyId, "0a0b")]
    [InlineData("C=AQ, CN=a", IdentificationType.DerAsn1Dn, "3019310b300906035504061302415131" + "0a300806035504030c0161")]
    public void A_text_is_read_and_told(string text, IdentificationType type, string hex)
    {
        Assert.True(Identification.TryParse(text, out Identification? identity));
        Assert.Equal(type, identity.Type);
        Assert.Equal(text, identity.ToString());
        if (type != IdentificationType.DerAsn1Dn)
        {
            Assert.Equal(hex, HexText.Of(identity.Data));
        }

        // The platform chooses the kind of string; the name is the same.
        Assert.True(identity.Matches(new Identification(type, HexText.ToOctets(hex))));
    }

    [Fact]
    public void An_at_sign_before_a_domain_is_left_out()
    {
        Assert.True(Identification.TryParse("@a.example", out Identification? identity));
        Assert.Equal("a.example", identity.ToString());
        Assert.Equal(IdentificationType.Fqdn, identity.Type);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("@")]
    [InlineData("@#")]
    [InlineData("@#0")]
    [InlineData("@#xy")]
    [InlineData("a b")]
    [InlineData("ä.example")]
    [InlineData("=a")]
    public void What_is_no_identity_is_refused(string? text) => Assert.False(Identification.TryParse(text, out _));

    [Fact]
    public void Equal_are_the_same_octets_and_type()
    {
        Assert.Equal(new Identification(IdentificationType.Fqdn, [0x61]), new Identification(IdentificationType.Fqdn, [0x61]));
        Assert.NotEqual(new Identification(IdentificationType.Fqdn, [0x61]), new Identification(IdentificationType.KeyId, [0x61]));
        Assert.NotEqual(new Identification(IdentificationType.Fqdn, [0x61]), new Identification(IdentificationType.Fqdn, [0x41]));
    }

    [Fact]
    public void Domains_match_without_regard_to_case_and_key_IDs_do_not()
    {
        Assert.True(new Identification(IdentificationType.Fqdn, [0x61]).Matches(new Identification(IdentificationType.Fqdn, [0x41])));
        Assert.False(new Identification(IdentificationType.KeyId, [0x61]).Matches(new Identification(IdentificationType.KeyId, [0x41])));
        Assert.False(new Identification(IdentificationType.Fqdn, [0x61]).Matches(new Identification(IdentificationType.Rfc822Address, [0x61])));
    }

    [Fact]
    public void A_distinguished_name_does_not_match_another()
    {
        Identification.TryParse("C=AQ, CN=a", out Identification? one);
        Identification.TryParse("C=AQ, CN=b", out Identification? other);
        Identification.TryParse("CN=a, C=AQ", out Identification? turned);

        Assert.False(one!.Matches(other!));
        Assert.False(one.Matches(turned!));
        Assert.False(one.Matches(new Identification(IdentificationType.DerAsn1Dn, [0x30, 0x05, 0x00])));
    }

    [Fact]
    public void Octets_that_are_no_text_are_told_as_hex() =>
        Assert.Equal("ID_FQDN 610a", new Identification(IdentificationType.Fqdn, [0x61, 0x0a]).ToString());

    [Fact]
    public void For_people_a_long_one_is_cut_and_what_a_terminal_obeys_is_escaped()
    {
        Assert.Equal("gw.example.org", Parse("gw.example.org").ToShortText());
        Assert.Equal($"{new string('x', 128)}… (60000 octets)", Parse(new string('x', 60_000)).ToShortText());
        Assert.Equal($"@#{new string('0', 126)}… (4000 octets)", new Identification(IdentificationType.KeyId, new byte[4000]).ToShortText());
        Assert.Equal("CN=a\\u{202e}b\\u{2028}c", new Identification(IdentificationType.DerAsn1Dn, Name("CN=a\u202eb\u2028c")).ToShortText());
        Assert.Equal("ID_FQDN 611b5b326a", new Identification(IdentificationType.Fqdn, [0x61, 0x1b, (byte)'[', (byte)'2', (byte)'j']).ToShortText());
    }

    private static Identification Parse(string text) => Identification.TryParse(text, out Identification? identity) ? identity : throw new ArgumentException(text);

    private static byte[] Name(string text) => new System.Security.Cryptography.X509Certificates.X500DistinguishedName(text).RawData;
}
