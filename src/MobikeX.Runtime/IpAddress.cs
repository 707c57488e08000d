using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace MobikeX.Runtime;

/// <summary>An IPv4 or IPv6 address as a value: unlike <see cref="IPAddress"/> it is read from a message without an allocation.</summary>
public readonly struct IpAddress : IEquatable<IpAddress>, IComparable<IpAddress>
{
    private readonly ulong _high;
    private readonly ulong _low;
    private readonly byte _length;

    private IpAddress(ulong high, ulong low, byte length)
    {
        _high = high;
        _low = low;
        _length = length;
    }

    /// <summary>Octets of an IPv4 address.</summary>
    public const int IPv4Length = 4;

    /// <summary>Octets of an IPv6 address.</summary>
    public const int IPv6Length = 16;

    /// <summary>True for the default value, which is no address.</summary>
    public bool IsNone => _length == 0;

    /// <summary>True for an IPv4 address.</summary>
    public bool IsIPv4 => _length == IPv4Length;

    /// <summary>True for an IPv6 address.</summary>
    public bool IsIPv6 => _length == IPv6Length;

    /// <summary>Octets of the address: 4, 16, or 0 for no address.</summary>
    public int Length => _length;

    /// <summary>Reads an address of 4 or 16 octets in network byte order.</summary>
    /// <returns>False where <paramref name="source"/> has another length.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> source, out IpAddress value)
    {
        switch (source.Length)
        {
            case IPv4Length:
                value = new IpAddress(0, BinaryPrimitives.ReadUInt32BigEndian(source), IPv4Length);
                return true;
            case IPv6Length:
                value = new IpAddress(BinaryPrimitives.ReadUInt64BigEndian(source), BinaryPrimitives.ReadUInt64BigEndian(source.Slice(8)), IPv6Length);
                return true;
            default:
                value = default;
                return false;
        }
    }

    /// <summary>Writes the address in network byte order.</summary>
    /// <returns>False where <paramref name="destination"/> is shorter than <see cref="Length"/> or this is no address.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryWrite(Span<byte> destination)
    {
        if (IsIPv4)
        {
            return BinaryPrimitives.TryWriteUInt32BigEndian(destination, (uint)_low);
        }

        if (IsNone || destination.Length < IPv6Length)
        {
            return false;
        }

        BinaryPrimitives.WriteUInt64BigEndian(destination, _high);
        BinaryPrimitives.WriteUInt64BigEndian(destination.Slice(8), _low);
        return true;
    }

    /// <summary>Converts from the framework's type; a scope is dropped, since no message carries one.</summary>
    public static IpAddress From(IPAddress address)
    {
        byte[] octets = (address ?? throw new ArgumentNullException(nameof(address))).GetAddressBytes();
        return TryRead(octets, out IpAddress value) ? value : throw new ArgumentException("neither IPv4 nor IPv6", nameof(address));
    }

    /// <summary>Reads the usual text form: four parts in decimal without leading zeros, or RFC 4291.</summary>
    public static bool TryParse(string? text, out IpAddress value)
    {
        value = default;
        if (text is null || !IPAddress.TryParse(text, out IPAddress? address))
        {
            return false;
        }

        // The framework takes parts in octal and hexadecimal too, and fewer than four: 010.0.0.1 would be 8.0.0.1.
        bool isUsual = address.AddressFamily == AddressFamily.InterNetwork ? address.ToString() == text : text.IndexOfAny(['%', '[']) < 0;
        if (!isUsual)
        {
            return false;
        }

        value = From(address);
        return true;
    }

    /// <summary>Reads the usual text form.</summary>
    /// <exception cref="FormatException">The text is no address.</exception>
    public static IpAddress Parse(string text) =>
        TryParse(text, out IpAddress value) ? value : throw new FormatException($"'{text}' is no IP address");

    /// <summary>Converts to the framework's type.</summary>
    /// <exception cref="InvalidOperationException">This is no address.</exception>
    public IPAddress ToIPAddress()
    {
        byte[] octets = new byte[_length];
        return TryWrite(octets) ? new IPAddress(octets) : throw new InvalidOperationException("no address");
    }

    /// <summary>True where the first <paramref name="length"/> bits equal those of <paramref name="prefix"/> and the family is the same.</summary>
    public bool IsIn(IpAddress prefix, int length)
    {
        if (_length != prefix._length || _length == 0 || length < 0 || length > _length * 8)
        {
            return false;
        }

        int fromTop = IsIPv4 ? 96 + length : length;
        ulong highMask = fromTop >= 64 ? ulong.MaxValue : fromTop == 0 ? 0 : ulong.MaxValue << (64 - fromTop);
        ulong lowMask = fromTop <= 64 ? 0 : fromTop == 128 ? ulong.MaxValue : ulong.MaxValue << (128 - fromTop);
        return ((_high ^ prefix._high) & highMask) == 0 && ((_low ^ prefix._low) & lowMask) == 0;
    }

    /// <inheritdoc/>
    public bool Equals(IpAddress other) => _high == other._high && _low == other._low && _length == other._length;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IpAddress other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((_high.GetHashCode() * 397) ^ _low.GetHashCode() ^ _length);

    /// <inheritdoc/>
    public int CompareTo(IpAddress other) =>
        _length != other._length ? _length.CompareTo(other._length)
        : _high != other._high ? _high.CompareTo(other._high)
        : _low.CompareTo(other._low);

    /// <inheritdoc/>
    public override string ToString() => IsNone ? "none" : ToIPAddress().ToString();

    /// <summary>Compares two addresses.</summary>
    public static bool operator ==(IpAddress left, IpAddress right) => left.Equals(right);

    /// <summary>Compares two addresses.</summary>
    public static bool operator !=(IpAddress left, IpAddress right) => !left.Equals(right);
}
