using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MobikeX.Xfrm.Layouts;
using MobikeX.Xfrm.Netlink;

namespace MobikeX.Xfrm;

/// <summary>What traffic made of an SA so far.</summary>
/// <param name="Replay">Its counters. The kernel tells no window with the old form, so that is 0 there.</param>
/// <param name="Lifetime">What was used of its lifetime.</param>
/// <param name="ReplayThreshold">After how many packets the kernel tells of the counters; null where it does not say.</param>
/// <param name="TimerThreshold">After how many tenths of a second it does; null where it does not say.</param>
public sealed record XfrmSaState(ReplayState Replay, XfrmLifetime Lifetime, uint? ReplayThreshold, uint? TimerThreshold)
{
    /// <summary>The SA that a message which <see cref="Read"/> takes is about.</summary>
    internal static XfrmSaKey KeyOf(in NetlinkMessage message)
    {
        SaIdLayout id = MemoryMarshal.Read<EventIdLayout>(message.Payload).Id;
        return new XfrmSaKey(id.Destination.Read(id.Family), id.Spi, (XfrmProtocol)id.Protocol, XfrmMark.Read(message.Payload[Unsafe.SizeOf<EventIdLayout>()..]));
    }

    internal static XfrmSaState? Read(in NetlinkMessage message, byte window = 0)
    {
        if (message.Type != XfrmMessage.NewEvent || message.Payload.Length < Unsafe.SizeOf<EventIdLayout>())
        {
            return null;
        }

        ReadOnlySpan<byte> attributes = message.Payload[Unsafe.SizeOf<EventIdLayout>()..];
        if (ReplayState.Read(attributes, window) is not { } replay
            || !NetlinkAttribute.TryFind(attributes, XfrmAttribute.Lifetime, out ReadOnlySpan<byte> used)
            || used.Length < Unsafe.SizeOf<LifetimeLayout>())
        {
            return null;
        }

        LifetimeLayout lifetime = MemoryMarshal.Read<LifetimeLayout>(used);
        return new XfrmSaState(
            replay,
            new XfrmLifetime(lifetime.Octets, lifetime.Packets, lifetime.AddTime, lifetime.UseTime),
            NetlinkAttribute.TryFindNumber(attributes, XfrmAttribute.ReplayThreshold, out uint packets) ? packets : null,
            NetlinkAttribute.TryFindNumber(attributes, XfrmAttribute.TimerThreshold, out uint tenths) ? tenths : null);
    }
}
