using MobikeX.Ike.Crypto;
using MobikeX.Ike.Diagnostics;
using MobikeX.Ike.Tests.Crypto;

namespace MobikeX.Ike.Tests.Diagnostics;

public class KeyLogTests
{
    [Fact]
    public void An_aead_is_written_with_its_salt_and_without_integrity()
    {
        using IkeKeys keys = Suites.Keys(Suites.Gcm);
        Assert.Equal(
            $"0102030405060708,1112131415161718,{Hex(keys.Ei)},{Hex(keys.Er)},\"AES-GCM-256 with 16 octet ICV [RFC5282]\",,,\"NONE [RFC4306]\"",
            KeyLog.Line(keys));
    }

    [Fact]
    public void Other_ciphers_are_written_with_their_integrity()
    {
        using IkeKeys keys = Suites.Keys(Suites.Cbc);
        Assert.Equal(
            $"0102030405060708,1112131415161718,{Hex(keys.Ei)},{Hex(keys.Er)},\"AES-CBC-128 [RFC3602]\",{Hex(keys.Ai)},{Hex(keys.Ar)},\"HMAC_SHA2_256_128 [RFC4868]\"",
            KeyLog.Line(keys));
    }

    private static string Hex(SecretBytes key) => Convert.ToHexStringLower(key.Span);
}
