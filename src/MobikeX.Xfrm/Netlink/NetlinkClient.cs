using System.Runtime.InteropServices;
using System.Text;

namespace MobikeX.Xfrm.Netlink;

/// <summary>Asks the kernel, one request at a time, and matches what comes back by its sequence number.</summary>
internal sealed class NetlinkClient(INetlinkChannel channel) : IDisposable
{
    private const ushort MessageAttribute = 1;
    private const int MostTimes = 10;

    private uint _sequence = (uint)Environment.TickCount;

    /// <summary>Is given a message that belongs to an answer.</summary>
    public delegate void Taker(in NetlinkMessage message);

    public INetlinkChannel Channel => channel;

    /// <summary>Is given what the kernel tells a multicast group of its own accord, while something is asked.</summary>
    public Taker? Overheard { get; set; }

    /// <summary>Makes a change, and waits for its acknowledgement.</summary>
    /// <param name="request">The request.</param>
    /// <param name="action">What is done, for the error: "delete an SA".</param>
    /// <param name="notified">Is given what the kernel tells a multicast group of this very change.</param>
    public void Change(NetlinkRequest request, string action, Taker? notified = null)
    {
        try
        {
            Send(request, NetlinkFlags.Acknowledge, action);
            TryAwait(action, answered: null, notified);
        }
        finally
        {
            channel.Forget();
        }
    }

    /// <summary>Asks for one thing; again where the answer was lost.</summary>
    public void Get(NetlinkRequest request, string action, Taker answered)
    {
        try
        {
            for (int i = 0; i < MostTimes; i++)
            {
                Send(request, NetlinkFlags.None, action);
                if (TryAwait(action, answered, notified: null))
                {
                    return;
                }
            }
        }
        finally
        {
            channel.Forget();
        }

        throw new NetlinkException(action, Errno.NoBufferSpace, "the answer was lost each time");
    }

    /// <summary>Asks for all there are; again from the start where they changed meanwhile or some were lost.</summary>
    /// <param name="request">The request.</param>
    /// <param name="action">What is done, for the error.</param>
    /// <param name="restarted">Forgets what was taken so far.</param>
    /// <param name="taken">Is given each.</param>
    public void Dump(NetlinkRequest request, string action, Action restarted, Taker taken)
    {
        try
        {
            for (int i = 0; i < MostTimes; i++)
            {
                restarted();
                if (TryDump(request, action, taken))
                {
                    return;
                }
            }
        }
        finally
        {
            channel.Forget();
        }

        throw new NetlinkException(action, Errno.TryAgain, "what was asked for changes faster than it can be read");
    }

    public void Dispose() => channel.Dispose();

    /// <summary>Waits for the acknowledgement of a change, or the answer to a question; false where the answer was lost.</summary>
    private bool TryAwait(string action, Taker? answered, Taker? notified)
    {
        bool lost = false;
        while (true)
        {
            if (!TryReceive(action, ref lost, out NetlinkDatagram datagram))
            {
                if (answered is not null)
                {
                    return false;
                }

                continue;
            }

            foreach (NetlinkMessage message in NetlinkMessage.In(datagram.Octets))
            {
                bool isAnswer = message.Header.Sequence == _sequence && message.Header.Port == channel.Port;
                if (datagram.IsMulticast)
                {
                    (isAnswer ? notified : Overheard)?.Invoke(message);
                }
                else if (!isAnswer)
                {
                    continue;
                }
                else if (message.Type == NetlinkControl.Error)
                {
                    ThrowIfRefused(message, action);
                    return true;
                }
                else if (answered is not null)
                {
                    answered(message);
                    return true;
                }
            }
        }
    }

    private bool TryDump(NetlinkRequest request, string action, Taker taken)
    {
        Send(request, NetlinkFlags.Dump, action);
        bool whole = true;
        bool lost = false;
        while (true)
        {
            if (!TryReceive(action, ref lost, out NetlinkDatagram datagram))
            {
                whole = false;
                continue;
            }

            foreach (NetlinkMessage message in NetlinkMessage.In(datagram.Octets))
            {
                if (datagram.IsMulticast || message.Header.Sequence != _sequence || message.Header.Port != channel.Port)
                {
                    continue;
                }

                whole &= !message.Header.Flags.HasFlag(NetlinkFlags.DumpInterrupted);
                switch (message.Type)
                {
                    case NetlinkControl.Error or NetlinkControl.Done:
                        ThrowIfRefused(message, action);
                        return whole;
                    default:
                        taken(message);
                        break;
                }
            }
        }
    }

    private void Send(NetlinkRequest request, NetlinkFlags flags, string action)
    {
        request.Header.Flags |= flags;
        request.Header.Sequence = ++_sequence;
        request.Header.Port = channel.Port;
        try
        {
            channel.Send(request.Octets);
        }
        catch (NetlinkException fault)
        {
            throw new NetlinkException(action, fault.Error, fault.KernelText);
        }
    }

    /// <summary>False where something was lost: there is more room now, and the answer may still come.</summary>
    private bool TryReceive(string action, ref bool lost, out NetlinkDatagram datagram)
    {
        try
        {
            datagram = channel.Receive();
            return true;
        }
        catch (NetlinkException fault) when (fault.Error == Errno.NoBufferSpace && !lost)
        {
            lost = true;
            channel.EnlargeReceiveBuffer();
            datagram = default;
            return false;
        }
        catch (NetlinkException fault)
        {
            string? text = fault.Error == Errno.TryAgain ? "the kernel did not answer" : fault.KernelText;
            throw new NetlinkException(action, lost ? Errno.NoBufferSpace : fault.Error, text);
        }
    }

    private static void ThrowIfRefused(in NetlinkMessage message, string action)
    {
        int error = message.Payload.Length >= sizeof(int) ? -MemoryMarshal.Read<int>(message.Payload) : Errno.Invalid;
        if (error != 0)
        {
            throw new NetlinkException(action, error, ExtendedText(message));
        }
    }

    /// <summary>The text of an extended acknowledgement, which stands behind the error and what is repeated of the request.</summary>
    private static string? ExtendedText(in NetlinkMessage message)
    {
        if (!message.Header.Flags.HasFlag(NetlinkFlags.ExtendedAcknowledge))
        {
            return null;
        }

        int skipped = sizeof(int);
        if (message.Type == NetlinkControl.Error)
        {
            if (message.Payload.Length < sizeof(int) + NetlinkHeader.Size)
            {
                return null;
            }

            uint repeated = MemoryMarshal.Read<NetlinkHeader>(message.Payload[sizeof(int)..]).Length;
            bool capped = message.Header.Flags.HasFlag(NetlinkFlags.Capped);
            skipped += capped ? NetlinkHeader.Size : (int)Math.Min((uint)NetlinkAlignment.Align((int)Math.Min(repeated, int.MaxValue - 3)), (uint)message.Payload.Length);
        }

        if (skipped >= message.Payload.Length || !NetlinkAttribute.TryFind(message.Payload[skipped..], MessageAttribute, out ReadOnlySpan<byte> text))
        {
            return null;
        }

        int end = text.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? text : text[..end]);
    }
}
