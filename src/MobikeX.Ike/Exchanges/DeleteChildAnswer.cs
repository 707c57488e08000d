using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>Answers Delete payloads for CHILD_SAs with those of the other direction (RFC 7296, 1.4.1).</summary>
internal static class DeleteChildAnswer
{
    /// <summary>Removes what a request deletes; <paramref name="done"/> is called once, when all of it is gone.</summary>
    public static void Answer(IkePeer peer, ReceivedPayloads request, PayloadChain answers, Action done)
    {
        List<IkeChild> deleted = [];
        foreach (DeletePayload payload in request.Payloads.OfType<DeletePayload>().Where(static payload => payload.Protocol != ProtocolId.Ike))
        {
            List<IkeChild> named = [.. payload.Spis.Distinct().Select(spi => peer.FindChild(payload.Protocol, spi)).OfType<IkeChild>().Except(deleted)];
            deleted.AddRange(named);

            // The own Delete of a pair that is on its way says what there is to say.
            uint[] spis = [.. named.Where(static child => !child.IsDeleting).Select(static child => child.LocalSpi)];
            if (spis.Length > 0)
            {
                answers.Add(new DeletePayload(payload.Protocol, spis));
            }
        }

        if (deleted.Count == 0)
        {
            done();
            return;
        }

        int left = deleted.Count;
        foreach (IkeChild child in deleted)
        {
            peer.Remove(child, () =>
            {
                if (--left == 0)
                {
                    done();
                }
            });
        }
    }
}
