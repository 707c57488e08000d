using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace MobikeX.Runtime;

/// <summary>Up to 16 octets as a value, so that a short field such as an SPI is read without an allocation.</summary>
public readonly struct ShortOctets : IEquatable<ShortOctets>
{
    private readonly ulong _high;
    private readonly ulong _low;
    private readonly byte _length;

    /// <summary>The most octets that fit.</summary>
    public const int MaximumLength = 16;

    /// <summary>Copies the octets.</summary>
    /// <exception cref="ArgumentException">More than <see cref="MaximumLength"/>.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ShortOctets(ReadOnlySpan<byte> source)
    {
        _length = (byte)source.Length;
        if (source.Length == 4)
        {
            _high = (ulong)BinaryPrimitives.ReadUInt32BigEndian(source) << 32;
            _low = 0;
        }
        else if (source.Length == 8)
        {
            _high = BinaryPrimitives.ReadUInt64BigEndian(source);
            _low = 0;
        }
        else
        {
            (_high, _low) = ReadPadded(source);
        }
    }

    private ShortOctets(ulong high, byte length)
    {
        _high = high;
        _low = 0;
        _length = length;
    }

    /// <summary>How many octets there are.</summary>
    public int Length => _length;

    /// <summary>The octets of a 32-bit number in network byte order.</summary>
    public static ShortOctets From(uint value) => new((ulong)value << 32, sizeof(uint));

    /// <summary>The octets of a 64-bit number in network byte order.</summary>
    public static ShortOctets From(ulong value) => new(value, sizeof(ulong));

    /// <summary>The octets as one number in network byte order.</summary>
    /// <exception cref="InvalidOperationException">More than eight octets.</exception>
    public ulong ToUInt64() =>
        _length == 0 ? 0
        : _length <= 8 ? _high >> (64 - (_length * 8))
        : throw new InvalidOperationException("more than eight octets");

    /// <summary>Copies the octets; false where <paramref name="destination"/> is too small.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryWrite(Span<byte> destination)
    {
        switch (_length)
        {
            case 4:
                return BinaryPrimitives.TryWriteUInt32BigEndian(destination, (uint)(_high >> 32));
            case 8:
                return BinaryPrimitives.TryWriteUInt64BigEndian(destination, _high);
            default:
                return TryWritePadded(_high, _low, _length, destination);
        }
    }

    /// <inheritdoc/>
    public bool Equals(ShortOctets other) => _high == other._high && _low == other._low && _length == other._length;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ShortOctets other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((_high.GetHashCode() * 397) ^ _low.GetHashCode() ^ _length);

    /// <summary>The octets as lower-case hexadecimal digits.</summary>
    public override string ToString()
    {
        Span<byte> octets = stackalloc byte[MaximumLength];
        TryWrite(octets);
        return Hex.ToText(octets.Slice(0, _length));
    }

    /// <summary>Compares two values.</summary>
    public static bool operator ==(ShortOctets left, ShortOctets right) => left.Equals(right);

    /// <summary>Compares two values.</summary>
    public static bool operator !=(ShortOctets left, ShortOctets right) => !left.Equals(right);

    // The lengths that few fields have stand apart: a method with a buffer on the stack is not inlined.
    private static (ulong High, ulong Low) ReadPadded(ReadOnlySpan<byte> source)
    {
        if (source.Length > MaximumLength)
        {
            throw new ArgumentException("more than 16 octets", nameof(source));
        }

        Span<byte> padded = stackalloc byte[MaximumLength];
        padded.Clear();
        source.CopyTo(padded);
        return (BinaryPrimitives.ReadUInt64BigEndian(padded), BinaryPrimitives.ReadUInt64BigEndian(padded.Slice(8)));
    }

    // Takes the fields and not the value, which can then stay in registers where it is inlined.
    private static bool TryWritePadded(ulong high, ulong low, int length, Span<byte> destination)
    {
        Span<byte> padded = stackalloc byte[MaximumLength];
        BinaryPrimitives.WriteUInt64BigEndian(padded, high);
        BinaryPrimitives.WriteUInt64BigEndian(padded.Slice(8), low);
        return padded.Slice(0, length).TryCopyTo(destination);
    }
}
