using MobikeX.Engine;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Cli.Scenarios;

/// <summary>A message that was sent while a scenario ran.</summary>
/// <param name="Number">Counted from 1 within its step.</param>
/// <param name="MessageId">The request's, also on its response.</param>
internal sealed record ScenarioMessage(
    int Number, TimeSpan Time, PeerRole Sender, bool IsResponse, uint MessageId, ExchangeType Exchange, PacketAddresses Packet, PayloadType First, byte[] Payloads, bool Lost);
