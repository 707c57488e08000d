using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>Algorithms that are acceptable together for a CHILD_SA; of each kind the most wanted first.</summary>
public sealed record ChildProposal
{
    private ChildProposal(AlgorithmWords words)
    {
        Encryption = words.Encryption;
        Integrity = words.Integrity;
        KeyExchange = words.KeyExchange;
        SequenceNumbers = words.Sequence.Count > 0 ? words.Sequence : [ExtendedSequenceNumbers.Extended, ExtendedSequenceNumbers.None];
    }

    /// <summary>What is proposed where a configuration does not say: ESP with all that is known, ciphers that protect integrity themselves first.</summary>
    public static IReadOnlyList<ChildProposal> Default { get; } =
    [
        Parse("aes256gcm16-aes128gcm16"),
        Parse("aes256-aes128-sha256"),
    ];

    /// <summary>AH where there is no cipher, else ESP.</summary>
    public ProtocolId Protocol => Encryption.Count == 0 ? ProtocolId.Ah : ProtocolId.Esp;

    /// <summary>The ciphers: all of them protect integrity themselves, or none does; empty for AH.</summary>
    public IReadOnlyList<Cipher> Encryption { get; }

    /// <summary>The integrity algorithms; empty where the ciphers protect integrity.</summary>
    public IReadOnlyList<IntegrityAlgorithm> Integrity { get; }

    /// <summary>
    /// The Diffie-Hellman groups for keys that do not depend on those of the IKE_SA: one of them is demanded, unless <see cref="DiffieHellmanGroup.None"/> is among them.
    /// Where it is empty none is proposed, and that of a peer who demands one is accepted.
    /// </summary>
    public IReadOnlyList<DiffieHellmanGroup> KeyExchange { get; }

    /// <summary>Whether sequence numbers have 64 bits, or 32, or either.</summary>
    public IReadOnlyList<ExtendedSequenceNumbers> SequenceNumbers { get; }

    /// <summary>Reads a proposal as it is written in a configuration, such as <c>aes256gcm16-x25519-esn</c> or <c>aes128-sha256</c>; one without a cipher is for AH.</summary>
    /// <param name="text">The proposal.</param>
    /// <param name="value">The proposal read; not to be used where there is a fault.</param>
    /// <param name="fault">What is wrong; empty where nothing is.</param>
    public static bool TryParse(string? text, out ChildProposal value, out string fault)
    {
        bool read = AlgorithmWords.TryParse(text, out AlgorithmWords words, out fault);
        bool isAead = words.Encryption.Exists(cipher => cipher.IsAead);
        value = new ChildProposal(words);
        fault = !read ? fault
            : isAead && words.Integrity.Count > 0 ? "the cipher protects integrity itself"
            : !isAead && words.Integrity.Count == 0 ? "an integrity algorithm is missing"
            : words.Prf.Count > 0 ? "a CHILD_SA has no pseudorandom function of its own"
            : "";
        return fault.Length == 0;
    }

    /// <inheritdoc/>
    public override string ToString() => AlgorithmWords.Join(Encryption, Integrity, [], KeyExchange, SequenceNumbers);

    private static ChildProposal Parse(string text) =>
        TryParse(text, out ChildProposal value, out string fault) ? value : throw new FormatException(fault);
}
