using MobikeX.Ike.Crypto;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>CREATE_CHILD_SA at the end that answers it, where a CHILD_SA is asked for (RFC 7296, 1.3.1 and 1.3.3).</summary>
internal sealed class CreateChildAnswer(IkeSession session, ReceivedPayloads request) : AnsweredExchange(session, request)
{
    public override void Respond()
    {
        IkeChild? replaces = null;
        if (Request.Notify(NotifyType.RekeySa) is { } rekey)
        {
            replaces = rekey.Spi.Length == sizeof(uint) ? Peer.FindChild(rekey.Protocol, System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(rekey.Spi)) : null;
            if (replaces is null)
            {
                Refuse(rekey with { NotifyType = NotifyType.ChildSaNotFound, Data = [] });
                return;
            }
        }

        if (IsBusy(replaces))
        {
            Refuse(new NotifyValue(NotifyType.TemporaryFailure));
            return;
        }

        // One that is rekeyed stays for a moment beside the one that replaces it.
        if (Peer.Children.Count >= Peer.Connection.ChildLimit * (replaces is null ? 1 : 2))
        {
            Refuse(new NotifyValue(NotifyType.NoAdditionalSas));
            return;
        }

        if (Request.Nonce(Session.Keys!.Suite.Prf) is not { } nonce)
        {
            Refuse(new NotifyValue(NotifyType.InvalidSyntax));
            return;
        }

        if (!ChildAnswer.TryChoose(Peer, Request.Payloads, withKeyExchange: true, replaces, out ChildAnswer? chosen, out NotifyValue? error))
        {
            Peer.Raise(new ChildFailed(replaces?.Options.Name ?? Peer.Connection.Name, IkeNames.Of(error.NotifyType)));
            Refuse(error);
            return;
        }

        Agree(chosen, nonce, replaces);
    }

    /// <summary>What a rekey of the IKE_SA or a Delete would take away again is not made (RFC 7296, 2.25).</summary>
    private bool IsBusy(IkeChild? replaces) =>
        Session != Peer.Session || Peer.IsClosing || Session.Outstanding is RekeyIkeExchange || replaces is { IsDeleting: true } or { IsReplaced: true };

    private void Agree(ChildAnswer chosen, byte[] nonce, IkeChild? replaces)
    {
        if (chosen.Suite.KeyExchange is not { } group)
        {
            Install(chosen, nonce, null, null, replaces);
            return;
        }

        if (Request.Get<KePayload>() is not { } offered || offered.Group != group)
        {
            Refuse(NotifyValue.InvalidKePayload(group));
            return;
        }

        using KeyExchange keyExchange = KeyExchange.Create(group);
        if (!keyExchange.TryAgree(offered.Data, out SecretBytes? shared))
        {
            Refuse(new NotifyValue(NotifyType.InvalidSyntax));
            return;
        }

        using (shared)
        {
            Install(chosen, nonce, new KePayload(group, keyExchange.PublicValue), shared, replaces);
        }
    }

    private void Install(ChildAnswer chosen, byte[] nonce, KePayload? keyExchange, SecretBytes? shared, IkeChild? replaces)
    {
        byte[] own = Nonce.Create();
        NegotiatedChild child = chosen.ToChild(Session.Keys!, nonce, own, shared);
        byte[]? former = replaces?.NonceOfPeerRekey;
        if (replaces is not null)
        {
            replaces.NonceOfPeerRekey = RekeyNonces.Lower(nonce, own);
        }

        Peer.Install(child, (installed, succeeded) =>
        {
            if (!succeeded)
            {
                if (replaces is not null)
                {
                    replaces.NonceOfPeerRekey = former;
                }

                Peer.Raise(new ChildFailed(child.Options.Name, "it could not be installed"));
                Refuse(new NotifyValue(NotifyType.NoAdditionalSas));
                return;
            }

            PayloadChain answers = new();
            chosen.AddTo(answers, keyExchange is null ? [new NoncePayload(own)] : [new NoncePayload(own), keyExchange]);
            Send(answers);
            if (replaces is not null)
            {
                replaces.ReplacedByPeer = installed;
                replaces.RekeyTimer?.Stop();
                Peer.Raise(new ChildRekeyed(child.Options.Name, replaces.LocalSpi, child.LocalSpi, child.RemoteSpi));
            }
        });
    }

    private void Refuse(NotifyValue error)
    {
        PayloadChain answers = new();
        answers.Add(error);
        Send(answers);
    }
}
