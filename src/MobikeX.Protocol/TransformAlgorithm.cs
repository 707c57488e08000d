using MobikeX.Protocol.Ikev2;

namespace MobikeX.Protocol;

/// <summary>The algorithm of a transform: its type says which registry the number is of (RFC 7296, section 3.3.2).</summary>
public static class TransformAlgorithm
{
    /// <summary>The algorithm's name; null where no registry names it.</summary>
    public static string? NameOf(TransformType type, ushort id)
    {
        switch (type)
        {
            case TransformType.EncryptionAlgorithm:
                return ((EncryptionAlgorithm)id).Name();
            case TransformType.PseudorandomFunction:
                return ((PseudorandomFunction)id).Name();
            case TransformType.IntegrityAlgorithm:
                return ((IntegrityAlgorithm)id).Name();
            case TransformType.DiffieHellmanGroup:
                return ((DiffieHellmanGroup)id).Name();
            case TransformType.ExtendedSequenceNumbers:
                return ((ExtendedSequenceNumbers)id).Name();
            default:
                return null;
        }
    }
}
