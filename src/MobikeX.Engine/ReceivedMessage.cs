using MobikeX.Protocol.Ikev2;

namespace MobikeX.Engine;

/// <summary>A message of the peer, opened and in order: what a carrier gives to an engine.</summary>
public readonly ref struct ReceivedMessage
{
    /// <summary>Creates a message.</summary>
    /// <param name="exchange">The exchange that the message belongs to.</param>
    /// <param name="token">For a request its Message ID; for a response the <see cref="Transmit.Token"/> of the request.</param>
    /// <param name="first">The type of the first payload.</param>
    /// <param name="payloads">The chain of payloads.</param>
    /// <param name="packet">The addresses of the packet that carried it.</param>
    public ReceivedMessage(ExchangeType exchange, uint token, PayloadType first, ReadOnlySpan<byte> payloads, scoped in PacketAddresses packet)
    {
        Exchange = exchange;
        Token = token;
        First = first;
        Payloads = payloads;
        Packet = packet;
    }

    /// <summary>The exchange that the message belongs to.</summary>
    public ExchangeType Exchange { get; }

    /// <summary>For a request its Message ID; for a response the <see cref="Transmit.Token"/> of the request.</summary>
    public uint Token { get; }

    /// <summary>The type of the first payload.</summary>
    public PayloadType First { get; }

    /// <summary>The chain of payloads.</summary>
    public ReadOnlySpan<byte> Payloads { get; }

    /// <summary>The addresses of the packet that carried it.</summary>
    public PacketAddresses Packet { get; }
}
