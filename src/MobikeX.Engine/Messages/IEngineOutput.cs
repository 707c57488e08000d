using MobikeX.Protocol.Ikev2;

namespace MobikeX.Engine;

/// <summary>Where the parts of an engine put what comes out of it.</summary>
internal interface IEngineOutput
{
    /// <summary>Sends a request between the current addresses of the IKE_SA.</summary>
    /// <returns>The token that its response is reported under.</returns>
    uint Send(ExchangeType exchange, NotifyChain notifies);

    /// <summary>Sends a request between given addresses.</summary>
    /// <returns>The token that its response is reported under.</returns>
    uint Send(ExchangeType exchange, NotifyChain notifies, in PacketAddresses packet);

    /// <summary>Asks the backend for a change.</summary>
    /// <returns>What its outcome is reported under.</returns>
    int Change(in SaChange change, SaSelection targets);

    /// <summary>Tells the upper layer.</summary>
    void Tell(EngineEvent engineEvent);
}

/// <summary>The response to the request that is being handled.</summary>
internal interface IAnswerOutput
{
    /// <summary>Puts one notify into it.</summary>
    void Answer(NotifyType type, ReadOnlySpan<byte> data);
}
