using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>Offering and choosing the algorithms of a CHILD_SA (RFC 7296, 2.7 and 3.3).</summary>
internal static class ChildProposals
{
    /// <summary>SPIs up to this one are reserved (RFC 4303, 2.1).</summary>
    private const uint LastReservedSpi = 255;

    /// <summary>The SA payload of an Initiator.</summary>
    /// <param name="own">The own configuration; each of its proposals becomes one of the payload.</param>
    /// <param name="spi">The SPI that the Initiator will receive on.</param>
    /// <param name="withKeyExchange">False in IKE_AUTH, where a CHILD_SA has no key exchange of its own (RFC 7296, 1.2).</param>
    public static SaPayload Offer(IReadOnlyList<ChildProposal> own, uint spi, bool withKeyExchange)
    {
        byte[] octets = SpiOctets(spi);
        return new SaPayload([.. own.Select((proposal, index) => new Proposal((byte)(index + 1), proposal.Protocol, octets, [
            .. proposal.Encryption.Select(OfferedTransforms.Of),
            .. proposal.Integrity.Select(Transform.Of),
            .. withKeyExchange ? proposal.KeyExchange.Select(Transform.Of) : [],
            .. proposal.SequenceNumbers.Select(Transform.Of)]))]);
    }

    /// <summary>Chooses as the Responder. The order of the own configuration decides: of its proposals, then of its ciphers, then of the rest.</summary>
    /// <param name="own">The own configuration.</param>
    /// <param name="offered">What the Initiator offers.</param>
    /// <param name="withKeyExchange">False in IKE_AUTH: groups that are offered there all the same are not regarded.</param>
    /// <param name="group">The group of the Initiator's KE payload, if there is one: it is taken before others that are acceptable.</param>
    /// <param name="suite">What was chosen; where its group is not <paramref name="group"/>, the answer is INVALID_KE_PAYLOAD.</param>
    /// <param name="peerSpi">The SPI that the Initiator will receive on.</param>
    /// <param name="chosen">The proposal chosen, with the Initiator's SPI: the answer has the Responder's in its place.</param>
    /// <returns>False where nothing is acceptable: the answer is NO_PROPOSAL_CHOSEN.</returns>
    public static bool TrySelect(
        IReadOnlyList<ChildProposal> own,
        SaPayload offered,
        bool withKeyExchange,
        DiffieHellmanGroup? group,
        [NotNullWhen(true)] out ChildSuite? suite,
        out uint peerSpi,
        [NotNullWhen(true)] out Proposal? chosen)
    {
        foreach (ChildProposal mine in own)
        {
            IReadOnlyList<DiffieHellmanGroup> groups = !withKeyExchange ? []
                : mine.KeyExchange.Count == 0 ? AlgorithmWords.AnyGroup
                : mine.KeyExchange;
            if (TrySelect(mine, groups, offered, group, out suite, out peerSpi, out chosen))
            {
                return true;
            }
        }

        suite = null;
        peerSpi = 0;
        chosen = null;
        return false;
    }

    /// <summary>Checks as the Initiator what the Responder chose.</summary>
    /// <param name="own">The own configuration, as it was offered.</param>
    /// <param name="answer">The Responder's SA payload.</param>
    /// <param name="withKeyExchange">As it was offered.</param>
    /// <param name="suite">What was chosen.</param>
    /// <param name="peerSpi">The SPI that the Responder will receive on.</param>
    /// <returns>False where that is not exactly one of what was offered.</returns>
    public static bool TryAccept(
        IReadOnlyList<ChildProposal> own,
        SaPayload answer,
        bool withKeyExchange,
        [NotNullWhen(true)] out ChildSuite? suite,
        out uint peerSpi)
    {
        suite = null;
        peerSpi = 0;
        if (SingleProposal.Of(answer, own.Count) is not { } single)
        {
            return false;
        }

        ChildProposal mine = own[single.Number - 1];
        IReadOnlyList<DiffieHellmanGroup> groups = !withKeyExchange ? []
            : mine.KeyExchange.Count == 0 ? [DiffieHellmanGroup.None]
            : mine.KeyExchange;
        return TrySelect(mine, groups, answer, null, out suite, out peerSpi, out Proposal? chosen)
            && chosen.Transforms.Count == single.Transforms.Count;
    }

    /// <summary>An SPI as a proposal carries it.</summary>
    public static byte[] SpiOctets(uint spi)
    {
        byte[] octets = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(octets, spi);
        return octets;
    }

    private static bool TrySelect(
        ChildProposal own,
        IReadOnlyList<DiffieHellmanGroup> groups,
        SaPayload offered,
        DiffieHellmanGroup? group,
        [NotNullWhen(true)] out ChildSuite? suite,
        out uint peerSpi,
        [NotNullWhen(true)] out Proposal? chosen)
    {
        IEnumerable<Cipher?> ciphers = own.Encryption.Count == 0 ? [null] : own.Encryption.Select(cipher => (Cipher?)cipher);
        foreach (Cipher? cipher in ciphers)
        {
            foreach (Proposal theirs in offered.Proposals)
            {
                if (theirs.Protocol == own.Protocol
                    && theirs.Spi.Length == sizeof(uint)
                    && BinaryPrimitives.ReadUInt32BigEndian(theirs.Spi) is > LastReservedSpi and var spi
                    && TryPick(own, cipher, groups, theirs, group, out suite, out chosen))
                {
                    peerSpi = spi;
                    return true;
                }
            }
        }

        suite = null;
        peerSpi = 0;
        chosen = null;
        return false;
    }

    private static bool TryPick(
        ChildProposal own,
        Cipher? cipher,
        IReadOnlyList<DiffieHellmanGroup> groups,
        Proposal proposal,
        DiffieHellmanGroup? group,
        [NotNullWhen(true)] out ChildSuite? suite,
        [NotNullWhen(true)] out Proposal? chosen)
    {
        suite = null;
        chosen = null;
        OfferedTransforms offered = new(proposal);
        if (!offered.AreOf(TransformType.EncryptionAlgorithm, TransformType.IntegrityAlgorithm, TransformType.DiffieHellmanGroup, TransformType.ExtendedSequenceNumbers)
            || (cipher is { } encryption ? !offered.Pick(OfferedTransforms.Of(encryption)) : offered.Has(TransformType.EncryptionAlgorithm))
            || !offered.PickIntegrity(cipher is not { IsAead: true }, own.Integrity, out IntegrityAlgorithm? integrity)
            || !PickGroup(offered, groups, group, out DiffieHellmanGroup? picked))
        {
            return false;
        }

        foreach (ExtendedSequenceNumbers sequence in own.SequenceNumbers)
        {
            if (sequence == ExtendedSequenceNumbers.None ? offered.PickNone(Transform.Of(sequence)) : offered.Pick(Transform.Of(sequence)))
            {
                suite = new ChildSuite(proposal.Protocol, cipher, integrity, picked, sequence == ExtendedSequenceNumbers.Extended);
                chosen = offered.Picked;
                return true;
            }
        }

        return false;
    }

    /// <summary>Picks a group; where there are none to pick of, the type is not regarded.</summary>
    private static bool PickGroup(OfferedTransforms offered, IReadOnlyList<DiffieHellmanGroup> groups, DiffieHellmanGroup? wanted, out DiffieHellmanGroup? picked)
    {
        picked = null;
        if (groups.Count == 0)
        {
            _ = offered.Pick(Transform.Of(DiffieHellmanGroup.None));
            return true;
        }

        IEnumerable<DiffieHellmanGroup> ordered = wanted is { } first && groups.Contains(first) ? groups.Prepend(first) : groups;
        foreach (DiffieHellmanGroup mine in ordered)
        {
            Transform transform = Transform.Of(mine);
            if (mine == DiffieHellmanGroup.None ? offered.PickNone(transform) : offered.Pick(transform))
            {
                picked = mine == DiffieHellmanGroup.None ? null : mine;
                return true;
            }
        }

        return false;
    }
}
