using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace MobikeX.Xfrm.Netlink;

/// <summary>A request that is being written. It may hold keys, so its octets are zeroed when it is disposed of or outgrows its buffer.</summary>
internal sealed class NetlinkRequest : IDisposable
{
    private const int FirstCapacity = 1024;

    private byte[] _octets = GC.AllocateArray<byte>(FirstCapacity, pinned: true);

    public NetlinkRequest(ushort type, NetlinkFlags flags)
    {
        Length = NetlinkHeader.Size;
        Header.Type = type;
        Header.Flags = NetlinkFlags.Request | flags;
    }

    public ref NetlinkHeader Header => ref Unsafe.As<byte, NetlinkHeader>(ref _octets[0]);

    public int Length { get; private set; }

    /// <summary>The whole message; numbered by who sends it.</summary>
    public ReadOnlySpan<byte> Octets
    {
        get
        {
            Header.Length = (uint)Length;
            return _octets.AsSpan(0, Length);
        }
    }

    /// <summary>Appends a structure.</summary>
    public NetlinkRequest Write<T>(in T structure)
        where T : unmanaged
    {
        MemoryMarshal.Write(Reserve(Unsafe.SizeOf<T>()), structure);
        return this;
    }

    /// <summary>Appends octets that are a structure, or attributes with their headers.</summary>
    public NetlinkRequest WriteOctets(ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(Reserve(octets.Length));
        return this;
    }

    /// <summary>Appends an attribute.</summary>
    public NetlinkRequest WriteAttribute(ushort type, ReadOnlySpan<byte> value)
    {
        int length = NetlinkAttribute.HeaderSize + value.Length;
        Span<byte> attribute = Reserve(length);
        MemoryMarshal.Write(attribute, (ushort)length);
        MemoryMarshal.Write(attribute[sizeof(ushort)..], type);
        value.CopyTo(attribute[NetlinkAttribute.HeaderSize..]);
        return this;
    }

    /// <summary>Appends an attribute that is one structure or number.</summary>
    public NetlinkRequest WriteAttribute<T>(ushort type, in T value)
        where T : unmanaged =>
        WriteAttribute(type, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));

    /// <summary>Appends attributes as they stand, but for those of some types.</summary>
    public void WriteAttributes(ReadOnlySpan<byte> attributes, params ReadOnlySpan<ushort> leftOut)
    {
        foreach (NetlinkAttribute attribute in NetlinkAttribute.In(attributes))
        {
            if (!leftOut.Contains(attribute.Type))
            {
                WriteAttribute(attribute.Type, attribute.Value);
            }
        }
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_octets);

    private Span<byte> Reserve(int length)
    {
        int padded = NetlinkAlignment.Align(length);
        if (Length + padded > _octets.Length)
        {
            byte[] larger = GC.AllocateArray<byte>(Math.Max(_octets.Length * 2, Length + padded), pinned: true);
            _octets.AsSpan(0, Length).CopyTo(larger);
            CryptographicOperations.ZeroMemory(_octets);
            _octets = larger;
        }

        Span<byte> reserved = _octets.AsSpan(Length, length);
        Length += padded;
        return reserved;
    }
}
