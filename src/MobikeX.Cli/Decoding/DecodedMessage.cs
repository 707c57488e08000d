using System.Net;

namespace MobikeX.Cli.Decoding;

/// <summary>An IKE message found in a capture.</summary>
/// <param name="Packet">The packet's number in the capture.</param>
/// <param name="Offset">Where its header begins in the file.</param>
/// <param name="Exchange">The exchange's name, or its number where IKEv2 does not name it.</param>
internal sealed record DecodedMessage(
    int Packet,
    int Offset,
    IPEndPoint Source,
    IPEndPoint Destination,
    string Exchange,
    bool Response,
    uint MessageId,
    ulong InitiatorSpi,
    ulong ResponderSpi,
    List<DecodedPayload> Payloads);
