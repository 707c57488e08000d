using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>The transforms of one proposal of a peer, and those that were picked of them.</summary>
internal readonly struct OfferedTransforms(Proposal proposal)
{
    private readonly List<Transform> _picked = [];

    /// <summary>A cipher as a proposal carries it.</summary>
    public static Transform Of(Cipher cipher) => Transform.Of(cipher.Algorithm, (ushort)cipher.KeyBits);

    /// <summary>The answer: the proposal with the transforms picked alone.</summary>
    public Proposal Picked => proposal with { Transforms = [.. _picked] };

    /// <summary>A proposal with a type of transform that is not understood is unacceptable as a whole (RFC 7296, 3.3.6).</summary>
    public bool AreOf(params ReadOnlySpan<TransformType> known)
    {
        foreach (Transform transform in proposal.Transforms)
        {
            if (!known.Contains(transform.Type))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether there is at least one transform of a type.</summary>
    public bool Has(TransformType type) => proposal.Transforms.Any(transform => transform.Type == type);

    /// <summary>Whether a transform is among those offered.</summary>
    public bool Contains(Transform transform) => proposal.Transforms.Contains(transform);

    /// <summary>Picks a transform where it is offered.</summary>
    public bool Pick(Transform transform)
    {
        if (!Contains(transform))
        {
            return false;
        }

        _picked.Add(transform);
        return true;
    }

    /// <summary>Picks a transform that means that nothing is used: a type that is not offered at all says so as well.</summary>
    public bool PickNone(Transform none) => !Has(none.Type) || Pick(none);

    /// <summary>Picks the integrity algorithm: the first own one that is offered; none where the cipher protects integrity.</summary>
    public bool PickIntegrity(bool needed, IReadOnlyList<IntegrityAlgorithm> own, out IntegrityAlgorithm? picked)
    {
        picked = null;
        if (!needed)
        {
            return PickNone(Transform.Of(IntegrityAlgorithm.None));
        }

        foreach (IntegrityAlgorithm algorithm in own)
        {
            if (Pick(Transform.Of(algorithm)))
            {
                picked = algorithm;
                return true;
            }
        }

        return false;
    }
}
