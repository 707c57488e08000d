using System.Runtime.InteropServices;

namespace MobikeX.Xfrm.Netlink;

/// <summary>One attribute of a message: its type, and its octets.</summary>
internal readonly ref struct NetlinkAttribute
{
    public const int HeaderSize = 4;

    private const ushort TypeMask = 0x3fff;

    private NetlinkAttribute(ushort type, ReadOnlySpan<byte> value)
    {
        Type = type;
        Value = value;
    }

    public ushort Type { get; }

    public ReadOnlySpan<byte> Value { get; }

    /// <summary>Walks the attributes; ends at the first that cannot be one.</summary>
    public static Walk In(ReadOnlySpan<byte> attributes) => new(attributes);

    /// <summary>Finds the first attribute of a type.</summary>
    public static bool TryFind(ReadOnlySpan<byte> attributes, ushort type, out ReadOnlySpan<byte> value)
    {
        foreach (NetlinkAttribute attribute in In(attributes))
        {
            if (attribute.Type == type)
            {
                value = attribute.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>Finds a 32-bit number in host order.</summary>
    public static bool TryFindNumber(ReadOnlySpan<byte> attributes, ushort type, out uint value)
    {
        bool found = TryFind(attributes, type, out ReadOnlySpan<byte> octets) && octets.Length >= sizeof(uint);
        value = found ? MemoryMarshal.Read<uint>(octets) : 0;
        return found;
    }

    internal ref struct Walk
    {
        private ReadOnlySpan<byte> _rest;

        public Walk(ReadOnlySpan<byte> attributes)
        {
            _rest = attributes;
            Current = default;
        }

        public NetlinkAttribute Current { get; private set; }

        public readonly Walk GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_rest.Length < HeaderSize)
            {
                return false;
            }

            int length = MemoryMarshal.Read<ushort>(_rest);
            if (length < HeaderSize || length > _rest.Length)
            {
                return false;
            }

            ushort type = (ushort)(MemoryMarshal.Read<ushort>(_rest[sizeof(ushort)..]) & TypeMask);
            Current = new NetlinkAttribute(type, _rest[HeaderSize..length]);
            _rest = _rest[Math.Min(NetlinkAlignment.Align(length), _rest.Length)..];
            return true;
        }
    }
}
