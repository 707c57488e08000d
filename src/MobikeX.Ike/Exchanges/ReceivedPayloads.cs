using MobikeX.Engine;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>What a message of the peer says: of IKE_SA_INIT in clear, of others what was sealed.</summary>
/// <param name="Exchange">The exchange.</param>
/// <param name="MessageId">The Message ID.</param>
/// <param name="First">The type of the first payload.</param>
/// <param name="Chain">The chain of payloads.</param>
/// <param name="Payloads">The same, one by one.</param>
/// <param name="Packet">The addresses of the packet that carried it.</param>
internal sealed record ReceivedPayloads(
    ExchangeType Exchange,
    uint MessageId,
    PayloadType First,
    byte[] Chain,
    IReadOnlyList<IkePayload> Payloads,
    PacketAddresses Packet)
{
    /// <summary>What the events tell of it.</summary>
    public MessagePayloads AsMessage => new(First, Chain);

    /// <summary>The first error that it reports.</summary>
    public NotifyValue? Error => Payloads.OfType<NotifyValue>().FirstOrDefault(static notify => (ushort)notify.NotifyType <= Constants.LastErrorType);

    public NotifyValue? Notify(NotifyType type) => Payloads.OfType<NotifyValue>().FirstOrDefault(notify => notify.NotifyType == type);

    public bool Has(NotifyType type) => Notify(type) is not null;

    public T? Get<T>()
        where T : IkePayload => Payloads.OfType<T>().FirstOrDefault();

    /// <summary>The nonce, where it is long enough for a PRF; null where it is not, or there is none.</summary>
    public byte[]? Nonce(PseudorandomFunction prf) => Get<NoncePayload>() is { } nonce && Crypto.Nonce.IsLongEnough(nonce.Data, prf) ? nonce.Data : null;

    public IdPayload? Identity(PayloadType type) => Payloads.OfType<IdPayload>().FirstOrDefault(identity => identity.Type == type);
}
