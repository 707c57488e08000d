using System.Globalization;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Messages;

/// <summary>One algorithm of a proposal (RFC 7296, section 3.3.2).</summary>
/// <param name="Type">What it is for.</param>
/// <param name="Id">The algorithm, a number of the registry that <paramref name="Type"/> names.</param>
/// <param name="KeyBits">The key length in bits, where the algorithm leaves it open.</param>
internal sealed record Transform(TransformType Type, ushort Id, ushort? KeyBits = null)
{
    /// <summary>True where the peer said more of it than its key length: it is not what it seems to be, and not to be chosen (section 3.3.6).</summary>
    internal bool HasUnknownAttribute { get; init; }

    internal static Transform Of(EncryptionAlgorithm id, ushort? keyBits = null) => new(TransformType.EncryptionAlgorithm, (ushort)id, keyBits);

    internal static Transform Of(PseudorandomFunction id) => new(TransformType.PseudorandomFunction, (ushort)id);

    internal static Transform Of(IntegrityAlgorithm id) => new(TransformType.IntegrityAlgorithm, (ushort)id);

    internal static Transform Of(DiffieHellmanGroup id) => new(TransformType.DiffieHellmanGroup, (ushort)id);

    internal static Transform Of(ExtendedSequenceNumbers id) => new(TransformType.ExtendedSequenceNumbers, (ushort)id);

    /// <inheritdoc/>
    public override string ToString()
    {
        string? name = Type switch
        {
            TransformType.EncryptionAlgorithm => ((EncryptionAlgorithm)Id).Name(),
            TransformType.PseudorandomFunction => ((PseudorandomFunction)Id).Name(),
            TransformType.IntegrityAlgorithm => ((IntegrityAlgorithm)Id).Name(),
            TransformType.DiffieHellmanGroup => ((DiffieHellmanGroup)Id).Name(),
            TransformType.ExtendedSequenceNumbers => ((ExtendedSequenceNumbers)Id).Name(),
            _ => null,
        };
        name ??= $"{Type.Name() ?? ((byte)Type).ToString(CultureInfo.InvariantCulture)} {Id}";
        return KeyBits is { } bits ? $"{name}/{bits}" : name;
    }
}
