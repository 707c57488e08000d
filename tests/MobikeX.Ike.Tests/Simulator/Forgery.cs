using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Tests;

/// <summary>Messages that no endpoint would send, sealed with the keys of one.</summary>
internal static class Forgery
{
    /// <summary>The last message that a host sent of an exchange, with other payloads; of its current IKE_SA where none is named.</summary>
    public static byte[] Altered(TestHost sender, ExchangeType exchange, Func<IkePayload, IkePayload> change, IkeSession? session = null)
    {
        MessageSent sent = sender.Events.OfType<MessageSent>().Last(message => message.Exchange == exchange);
        Assert.True(MessageReader.TryReadChain(sent.Payloads.First, sent.Payloads.Chain.Span, out IReadOnlyList<IkePayload>? payloads, out _));
        return Write(session ?? sender.Peer.Session, exchange, sent.MessageId, sent.IsResponse, [.. payloads.Select(change)]);
    }

    /// <summary>A message of an IKE_SA; in clear where it has no keys yet.</summary>
    public static byte[] Write(IkeSession session, ExchangeType exchange, uint messageId, bool isResponse, params ReadOnlySpan<IkePayload> payloads)
    {
        PayloadChain chain = new(payloads);
        IkeHeader header = MessageWriter.Header(session.InitiatorSpi, session.ResponderSpi, exchange, messageId, isResponse, session.IsInitiator);
        return exchange != ExchangeType.IkeSaInit ? session.Protection!.Seal(header, chain.First, chain.Octets) : MessageWriter.Write(header, chain);
    }

    /// <summary>Brings octets to a host at once.</summary>
    public static void Bring(TestHost receiver, Engine.PacketAddresses packet, byte[] octets) =>
        receiver.Do((endpoint, now) => endpoint.HandleDatagram(octets, packet, now));

    /// <summary>Puts a nonce of another length into a message.</summary>
    public static Func<IkePayload, IkePayload> Nonce(int length) => payload => payload is NoncePayload ? new NoncePayload(new byte[length]) : payload;
}
