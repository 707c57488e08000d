using MobikeX.Protocol.Ikev2;

namespace MobikeX.Engine;

/// <summary>Which half of an exchange a message is.</summary>
public enum TransmitKind : byte
{
    /// <summary>The message asks; the carrier gives it a Message ID, sends it again until it is answered, and reports the response under the token.</summary>
    Request,

    /// <summary>The message answers the request whose Message ID is the token; the carrier keeps it for a repeated request.</summary>
    Response,
}

/// <summary>A message that an engine wants sent. Its payloads are the notifies; what else the exchange needs is the carrier's.</summary>
public readonly struct Transmit
{
    /// <summary>Creates a message.</summary>
    public Transmit(TransmitKind kind, ExchangeType exchange, uint token, PayloadType first, ReadOnlyMemory<byte> payloads, in PacketAddresses packet)
    {
        Kind = kind;
        Exchange = exchange;
        Token = token;
        First = first;
        Payloads = payloads;
        Packet = packet;
    }

    /// <summary>Which half of an exchange it is.</summary>
    public TransmitKind Kind { get; }

    /// <summary>The exchange that it belongs to.</summary>
    public ExchangeType Exchange { get; }

    /// <summary>For a request, what its response is to be reported under; for a response, the Message ID of the request.</summary>
    public uint Token { get; }

    /// <summary>The type of the first payload.</summary>
    public PayloadType First { get; }

    /// <summary>The chain of payloads; empty where there is nothing to say.</summary>
    public ReadOnlyMemory<byte> Payloads { get; }

    /// <summary>Where from and where to.</summary>
    public PacketAddresses Packet { get; }
}
