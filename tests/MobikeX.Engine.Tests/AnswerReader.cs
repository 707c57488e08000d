using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Engine.Tests;

internal static class AnswerReader
{
    /// <summary>The notifies of a response: each by its name, followed by the ID that it carries.</summary>
    public static IReadOnlyList<string> Read(in Transmit response)
    {
        List<string> answers = [];
        PayloadChainReader reader = new(response.First, response.Payloads.Span);
        while (reader.TryRead(out PayloadView payload))
        {
            Assert.True(payload.TryReadNotify(out NotifyPayload notify, out _));
            ushort? id = ReadableId.Of(notify.Data);
            answers.Add(Protocol.NotifyDispatcher.NameOf(notify.NotifyMessageType) + (id is null ? string.Empty : $" {id}"));
        }

        Assert.True(reader.Rest.IsEmpty);
        return answers;
    }

    /// <summary>The data of the first notify of a type.</summary>
    public static byte[] DataOf(in Transmit message, NotifyType type)
    {
        PayloadChainReader reader = new(message.First, message.Payloads.Span);
        while (reader.TryRead(out PayloadView payload))
        {
            if (payload.TryReadNotify(out NotifyPayload notify, out _) && notify.NotifyMessageType == type)
            {
                return notify.Data.ToArray();
            }
        }

        throw new InvalidOperationException($"the message has no {Protocol.NotifyDispatcher.NameOf(type)}");
    }
}
