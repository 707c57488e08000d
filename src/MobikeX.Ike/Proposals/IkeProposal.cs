using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>Algorithms that are acceptable together for an IKE_SA; of each kind the most wanted first.</summary>
public sealed record IkeProposal
{
    private IkeProposal(AlgorithmWords words)
    {
        Encryption = words.Encryption;
        Integrity = words.Integrity;
        Prf = words.Prf;
        KeyExchange = words.KeyExchange;
    }

    /// <summary>What is proposed where a configuration does not say: all that is known, ciphers that protect integrity themselves first.</summary>
    public static IReadOnlyList<IkeProposal> Default { get; } =
    [
        Parse("aes256gcm16-aes128gcm16-prfsha256-prfsha384-prfsha512-x25519-ecp256-ecp384-modp2048"),
        Parse("aes256-aes128-sha256-prfsha256-prfsha384-prfsha512-x25519-ecp256-ecp384-modp2048"),
    ];

    /// <summary>The ciphers: all of them protect integrity themselves, or none does.</summary>
    public IReadOnlyList<Cipher> Encryption { get; }

    /// <summary>The integrity algorithms; empty where the ciphers protect integrity.</summary>
    public IReadOnlyList<IntegrityAlgorithm> Integrity { get; }

    /// <summary>The pseudorandom functions.</summary>
    public IReadOnlyList<PseudorandomFunction> Prf { get; }

    /// <summary>The Diffie-Hellman groups; the first one is tried first.</summary>
    public IReadOnlyList<DiffieHellmanGroup> KeyExchange { get; }

    /// <summary>Reads a proposal as it is written in a configuration, such as <c>aes256gcm16-prfsha256-x25519</c> or <c>aes128-sha256-ecp256</c>.</summary>
    /// <remarks>Where no pseudorandom function is named, it is the one with the hash of the integrity algorithm.</remarks>
    /// <param name="text">The proposal.</param>
    /// <param name="value">The proposal read; not to be used where there is a fault.</param>
    /// <param name="fault">What is wrong; empty where nothing is.</param>
    public static bool TryParse(string? text, out IkeProposal value, out string fault)
    {
        bool read = AlgorithmWords.TryParse(text, out AlgorithmWords words, out fault);
        if (read && words.Prf.Count == 0 && words.Integrity.Count > 0)
        {
            words.Prf.Add(PseudorandomFunction.HmacSha256);
        }

        value = new IkeProposal(words);
        fault = !read ? fault
            : words.Encryption.Count == 0 ? "a cipher is missing"
            : words.Encryption[0].IsAead && words.Integrity.Count > 0 ? "the cipher protects integrity itself"
            : !words.Encryption[0].IsAead && words.Integrity.Count == 0 ? "the cipher needs an integrity algorithm"
            : words.Prf.Count == 0 ? "a pseudorandom function is missing"
            : words.KeyExchange.Count == 0 || words.KeyExchange.Contains(DiffieHellmanGroup.None) ? "an IKE_SA needs a Diffie-Hellman group"
            : words.Sequence.Count > 0 ? "an IKE_SA has no extended sequence numbers"
            : "";
        return fault.Length == 0;
    }

    /// <inheritdoc/>
    public override string ToString() => AlgorithmWords.Join(Encryption, Integrity, Prf, KeyExchange, []);

    private static IkeProposal Parse(string text) =>
        TryParse(text, out IkeProposal value, out string fault) ? value : throw new FormatException(fault);
}
