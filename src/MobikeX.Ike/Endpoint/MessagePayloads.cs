using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>The payloads of a message of IKE: before they were sealed, or after they were opened.</summary>
/// <param name="First">The type of the first one.</param>
/// <param name="Chain">All of them, as they stand in the message.</param>
public readonly record struct MessagePayloads(PayloadType First, ReadOnlyMemory<byte> Chain)
{
    /// <summary>More than any message has that is meant.</summary>
    private const int MostShown = 64;

    /// <summary>The version of MOBIKE that both ends had agreed on; null before that. The same number may be another notify.</summary>
    public MobikeVersion? Version { get; init; }

    /// <summary>The names of what they say, in order: of payloads, and of notifies their own. They are found out whenever they are asked for.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            List<string> names = [];
            var reader = new PayloadChainReader(First, Chain.Span);
            while (reader.TryRead(out PayloadView payload))
            {
                names.Add(payload.Type == PayloadType.Notify && payload.TryReadNotify(out NotifyPayload notify, out _)
                    ? $"N({IkeNames.Of(notify.NotifyMessageType, Version)})"
                    : payload.Type.Name() ?? $"{(byte)payload.Type}");
            }

            return names;
        }
    }

    /// <summary>The names in a line; of very many the first, and how many there are besides: anybody can send a message full of them.</summary>
    public override string ToString()
    {
        IReadOnlyList<string> names = Names;
        return names.Count <= MostShown ? string.Join(", ", names) : $"{string.Join(", ", names.Take(MostShown))} and {names.Count - MostShown} more";
    }
}
