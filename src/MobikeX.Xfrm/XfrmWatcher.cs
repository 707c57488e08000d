using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MobikeX.Runtime;
using MobikeX.Xfrm.Layouts;
using MobikeX.Xfrm.Netlink;

namespace MobikeX.Xfrm;

/// <summary>What became of an SA in the kernel.</summary>
public enum XfrmSaEventKind
{
    /// <summary>It was made.</summary>
    Added,

    /// <summary>It was changed in place.</summary>
    Updated,

    /// <summary>It was deleted.</summary>
    Removed,

    /// <summary>It has reached its soft lifetime and is to be replaced.</summary>
    Expiring,

    /// <summary>It has reached its hard lifetime and is gone.</summary>
    Expired,

    /// <summary>All SAs of a protocol were deleted.</summary>
    Flushed,

    /// <summary>Events were lost; only a new list tells what the kernel has.</summary>
    Lost,
}

/// <summary>What became of an SA in the kernel. There are no keys in it.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Key">Which SA; the default where it is none in particular.</param>
/// <param name="Source">The address that its packets come from.</param>
/// <param name="Mode">Transport or tunnel.</param>
/// <param name="RequestId">What ties it to the templates of its policies.</param>
public readonly record struct XfrmSaEvent(XfrmSaEventKind Kind, XfrmSaKey Key, IpAddress Source, XfrmMode Mode, uint RequestId);

/// <summary>Tells of SAs in the kernel as they come and go.</summary>
public sealed class XfrmWatcher : IDisposable
{
    private readonly INetlinkChannel _channel;

    internal XfrmWatcher(INetlinkChannel channel, params ReadOnlySpan<uint> groups)
    {
        _channel = channel;
        foreach (uint group in groups)
        {
            channel.Join(group);
        }
    }

    /// <summary>Watches the network namespace of the calling thread.</summary>
    /// <exception cref="XfrmException">The kernel has no XFRM, or the process may not.</exception>
    public static XfrmWatcher Open() => Open(XfrmGroup.Sa, XfrmGroup.Expire);

    /// <summary>Watches the network namespace of the calling thread for SAs that reach their lifetime alone.</summary>
    /// <exception cref="XfrmException">The kernel has no XFRM, or the process may not.</exception>
    public static XfrmWatcher OpenForExpiries() => Open(XfrmGroup.Expire);

    private static XfrmWatcher Open(params ReadOnlySpan<uint> groups)
    {
        string networkNamespace = NetworkNamespaces.OfThisThread();
        try
        {
            return new XfrmWatcher(NetlinkSocket.Open(XfrmMessage.Family), groups);
        }
        catch (NetlinkException fault)
        {
            throw fault.Error is Errno.NotPermitted ? XfrmFaults.Of(fault, networkNamespace) : XfrmFaults.OfOpening(fault);
        }
    }

    /// <summary>Waits for events; none when the time is over.</summary>
    /// <exception cref="XfrmException">The kernel does not tell any more.</exception>
    public IReadOnlyList<XfrmSaEvent> Wait(TimeSpan timeout)
    {
        List<XfrmSaEvent> events = [];
        try
        {
            if (_channel.Wait(timeout))
            {
                foreach (NetlinkMessage message in NetlinkMessage.In(_channel.Receive().Octets))
                {
                    if (Read(message) is { } told)
                    {
                        events.Add(told);
                    }
                }

                _channel.Forget();
            }
        }
        catch (NetlinkException fault) when (fault.Error == Errno.NoBufferSpace)
        {
            _channel.EnlargeReceiveBuffer();
            events.Add(new XfrmSaEvent(XfrmSaEventKind.Lost, default, default, default, 0));
        }
        catch (NetlinkException fault)
        {
            throw new XfrmException(XfrmProblem.Refused, fault.Message, fault);
        }

        return events;
    }

    /// <inheritdoc/>
    public void Dispose() => _channel.Dispose();

    private static XfrmSaEvent? Read(in NetlinkMessage message)
    {
        switch (message.Type)
        {
            case XfrmMessage.NewSa or XfrmMessage.UpdateSa when XfrmSa.TryRead(message.Payload, out XfrmSa sa):
                return Of(message.Type == XfrmMessage.NewSa ? XfrmSaEventKind.Added : XfrmSaEventKind.Updated, sa);
            case XfrmMessage.DeleteSa when XfrmSa.TryReadDeleted(message.Payload, out XfrmSa deleted):
                return Of(XfrmSaEventKind.Removed, deleted);
            case XfrmMessage.Expire when message.Payload.Length >= Unsafe.SizeOf<ExpireLayout>():
                ExpireLayout expired = MemoryMarshal.Read<ExpireLayout>(message.Payload);
                return XfrmSa.TryRead(message.Payload[..Unsafe.SizeOf<SaInfoLayout>()], out XfrmSa ended)
                    ? Of(expired.Hard != 0 ? XfrmSaEventKind.Expired : XfrmSaEventKind.Expiring, ended)
                    : null;
            case XfrmMessage.FlushSa:
                return new XfrmSaEvent(XfrmSaEventKind.Flushed, default, default, default, 0);
            default:
                return null;
        }
    }

    private static XfrmSaEvent Of(XfrmSaEventKind kind, XfrmSa sa)
    {
        using (sa)
        {
            return new XfrmSaEvent(kind, sa.Key, sa.Source, sa.Mode, sa.RequestId);
        }
    }
}
