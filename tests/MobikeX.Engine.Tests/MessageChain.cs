using System.Buffers.Binary;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Engine.Tests;

/// <summary>Puts a chain of Notify payloads together by hand, octet by octet, so that a test can say what no writer would.</summary>
internal static class MessageChain
{
    private const byte Notify = 41;
    private const int HeaderLength = 8;

    /// <summary>Notifies of the given numbers, each with its Notification Data in hexadecimal.</summary>
    public static byte[] Of(params (int Type, string Data)[] notifies)
    {
        List<byte> chain = [];
        for (int i = 0; i < notifies.Length; i++)
        {
            byte[] data = Convert.FromHexString(notifies[i].Data.Replace(" ", string.Empty, StringComparison.Ordinal));
            byte[] payload = new byte[HeaderLength + data.Length];
            payload[0] = i + 1 < notifies.Length ? Notify : (byte)0;
            BinaryPrimitives.WriteUInt16BigEndian(payload.AsSpan(2), (ushort)payload.Length);
            BinaryPrimitives.WriteUInt16BigEndian(payload.AsSpan(6), (ushort)notifies[i].Type);
            data.CopyTo(payload, HeaderLength);
            chain.AddRange(payload);
        }

        return [.. chain];
    }

    /// <summary>The message of such a chain.</summary>
    public static ReceivedMessage Message(ExchangeType exchange, uint token, PacketAddresses packet, params (int Type, string Data)[] notifies) =>
        new(exchange, token, notifies.Length == 0 ? PayloadType.NoNextPayload : PayloadType.Notify, Of(notifies), packet);
}
