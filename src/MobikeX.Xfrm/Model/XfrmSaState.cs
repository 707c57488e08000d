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
    internal static XfrmSaState? Read(in NetlinkMessage message)
    {
        if (message.Type != XfrmMessage.NewEvent || message.Payload.Length < Unsafe.SizeOf<EventIdLayout>())
        {
            return null;
        }

        ReadOnlySpan<byte> attributes = message.Payload[Unsafe.SizeOf<EventIdLayout>()..];
        if (ReplayState.Read(attributes, window: 0) is not { } replay
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
