using MobikeX.Ike.Authentication;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;
using MobikeX.Protocol.Ikev2.Signatures;

namespace MobikeX.Ike;

/// <summary>What IKE_SA_INIT says in either direction besides keys: fragments (RFC 7383) and hashes of signatures (RFC 7427).</summary>
internal static class InitNotifies
{
    public static void AddTo(PayloadChain chain, IkeConnectionOptions connection)
    {
        if (connection.Fragmentation)
        {
            chain.Add(new NotifyValue(NotifyType.Ikev2FragmentationSupported));
        }

        chain.Add(NotifyValue.SignatureHashes([.. Announced.Hashes]));
    }

    public static void Read(IkePeer peer, ReceivedPayloads message)
    {
        peer.PeerTakesFragments = peer.Connection.Fragmentation && message.Has(NotifyType.Ikev2FragmentationSupported);
        if (message.Notify(NotifyType.SignatureHashAlgorithms) is { } notify)
        {
            // One that cannot be read names none.
            List<SignatureHash> hashes = [];
            if (SignatureHashAlgorithmsNotify.TryRead(notify.Data, out SignatureHashAlgorithmsNotify announced, out _))
            {
                for (int i = 0; i < announced.Algorithms.Count; i++)
                {
                    hashes.Add(announced.Algorithms[i]);
                }
            }

            peer.PeerHashes = hashes;
        }
    }
}
