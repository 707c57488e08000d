using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>The words for algorithms in a configuration, which are those that IPsec daemons share: <c>aes256gcm16-prfsha256-x25519</c>.</summary>
internal sealed class AlgorithmWords
{
    private static readonly Dictionary<string, Cipher> Ciphers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["aes256gcm16"] = new(EncryptionAlgorithm.AesGcm16, 256),
        ["aes128gcm16"] = new(EncryptionAlgorithm.AesGcm16, 128),
        ["aes256"] = new(EncryptionAlgorithm.AesCbc, 256),
        ["aes128"] = new(EncryptionAlgorithm.AesCbc, 128),
    };

    private static readonly Dictionary<string, IntegrityAlgorithm> Integrities = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sha256"] = IntegrityAlgorithm.HmacSha256,
    };

    private static readonly Dictionary<string, PseudorandomFunction> Prfs = new(StringComparer.OrdinalIgnoreCase)
    {
        ["prfsha256"] = PseudorandomFunction.HmacSha256,
        ["prfsha384"] = PseudorandomFunction.HmacSha384,
        ["prfsha512"] = PseudorandomFunction.HmacSha512,
    };

    private static readonly Dictionary<string, DiffieHellmanGroup> Groups = new(StringComparer.OrdinalIgnoreCase)
    {
        ["x25519"] = DiffieHellmanGroup.Curve25519,
        ["ecp256"] = DiffieHellmanGroup.Ecp256,
        ["ecp384"] = DiffieHellmanGroup.Ecp384,
        ["modp2048"] = DiffieHellmanGroup.Modp2048,
        ["none"] = DiffieHellmanGroup.None,
    };

    private static readonly Dictionary<string, ExtendedSequenceNumbers> SequenceNumbers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["esn"] = ExtendedSequenceNumbers.Extended,
        ["noesn"] = ExtendedSequenceNumbers.None,
    };

    private AlgorithmWords()
    {
    }

    /// <summary>Every group, and none: what is accepted of a peer that demands a key exchange where the own configuration does not.</summary>
    public static IReadOnlyList<DiffieHellmanGroup> AnyGroup { get; } = [DiffieHellmanGroup.None, .. Groups.Values.Where(group => group != DiffieHellmanGroup.None)];

    public List<Cipher> Encryption { get; } = [];

    public List<IntegrityAlgorithm> Integrity { get; } = [];

    public List<PseudorandomFunction> Prf { get; } = [];

    public List<DiffieHellmanGroup> KeyExchange { get; } = [];

    public List<ExtendedSequenceNumbers> Sequence { get; } = [];

    /// <summary>Reads words with hyphens between them; of each kind in order of preference.</summary>
    public static bool TryParse(string? text, out AlgorithmWords value, out string fault)
    {
        value = new AlgorithmWords();
        fault = "";
        foreach (string word in (text ?? "").Split('-', StringSplitOptions.TrimEntries))
        {
            if (!Add(Ciphers, value.Encryption, word) && !Add(Integrities, value.Integrity, word) && !Add(Prfs, value.Prf, word)
                && !Add(Groups, value.KeyExchange, word) && !Add(SequenceNumbers, value.Sequence, word))
            {
                string known = string.Join(", ", [.. Ciphers.Keys, .. Integrities.Keys, .. Prfs.Keys, .. Groups.Keys, .. SequenceNumbers.Keys]);
                fault = $"'{word}' is no algorithm; known are {known}";
                return false;
            }
        }

        if (value.Encryption.Exists(cipher => cipher.IsAead) && value.Encryption.Exists(cipher => !cipher.IsAead))
        {
            fault = "an algorithm that protects integrity itself goes into a proposal of its own (RFC 7296, 3.3)";
            return false;
        }

        return true;
    }

    /// <summary>Writes algorithms as they are read.</summary>
    public static string Join(
        IEnumerable<Cipher> encryption,
        IEnumerable<IntegrityAlgorithm> integrity,
        IEnumerable<PseudorandomFunction> prf,
        IEnumerable<DiffieHellmanGroup> keyExchange,
        IEnumerable<ExtendedSequenceNumbers> sequence) => string.Join('-', [
            .. encryption.Select(value => WordOf(Ciphers, value)),
            .. integrity.Select(value => WordOf(Integrities, value)),
            .. prf.Select(value => WordOf(Prfs, value)),
            .. keyExchange.Select(value => WordOf(Groups, value)),
            .. sequence.Select(value => WordOf(SequenceNumbers, value))]);

    private static bool Add<T>(Dictionary<string, T> words, List<T> values, string word)
    {
        if (!words.TryGetValue(word, out T? value))
        {
            return false;
        }

        if (!values.Contains(value))
        {
            values.Add(value);
        }

        return true;
    }

    private static string WordOf<T>(Dictionary<string, T> words, T value) => words.First(word => Equals(word.Value, value)).Key;
}
