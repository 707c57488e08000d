using MobikeX.Cli.Captures;
using MobikeX.Ike;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Cli.Decoding;

/// <summary>Finds the IKE messages of a capture, and in each the payloads that are in clear.</summary>
internal sealed class CaptureDecoder(ProtocolReading reading, List<Problem> problems)
{
    internal List<DecodedMessage> Decode(byte[] file)
    {
        var messages = new List<DecodedMessage>();
        foreach (CapturedPacket packet in CaptureFile.Read(file, problems))
        {
            if (PacketReader.Read(file, packet, problems) is { } datagram && Decode(file, datagram) is { } message)
            {
                messages.Add(message);
            }
        }

        return messages;
    }

    private DecodedMessage? Decode(byte[] file, UdpDatagram datagram)
    {
        int offset = datagram.Offset;
        int end = datagram.Offset + datagram.Length;
        if (IsOn(datagram, Constants.NatTraversalPort))
        {
            // ESP shares this port, and so do keepalives of one octet: IKE is what begins with the marker (RFC 7296, section 2.23).
            ReadOnlySpan<byte> marker = file.AsSpan(offset, Math.Min(datagram.Length, (int)Constants.NonEspMarker));
            if (marker.Length < Constants.NonEspMarker || marker.ContainsAnyExcept((byte)0))
            {
                return null;
            }

            offset += (int)Constants.NonEspMarker;
        }
        else if (!IsOn(datagram, Constants.IkePort))
        {
            return null;
        }

        return DecodeMessage(file.AsSpan(0, end), offset, datagram);
    }

    private DecodedMessage? DecodeMessage(ReadOnlySpan<byte> input, int offset, UdpDatagram datagram)
    {
        string path = $"packet {datagram.Packet}";
        if (!IkeHeader.TryRead(input[offset..], out IkeHeader header, out int consumed, out WireFailure failure))
        {
            problems.Add(Problem.From(failure.At(offset).In(path, 0)));
            return null;
        }

        if (header.MajorVersion != Constants.MajorVersion)
        {
            problems.Add(new Problem(offset, path, $"a message of IKE version {header.MajorVersion}, which is not read here"));
            return null;
        }

        int there = input.Length - offset;
        if (header.Length != there)
        {
            problems.Add(new Problem(offset, path, $"the IKE header says {header.Length} octets, the datagram has {there}"));
        }

        int length = (int)Math.Min(header.Length, (uint)there);
        List<DecodedPayload> payloads = new ChainDecoder(reading, problems).Decode(input[..(offset + length)], offset + consumed, header.NextPayload);
        return new DecodedMessage(
            datagram.Packet,
            offset,
            datagram.Source,
            datagram.Destination,
            IkeNames.Of(header.ExchangeType),
            header.Response,
            header.MessageId,
            header.InitiatorSpi,
            header.ResponderSpi,
            payloads);
    }

    private static bool IsOn(UdpDatagram datagram, long port) => datagram.Source.Port == port || datagram.Destination.Port == port;
}
