using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace MobikeX.Xfrm.Netlink;

/// <summary>A netlink socket of the network namespace that the calling thread was in when it was opened.</summary>
internal sealed class NetlinkSocket : INetlinkChannel
{
    private const int NetlinkLevel = 270;
    private const int AddMembership = 1;
    private const int DropMembership = 2;
    private const int CapAcknowledge = 10;
    private const int ExtendedAcknowledge = 11;

    /// <summary>More than the kernel puts into one datagram, so that one system call reads it; should it ever be too small, it grows.</summary>
    private const int FirstBuffer = 64 * 1024;

    private const int FirstReceiveBuffer = 1024 * 1024;
    private const int LargestReceiveBuffer = 64 * 1024 * 1024;

    /// <summary>The kernel answers before the system call of the request returns, so that this long a silence is a fault.</summary>
    private const int SecondsToAnswer = 10;

    private readonly NetlinkHandle _handle;
    private byte[] _buffer = GC.AllocateArray<byte>(FirstBuffer, pinned: true);
    private int _receiveBuffer = FirstReceiveBuffer;
    private int _received;

    private NetlinkSocket(NetlinkHandle handle) => _handle = handle;

    public uint Port { get; private set; }

    /// <summary>Opens a socket of a netlink family.</summary>
    /// <exception cref="NetlinkException">The kernel has no such family, or does not allow it.</exception>
    public static NetlinkSocket Open(int family)
    {
        NetlinkHandle handle = Libc.Socket(Libc.AddressFamilyNetlink, Libc.SocketRaw | Libc.CloseOnExec, family);
        var socket = new NetlinkSocket(handle);
        try
        {
            Check(handle.IsInvalid ? -1 : 0, "open a netlink socket");
            socket.Configure();
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Send(ReadOnlySpan<byte> datagram)
    {
        var kernel = new NetlinkAddress { Family = Libc.AddressFamilyNetlink };
        nint sent;
        do
        {
            sent = Libc.SendTo(_handle, datagram, datagram.Length, 0, ref kernel, Unsafe.SizeOf<NetlinkAddress>());
        }
        while (sent < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted);
        Check(sent, "send to the kernel");
    }

    public NetlinkDatagram Receive()
    {
        while (true)
        {
            Forget();
            int length = ReceiveInto(_buffer, Libc.MessageTruncated, out NetlinkAddress sender);
            _received = Math.Min(length, _buffer.Length);
            if (length > _buffer.Length)
            {
                Forget();
                _buffer = GC.AllocateArray<byte>(NetlinkAlignment.Align(length * 2), pinned: true);
                throw new NetlinkException("receive from the kernel", Errno.NoBufferSpace, "a datagram was longer than the buffer for it");
            }

            // Any process may send to a netlink socket; the kernel is port 0.
            if (sender.Port == 0)
            {
                return new NetlinkDatagram(_buffer.AsSpan(0, _received), sender.Groups != 0);
            }
        }
    }

    public void Forget()
    {
        CryptographicOperations.ZeroMemory(_buffer.AsSpan(0, _received));
        _received = 0;
    }

    public bool Wait(TimeSpan timeout)
    {
        var descriptor = new Libc.PollDescriptor { Descriptor = (int)_handle.DangerousGetHandle(), Events = Libc.PollIn };
        int milliseconds = timeout == Timeout.InfiniteTimeSpan ? -1 : (int)Math.Min(timeout.TotalMilliseconds, int.MaxValue);
        int ready = Libc.Poll(ref descriptor, 1, milliseconds);
        if (ready < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted)
        {
            return false;
        }

        Check(ready, "wait for the kernel");
        return ready > 0;
    }

    public void Join(uint group) => SetOption(NetlinkLevel, AddMembership, (int)group, "join a multicast group");

    public void Leave(uint group) => SetOption(NetlinkLevel, DropMembership, (int)group, "leave a multicast group");

    public void EnlargeReceiveBuffer()
    {
        _receiveBuffer = Math.Min(_receiveBuffer * 2, LargestReceiveBuffer);
        SetReceiveBuffer();
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_buffer);
        _handle.Dispose();
    }

    private void Configure()
    {
        var own = new NetlinkAddress { Family = Libc.AddressFamilyNetlink };
        int length = Unsafe.SizeOf<NetlinkAddress>();
        Check(Libc.Bind(_handle, ref own, length), "bind a netlink socket");
        Check(Libc.GetSocketName(_handle, ref own, ref length), "ask for the port of a netlink socket");
        Port = own.Port;
        SetOption(NetlinkLevel, CapAcknowledge, 1, "ask for short acknowledgements");
        SetOption(NetlinkLevel, ExtendedAcknowledge, 1, "ask for extended acknowledgements");
        SetReceiveBuffer();
        Span<long> timeout = [SecondsToAnswer, 0];
        ReadOnlySpan<byte> octets = MemoryMarshal.AsBytes(timeout);
        Check(Libc.SetOption(_handle, Libc.SocketLevel, Libc.ReceiveTimeout, octets, octets.Length), "set a timeout");
    }

    private void SetReceiveBuffer()
    {
        // Beyond the system's limit where the process may, else up to it.
        int size = _receiveBuffer;
        ReadOnlySpan<byte> octets = MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in size));
        if (Libc.SetOption(_handle, Libc.SocketLevel, Libc.ReceiveBufferForce, octets, octets.Length) != 0)
        {
            SetOption(Libc.SocketLevel, Libc.ReceiveBuffer, size, "enlarge the receive buffer");
        }
    }

    private void SetOption(int level, int name, int value, string action)
    {
        ReadOnlySpan<byte> octets = MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in value));
        Check(Libc.SetOption(_handle, level, name, octets, octets.Length), action);
    }

    private int ReceiveInto(Span<byte> buffer, int flags, out NetlinkAddress sender)
    {
        sender = default;
        nint received;
        do
        {
            int length = Unsafe.SizeOf<NetlinkAddress>();
            received = Libc.ReceiveFrom(_handle, buffer, buffer.Length, flags, ref sender, ref length);
        }
        while (received < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted);
        Check(received, "receive from the kernel");
        return (int)received;
    }

    private static void Check(nint result, string action)
    {
        if (result < 0)
        {
            throw new NetlinkException(action, Marshal.GetLastPInvokeError(), kernelText: null);
        }
    }
}
