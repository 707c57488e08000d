using MobikeX.Protocol.Ikev2;

namespace MobikeX.Engine;

/// <summary>Where a negotiation puts what it has to say.</summary>
internal interface INegotiationOutput
{
    /// <summary>Sends one notify in a request of its own.</summary>
    void Request(ExchangeType exchange, NotifyType type, ReadOnlySpan<byte> data, bool critical, NegotiationRequest purpose);

    /// <summary>Puts one notify into the response to the request that is being handled.</summary>
    void Answer(NotifyType type, ReadOnlySpan<byte> data);

    /// <summary>Tells the upper layer.</summary>
    void Tell(EngineEvent engineEvent);
}

/// <summary>What a request of the negotiation is for, so that its response finds the way back.</summary>
internal enum NegotiationRequest : byte
{
    /// <summary>It offers versions: the response settles the negotiation.</summary>
    Offer,

    /// <summary>It ends the use of MOBIKE-X: the response says nothing.</summary>
    Withdrawal,
}
