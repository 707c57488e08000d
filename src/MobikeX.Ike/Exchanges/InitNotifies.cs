using System.Buffers.Binary;
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

        byte[] hashes = new byte[Announced.Hashes.Count * sizeof(ushort)];
        for (int i = 0; i < Announced.Hashes.Count; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(hashes.AsSpan(i * sizeof(ushort)), (ushort)Announced.Hashes[i]);
        }

        chain.Add(new NotifyValue(NotifyType.SignatureHashAlgorithms, hashes));
    }

    public static void Read(IkePeer peer, ReceivedPayloads message)
    {
        peer.PeerTakesFragments = peer.Connection.Fragmentation && message.Has(NotifyType.Ikev2FragmentationSupported);
        if (message.Notify(NotifyType.SignatureHashAlgorithms) is { } notify)
        {
            List<SignatureHash> hashes = [];
            for (int at = 0; at + sizeof(ushort) <= notify.Data.Length; at += sizeof(ushort))
            {
                hashes.Add((SignatureHash)BinaryPrimitives.ReadUInt16BigEndian(notify.Data.AsSpan(at)));
            }

            peer.PeerHashes = hashes;
        }
    }
}
