using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Engine.Tests.Simulator;

/// <summary>A notify of a message, for a test to look at.</summary>
internal sealed record SentNotify(NotifyType Type, string Data, bool Critical)
{
    public static IReadOnlyList<SentNotify> Read(PayloadType first, ReadOnlySpan<byte> payloads)
    {
        List<SentNotify> notifies = [];
        PayloadChainReader reader = new(first, payloads);
        while (reader.TryRead(out PayloadView payload))
        {
            Assert.True(payload.TryReadNotify(out NotifyPayload notify, out _));
            notifies.Add(new SentNotify(notify.NotifyMessageType, Convert.ToHexStringLower(notify.Data), notify.Critical));
        }

        Assert.Equal(WireFailureKind.None, reader.Failure.Kind);
        return notifies;
    }

    public override string ToString() => $"{Type}({Data})";
}
