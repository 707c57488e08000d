using System.Security.Cryptography;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Crypto;

/// <summary>The pseudorandom function of an IKE_SA and prf+ (RFC 7296, sections 2.13 and 2.14; RFC 4868 for HMAC with SHA-2).</summary>
internal sealed class Prf
{
    private readonly HashAlgorithmName _hash;

    private Prf(HashAlgorithmName hash, int length)
    {
        _hash = hash;
        Length = length;
    }

    /// <summary>Octets of the output, and of the key that the key schedule makes for it.</summary>
    public int Length { get; }

    /// <summary>The function that was negotiated; null for one that we do not have.</summary>
    public static Prf? Find(PseudorandomFunction function) => function switch
    {
        PseudorandomFunction.HmacSha256 => Sha256,
        PseudorandomFunction.HmacSha384 => Sha384,
        PseudorandomFunction.HmacSha512 => Sha512,
        _ => null,
    };

    /// <summary>The function that was negotiated.</summary>
    /// <exception cref="ArgumentOutOfRangeException">We do not have it: it was never offered.</exception>
    public static Prf For(PseudorandomFunction function) => Find(function) ?? throw new ArgumentOutOfRangeException(nameof(function), function, null);

    private static readonly Prf Sha256 = new(HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
    private static readonly Prf Sha384 = new(HashAlgorithmName.SHA384, SHA384.HashSizeInBytes);
    private static readonly Prf Sha512 = new(HashAlgorithmName.SHA512, SHA512.HashSizeInBytes);

    /// <summary>prf(key, first | second | ...).</summary>
    public void Compute(ReadOnlySpan<byte> key, Span<byte> destination, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second = default, ReadOnlySpan<byte> third = default)
    {
        using IncrementalHash hmac = IncrementalHash.CreateHMAC(_hash, key);
        hmac.AppendData(first);
        hmac.AppendData(second);
        hmac.AppendData(third);
        _ = hmac.GetHashAndReset(destination);
    }

    /// <summary>prf+(key, seed), as many octets as asked for.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than 255 rounds would be needed, which prf+ does not have.</exception>
    public SecretBytes Plus(ReadOnlySpan<byte> key, ReadOnlySpan<byte> seed, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, byte.MaxValue * Length);
        var output = new SecretBytes(length);
        using IncrementalHash hmac = IncrementalHash.CreateHMAC(_hash, key);
        using var block = new SecretBytes(Length);
        Span<byte> counter = [1];
        for (int done = 0; done < length; done += Length)
        {
            if (done > 0)
            {
                hmac.AppendData(block.Span);
            }

            hmac.AppendData(seed);
            hmac.AppendData(counter);
            _ = hmac.GetHashAndReset(block.Span);
            Span<byte> rest = output.Span[done..];
            block.Span[..Math.Min(rest.Length, Length)].CopyTo(rest);
            counter[0]++;
        }

        return output;
    }
}
