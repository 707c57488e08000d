using System.Security.Cryptography;
using MobikeX.Ike.Crypto;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Tests.Crypto;

public class KeyExchangeTests
{
    public static TheoryData<DiffieHellmanGroup, int> Groups => new()
    {
        { DiffieHellmanGroup.Modp2048, 256 },
        { DiffieHellmanGroup.Ecp256, 64 },
        { DiffieHellmanGroup.Ecp384, 96 },
        { DiffieHellmanGroup.Curve25519, 32 },
    };

    [Theory]
    [MemberData(nameof(Groups))]
    public void Two_ends_agree(DiffieHellmanGroup group, int length)
    {
        Assert.True(Algorithms.Supports(group));
        using var one = KeyExchange.Create(group);
        using var other = KeyExchange.Create(group);
        Assert.Equal(group, one.Group);
        Assert.Equal(length, one.PublicValue.Length);
        Assert.NotEqual(one.PublicValue, other.PublicValue);
        Assert.True(one.TryAgree(other.PublicValue, out SecretBytes? ones));
        Assert.True(other.TryAgree(one.PublicValue, out SecretBytes? others));
        Assert.True(ones.FixedTimeEquals(others.Span));
        Assert.False(ones.FixedTimeEquals(new byte[ones.Length]));
    }

    [Theory]
    [MemberData(nameof(Groups))]
    public void A_public_value_of_another_length_is_refused(DiffieHellmanGroup group, int length)
    {
        using var exchange = KeyExchange.Create(group);
        foreach (int other in (int[])[0, 1, length - 1, length + 1, 2 * length])
        {
            byte[] value = new byte[other];
            exchange.PublicValue.AsSpan(0, Math.Min(other, length)).CopyTo(value);
            Assert.False(exchange.TryAgree(value, out SecretBytes? secret));
            Assert.Null(secret);
        }
    }

    [Theory]
    [MemberData(nameof(Groups))]
    public void A_public_value_of_zeros_or_ones_is_refused(DiffieHellmanGroup group, int length)
    {
        using var exchange = KeyExchange.Create(group);
        byte[] value = new byte[length];
        Assert.False(exchange.TryAgree(value, out _));
        if (group != DiffieHellmanGroup.Curve25519)
        {
            Array.Fill(value, (byte)0xff);
            Assert.False(exchange.TryAgree(value, out _));
        }
    }

    /// <summary>RFC 6989, section 2.1: 1 &lt; y &lt; p - 1; and y is in the subgroup of the generator.</summary>
    [Fact]
    public void A_modp_value_at_the_bounds_is_refused()
    {
        byte[] prime = Org.BouncyCastle.Crypto.Agreement.DHStandardGroups.rfc3526_2048.P.ToByteArrayUnsigned();
        byte[] one = new byte[256];
        one[^1] = 1;
        byte[] minusOne = [.. prime];
        minusOne[^1]--;
        byte[] minusTwo = [.. prime];
        minusTwo[^1] -= 2;
        byte[] two = new byte[256];
        two[^1] = 2;
        using var exchange = new ModpKeyExchange();
        Assert.False(exchange.TryAgree(one, out _));
        Assert.False(exchange.TryAgree(prime, out _));
        Assert.False(exchange.TryAgree(minusOne, out _));
        Assert.False(exchange.TryAgree(minusTwo, out _));
        Assert.True(exchange.TryAgree(two, out _));
    }

    [Theory]
    [InlineData(DiffieHellmanGroup.Ecp256)]
    [InlineData(DiffieHellmanGroup.Ecp384)]
    public void A_point_off_the_curve_is_refused(DiffieHellmanGroup group)
    {
        using var exchange = KeyExchange.Create(group);
        using var other = KeyExchange.Create(group);
        byte[] value = [.. other.PublicValue];
        value[^1] ^= 1;
        Assert.False(exchange.TryAgree(value, out _));
        Assert.True(exchange.TryAgree(other.PublicValue, out _));
    }

    /// <summary>RFC 7748, section 6.1: points of small order lead to zero.</summary>
    [Theory]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    public void A_point_of_small_order_is_refused(string value)
    {
        using var exchange = new Curve25519KeyExchange();
        Assert.False(exchange.TryAgree(Convert.FromHexString(value), out SecretBytes? secret));
        Assert.Null(secret);
    }

    /// <summary>RFC 7748, section 6.1.</summary>
    [Fact]
    public void X25519_is_that_of_the_document()
    {
        using var alice = new Curve25519KeyExchange(Secret("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"));
        using var bob = new Curve25519KeyExchange(Secret("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"));
        Assert.Equal("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a", Convert.ToHexStringLower(alice.PublicValue));
        Assert.Equal("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f", Convert.ToHexStringLower(bob.PublicValue));
        Assert.True(alice.TryAgree(bob.PublicValue, out SecretBytes? secret));
        Assert.Equal("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742", Convert.ToHexStringLower(secret.Span));
    }

    /// <summary>RFC 5903, section 8.1.</summary>
    [Fact]
    public void Ecp256_is_that_of_the_document()
    {
        const string Initiator = "dad0b65394221cf9b051e1feca5787d098dfe637fc90b9ef945d0c37725811805271a0461cdb8252d61f1c456fa3e59ab1f45b33accf5f58389e0577b8990bb3";
        const string Responder = "d12dfb5289c8d4f81208b70270398c342296970a0bccb74c736fc7554494bf6356fbf3ca366cc23e8157854c13c58d6aac23f046ada30f8353e74f33039872ab";
        using var initiator = new EcpKeyExchange(DiffieHellmanGroup.Ecp256, Key(Initiator, "c88f01f510d9ac3f70a292daa2316de544e9aab8afe84049c62a9c57862d1433"));
        Assert.Equal(Initiator, Convert.ToHexStringLower(initiator.PublicValue));
        Assert.True(initiator.TryAgree(Convert.FromHexString(Responder), out SecretBytes? secret));
        Assert.Equal("d6840f6b42f6edafd13116e0e12565202fef8e9ece7dce03812464d04b9442de", Convert.ToHexStringLower(secret.Span));
    }

    [Fact]
    public void A_group_that_is_not_offered_is_not_made()
    {
        Assert.False(Algorithms.Supports(DiffieHellmanGroup.Modp1024));
        Assert.Throws<ArgumentOutOfRangeException>(() => KeyExchange.Create(DiffieHellmanGroup.Modp1024));
    }

    private static SecretBytes Secret(string hex) => SecretBytes.CopyOf(Convert.FromHexString(hex));

    private static ECDiffieHellman Key(string point, string scalar)
    {
        byte[] octets = Convert.FromHexString(point);
        return ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            D = Convert.FromHexString(scalar),
            Q = new ECPoint { X = octets[..32], Y = octets[32..] },
        });
    }
}
