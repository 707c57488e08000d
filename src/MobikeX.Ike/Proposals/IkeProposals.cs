using System.Diagnostics.CodeAnalysis;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>Offering and choosing the algorithms of an IKE_SA (RFC 7296, 2.7 and 3.3).</summary>
internal static class IkeProposals
{
    /// <summary>The SA payload of an Initiator.</summary>
    /// <param name="own">The own configuration; each of its proposals becomes one of the payload.</param>
    /// <param name="spi">The SPI of an Initiator that rekeys; empty in IKE_SA_INIT, whose header has it.</param>
    public static SaPayload Offer(IReadOnlyList<IkeProposal> own, byte[] spi) =>
        new([.. own.Select((proposal, index) => new Proposal((byte)(index + 1), ProtocolId.Ike, spi, [
            .. proposal.Encryption.Select(OfferedTransforms.Of),
            .. proposal.Integrity.Select(Transform.Of),
            .. proposal.Prf.Select(Transform.Of),
            .. proposal.KeyExchange.Select(Transform.Of)]))]);

    /// <summary>Chooses as the Responder. The order of the own configuration decides: of its proposals, then of its ciphers, then of the rest.</summary>
    /// <param name="own">The own configuration.</param>
    /// <param name="offered">What the Initiator offers.</param>
    /// <param name="group">The group of the Initiator's KE payload: it is taken before others that are acceptable, since another would cost a round trip.</param>
    /// <param name="suite">What was chosen; where its group is not <paramref name="group"/>, the answer is INVALID_KE_PAYLOAD.</param>
    /// <param name="chosen">The proposal chosen, with the SPI that the Initiator gave.</param>
    /// <returns>False where nothing is acceptable: the answer is NO_PROPOSAL_CHOSEN.</returns>
    public static bool TrySelect(
        IReadOnlyList<IkeProposal> own,
        SaPayload offered,
        DiffieHellmanGroup? group,
        [NotNullWhen(true)] out IkeSuite? suite,
        [NotNullWhen(true)] out Proposal? chosen)
    {
        foreach (IkeProposal mine in own)
        {
            foreach (Cipher cipher in mine.Encryption)
            {
                foreach (Proposal theirs in offered.Proposals)
                {
                    if (TryPick(mine, cipher, theirs, group, out suite, out chosen))
                    {
                        return true;
                    }
                }
            }
        }

        suite = null;
        chosen = null;
        return false;
    }

    /// <summary>Checks as the Initiator what the Responder chose.</summary>
    /// <returns>False where that is not exactly one of what was offered.</returns>
    public static bool TryAccept(
        IReadOnlyList<IkeProposal> own,
        SaPayload answer,
        [NotNullWhen(true)] out IkeSuite? suite,
        [NotNullWhen(true)] out Proposal? chosen)
    {
        suite = null;
        chosen = null;
        return SingleProposal.Of(answer, own.Count) is { } single
            && TrySelect([own[single.Number - 1]], answer, null, out suite, out chosen)
            && chosen.Transforms.Count == single.Transforms.Count;
    }

    /// <summary>Whether a configuration takes what was chosen by another one.</summary>
    public static bool Allows(IReadOnlyList<IkeProposal> own, IkeSuite suite) => own.Any(mine =>
        mine.Encryption.Contains(suite.Cipher)
        && (suite.Integrity is not { } integrity || mine.Integrity.Contains(integrity))
        && mine.Prf.Contains(suite.Prf)
        && mine.KeyExchange.Contains(suite.KeyExchange));

    private static bool TryPick(
        IkeProposal own,
        Cipher cipher,
        Proposal proposal,
        DiffieHellmanGroup? group,
        [NotNullWhen(true)] out IkeSuite? suite,
        [NotNullWhen(true)] out Proposal? chosen)
    {
        suite = null;
        chosen = null;
        OfferedTransforms offered = new(proposal);
        if (proposal.Protocol != ProtocolId.Ike
            || !offered.AreOf(TransformType.EncryptionAlgorithm, TransformType.IntegrityAlgorithm, TransformType.PseudorandomFunction, TransformType.DiffieHellmanGroup)
            || !offered.Pick(OfferedTransforms.Of(cipher))
            || !offered.PickIntegrity(!cipher.IsAead, own.Integrity, out IntegrityAlgorithm? integrity))
        {
            return false;
        }

        IEnumerable<DiffieHellmanGroup> groups = group is { } wanted && own.KeyExchange.Contains(wanted) ? own.KeyExchange.Prepend(wanted) : own.KeyExchange;
        foreach (PseudorandomFunction prf in own.Prf.Where(prf => offered.Contains(Transform.Of(prf))))
        {
            foreach (DiffieHellmanGroup mine in groups.Where(mine => offered.Contains(Transform.Of(mine))))
            {
                _ = offered.Pick(Transform.Of(prf)) && offered.Pick(Transform.Of(mine));
                suite = new IkeSuite(cipher, integrity, prf, mine);
                chosen = offered.Picked;
                return true;
            }
        }

        return false;
    }
}
