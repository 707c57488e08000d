using MobikeX.Ike.Messages;

namespace MobikeX.Ike;

/// <summary>The answer to an offer: one proposal, by the number of one that was offered, with at most one transform of each type (RFC 7296, 2.7).</summary>
internal static class SingleProposal
{
    /// <summary>The proposal of an answer; null where the answer is not of that form.</summary>
    public static Proposal? Of(SaPayload answer, int offered) =>
        answer.Proposals is [{ } single] && single.Number >= 1 && single.Number <= offered
            && single.Transforms.DistinctBy(transform => transform.Type).Count() == single.Transforms.Count
            ? single
            : null;
}
