using MobikeX.Cli.Scenarios;
using MobikeX.Engine;
using MobikeX.Ike;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Cli.Demo;

/// <summary>A message of the demo as its sender knows it, and as the network does.</summary>
/// <param name="Time">When it was sent.</param>
/// <param name="Sender">Who sent it.</param>
/// <param name="IsResponse">Which half of the exchange it is.</param>
/// <param name="MessageId">The Message ID.</param>
/// <param name="Exchange">The exchange.</param>
/// <param name="Packet">Where from and where to.</param>
/// <param name="Payloads">What it says: before it was sealed.</param>
internal sealed record DemoMessage(
    TimeSpan Time, PeerRole Sender, bool IsResponse, uint MessageId, ExchangeType Exchange, PacketAddresses Packet, MessagePayloads Payloads)
{
    private readonly List<DemoWire> _wire = [];

    /// <summary>The UDP payloads that carry it: several where it was cut into fragments, or sent again.</summary>
    public IReadOnlyList<DemoWire> Wire => _wire;

    /// <summary>True where the network sees nothing of what it says.</summary>
    public bool IsSealed => _wire.Count > 0 && _wire.TrueForAll(each => each.IsSealed);

    public int Octets => _wire.Sum(each => each.Datagram.Length);

    /// <summary>Takes a datagram with this message, or a part of it; false where it carries another.</summary>
    public bool TryTake(byte[] message, byte[] datagram)
    {
        if (!IkeHeader.TryRead(message, out IkeHeader header, out _, out _)
            || header.ExchangeType != Exchange || header.MessageId != MessageId || header.Response != IsResponse)
        {
            return false;
        }

        _wire.Add(new DemoWire(datagram, header.NextPayload is PayloadType.Encrypted or PayloadType.EncryptedFragment));
        return true;
    }
}

/// <summary>What the network carries.</summary>
/// <param name="Datagram">The UDP payload.</param>
/// <param name="IsSealed">True where all of the message behind its header is encrypted.</param>
internal sealed record DemoWire(byte[] Datagram, bool IsSealed);
