using System.Runtime.InteropServices;

namespace MobikeX.Xfrm.Netlink;

/// <summary>One message of a datagram: its header, and what follows it.</summary>
internal readonly ref struct NetlinkMessage
{
    public NetlinkMessage(NetlinkHeader header, ReadOnlySpan<byte> payload)
    {
        Header = header;
        Payload = payload;
    }

    public NetlinkHeader Header { get; }

    public ReadOnlySpan<byte> Payload { get; }

    public ushort Type => Header.Type;

    /// <summary>Walks the messages of a datagram; ends at the first that cannot be one.</summary>
    public static Walk In(ReadOnlySpan<byte> datagram) => new(datagram);

    internal ref struct Walk
    {
        private ReadOnlySpan<byte> _rest;

        public Walk(ReadOnlySpan<byte> datagram)
        {
            _rest = datagram;
            Current = default;
        }

        public NetlinkMessage Current { get; private set; }

        public readonly Walk GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_rest.Length < NetlinkHeader.Size)
            {
                return false;
            }

            NetlinkHeader header = MemoryMarshal.Read<NetlinkHeader>(_rest);
            if (header.Length < NetlinkHeader.Size || header.Length > (uint)_rest.Length)
            {
                return false;
            }

            int length = (int)header.Length;
            Current = new NetlinkMessage(header, _rest[NetlinkHeader.Size..length]);
            _rest = _rest[Math.Min(NetlinkAlignment.Align(length), _rest.Length)..];
            return true;
        }
    }
}
