using MobikeX.Protocol.Ikev2;

namespace MobikeX.Cli.Notation;

/// <summary>Puts notifies into a chain of payloads.</summary>
internal static class NotifyChain
{
    /// <summary>The chain: each payload names the type of the next, the last names none. No SPI, Protocol ID 0.</summary>
    internal static byte[] Write(IReadOnlyList<WrittenNotify> notifies)
    {
        using var chain = new MemoryStream();
        for (int i = 0; i < notifies.Count; i++)
        {
            PayloadType next = i + 1 < notifies.Count ? PayloadType.Notify : PayloadType.NoNextPayload;
            chain.Write(Write(notifies[i], next));
        }

        return chain.ToArray();
    }

    private static byte[] Write(WrittenNotify notify, PayloadType next)
    {
        if (notify.Whole is { } whole)
        {
            byte[] linked = [.. whole];
            linked[0] = (byte)next;
            return linked;
        }

        var payload = new NotifyPayload(next, ProtocolId.None, notify.Type, spi: default, notify.Data, notify.Critical);
        byte[] octets = new byte[payload.WireLength];
        if (!payload.TryWrite(octets, out _, out Runtime.WireFailure failure))
        {
            throw new InvalidOperationException(failure.ToString());
        }

        return octets;
    }
}
