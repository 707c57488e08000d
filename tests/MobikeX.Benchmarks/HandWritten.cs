using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace MobikeX.Benchmarks;

/// <summary>
/// The rival of the generated code: what a careful developer writes over spans for one request,
/// SELECTOR, UPDATE_SA_ADDRESSES(old, new, ID), END_OF_SELECTOR. It does the same job: it takes every parameter that the protocol allows in
/// these notifies, checks what the protocol demands, gives typed values, and says where and why it refuses. Writing takes the same values,
/// with what may be left out, and refuses what may not be sent.
/// </summary>
/// <remarks>A SELECTOR selects by any number of parameters. So it is not enough to keep one: all are checked, and then taken one by one.</remarks>
internal static class HandWritten
{
    private const byte NotifyPayloadType = 41;
    private const ushort Selector = 40961;
    private const ushort EndOfSelector = 40962;
    private const ushort Update = 16400;
    private const byte SpiType = 2;
    private const byte IpType = 3;
    private const byte ModeType = 4;
    private const byte ProtoType = 5;
    private const byte ValueType = 6;
    private const byte IdType = 7;
    private const byte Check = 0x10;
    private const byte OldFlag = 8;
    private const byte NewFlag = 4;
    private const byte Header = 2;
    private const byte Inner = 1;

    /// <summary>Where and why a request is refused.</summary>
    internal readonly record struct Failure(int Offset, string? Reason);

    internal struct Information
    {
        internal byte Preference;
        internal byte Class;
        internal byte Reachability;
        internal uint StartTime;
        internal uint LifeTime;
    }

    internal struct Ip
    {
        internal byte Flags;
        internal bool HasInformation;
        internal byte Length;
        internal Information Information;
        internal ulong High;
        internal ulong Low;
    }

    internal struct UpdateRequest
    {
        internal Ip Old;
        internal Ip New;
        internal ushort Id;
        internal bool HasOld;
        internal bool HasNew;
        internal bool HasId;
    }

    /// <summary>What was read: of the SELECTOR all parameters where they stand, to be walked with <see cref="TryTake"/>.</summary>
    internal ref struct Request
    {
        internal ReadOnlySpan<byte> Selector;
        internal bool HasSelectorId;
        internal ushort SelectorId;
        internal UpdateRequest Update;
        internal int Ends;
    }

    internal static bool TryRead(ReadOnlySpan<byte> chain, out Request request, out Failure failure)
    {
        request = default;
        int offset = 0;
        byte next = NotifyPayloadType;
        while (next == NotifyPayloadType)
        {
            ReadOnlySpan<byte> payload = chain.Slice(offset);
            if (payload.Length < 8)
            {
                return Fail(chain.Length, "the input ends here", out failure);
            }

            int length = BinaryPrimitives.ReadUInt16BigEndian(payload.Slice(2));
            if (length < 8 || length > payload.Length)
            {
                return Fail(offset + 2, "the length is wrong", out failure);
            }

            if (payload[5] != 0)
            {
                return Fail(offset + 5, "has an SPI, and takes none", out failure);
            }

            ReadOnlySpan<byte> data = payload.Slice(8, length - 8);
            switch (BinaryPrimitives.ReadUInt16BigEndian(payload.Slice(6)))
            {
                case Selector:
                    if (!TryReadSelector(data, ref request, out failure))
                    {
                        return FailAt(offset + 8, ref failure);
                    }

                    break;
                case Update:
                    if (!TryReadUpdate(data, ref request.Update, out failure))
                    {
                        return FailAt(offset + 8, ref failure);
                    }

                    break;
                case EndOfSelector:
                    if (data.Length != 0)
                    {
                        return Fail(offset + 8, "carries no data", out failure);
                    }

                    request.Ends++;
                    break;
                default:
                    return Fail(offset + 6, "is no notify that is read here", out failure);
            }

            next = payload[0];
            offset += length;
        }

        if (next != 0 || offset != chain.Length)
        {
            return Fail(offset, "is no Notify payload", out failure);
        }

        failure = default;
        return true;
    }

    private static bool TryReadSelector(ReadOnlySpan<byte> data, ref Request request, out Failure failure)
    {
        request.Selector = data;
        request.HasSelectorId = false;
        int selecting = 0;
        int offset = 0;
        while (offset < data.Length)
        {
            ReadOnlySpan<byte> source = data.Slice(offset);
            if (source.Length < 4)
            {
                return Fail(data.Length, "the input ends here", out failure);
            }

            switch (source[0])
            {
                case SpiType:
                    int size = source[1];
                    if (size is not (4 or 8))
                    {
                        return Fail(offset + 1, "is not 4 or 8 octets", out failure);
                    }

                    if (source.Length < 4 + size)
                    {
                        return Fail(data.Length, "the input ends here", out failure);
                    }

                    offset += 4 + size;
                    break;
                case IpType:
                    if (!TryReadIp(source, out _, out int length, out failure))
                    {
                        return FailAt(offset, ref failure);
                    }

                    offset += length;
                    break;
                case ModeType:
                    if (source[1] is < 1 or > 4)
                    {
                        return Fail(offset + 1, "is no mode", out failure);
                    }

                    offset += 4;
                    break;
                case ProtoType:
                    if (source[1] is < 1 or > 5 and < 201)
                    {
                        return Fail(offset + 1, "is no protocol", out failure);
                    }

                    offset += 4;
                    break;
                case ValueType:
                    if (source[1] is not (2 or 3))
                    {
                        return Fail(offset + 1, "is no value", out failure);
                    }

                    offset += 4;
                    break;
                case IdType:
                    if (request.HasSelectorId)
                    {
                        return Fail(offset, "stands twice", out failure);
                    }

                    request.SelectorId = BinaryPrimitives.ReadUInt16BigEndian(source.Slice(2));
                    request.HasSelectorId = true;
                    selecting--;
                    offset += 4;
                    break;
                default:
                    return Fail(offset, "is no parameter of a SELECTOR", out failure);
            }

            selecting++;
        }

        if (selecting == 0)
        {
            return Fail(0, "a SELECTOR selects by one parameter at least", out failure);
        }

        failure = default;
        return true;
    }

    /// <summary>Takes the next parameter of a SELECTOR that has been read, so that nothing need be checked.</summary>
    internal static bool TryTake(ref ReadOnlySpan<byte> selector, out ReadOnlySpan<byte> parameter)
    {
        if (selector.IsEmpty)
        {
            parameter = default;
            return false;
        }

        int length = 4;
        if (selector[0] == SpiType)
        {
            length += selector[1];
        }
        else if (selector[0] == IpType)
        {
            length += ((selector[1] & 0x80) != 0 ? 12 : 0) + ((selector[1] & 0x60) == 0x20 ? 4 : 16);
        }

        parameter = selector.Slice(0, length);
        selector = selector.Slice(length);
        return true;
    }

    /// <summary>The SPI where the parameter is one.</summary>
    internal static bool TryGetSpi(ReadOnlySpan<byte> parameter, out ulong spi)
    {
        if (parameter[0] != SpiType)
        {
            spi = 0;
            return false;
        }

        spi = parameter.Length == 8 ? BinaryPrimitives.ReadUInt32BigEndian(parameter.Slice(4)) : BinaryPrimitives.ReadUInt64BigEndian(parameter.Slice(4));
        return true;
    }

    private static bool TryReadIp(ReadOnlySpan<byte> source, out Ip ip, out int length, out Failure failure)
    {
        ip = default;
        length = 0;
        if (source.Length < 4)
        {
            return Fail(source.Length, "the input ends here", out failure);
        }

        byte flags = source[1];
        int version = (flags >> 5) & 3;
        if (version > 1)
        {
            return Fail(1, "is no family of an address", out failure);
        }

        int offset = 4;
        int size = version == 1 ? 4 : 16;
        ip.HasInformation = (flags & 0x80) != 0;
        if (ip.HasInformation)
        {
            if (source.Length < 16)
            {
                return Fail(source.Length, "the input ends here", out failure);
            }

            ip.Information.Preference = source[4];
            ip.Information.Class = source[5];
            ip.Information.Reachability = (byte)(source[6] >> 6);
            if (ip.Information.Class > 2 || ip.Information.Reachability > 2)
            {
                return Fail(5, "is a value that is not assigned", out failure);
            }

            ip.Information.StartTime = BinaryPrimitives.ReadUInt32BigEndian(source.Slice(8));
            ip.Information.LifeTime = BinaryPrimitives.ReadUInt32BigEndian(source.Slice(12));
            offset = 16;
        }

        if (source.Length < offset + size)
        {
            return Fail(source.Length, "the input ends here", out failure);
        }

        ip.Flags = (byte)(flags & 0x1f);
        ip.Length = (byte)size;
        if (size == 4)
        {
            ip.Low = BinaryPrimitives.ReadUInt32BigEndian(source.Slice(offset));
        }
        else
        {
            ip.High = BinaryPrimitives.ReadUInt64BigEndian(source.Slice(offset));
            ip.Low = BinaryPrimitives.ReadUInt64BigEndian(source.Slice(offset + 8));
        }

        length = offset + size;
        failure = default;
        return true;
    }

    private static bool TryReadUpdate(ReadOnlySpan<byte> data, ref UpdateRequest request, out Failure failure)
    {
        request = default;
        int oldOffset = 0;
        int newOffset = 0;
        int offset = 0;
        while (offset < data.Length)
        {
            ReadOnlySpan<byte> source = data.Slice(offset);
            if (source.Length < 4)
            {
                return Fail(data.Length, "the input ends here", out failure);
            }

            if (source[0] == IpType)
            {
                int length;
                int role = source[1] & (OldFlag | NewFlag);
                if (role == OldFlag && !request.HasOld)
                {
                    if (!TryReadIp(source, out request.Old, out length, out failure))
                    {
                        return FailAt(offset, ref failure);
                    }

                    request.HasOld = true;
                    oldOffset = offset;
                }
                else if (role == NewFlag && !request.HasNew)
                {
                    if (!TryReadIp(source, out request.New, out length, out failure))
                    {
                        return FailAt(offset, ref failure);
                    }

                    request.HasNew = true;
                    newOffset = offset;
                }
                else
                {
                    return Fail(offset, "stands twice, or is neither old nor new", out failure);
                }

                offset += length;
            }
            else if (source[0] == IdType && !request.HasId)
            {
                request.Id = BinaryPrimitives.ReadUInt16BigEndian(source.Slice(2));
                request.HasId = true;
                offset += 4;
            }
            else
            {
                return Fail(offset, "is no parameter of an UPDATE_SA_ADDRESSES, or stands twice", out failure);
            }
        }

        return AreRulesKept(in request, oldOffset, newOffset, out failure);
    }

    private static bool AreRulesKept(in UpdateRequest request, int oldOffset, int newOffset, out Failure failure)
    {
        if (request.HasOld && (request.Old.Flags & (Header | Inner)) == 0)
        {
            return Fail(oldOffset, "H and I of OLD_IP are both 0", out failure);
        }

        if (request.HasNew && (request.New.Flags & (Header | Inner)) == 0)
        {
            return Fail(newOffset, "H and I of NEW_IP are both 0", out failure);
        }

        if (request.HasOld && request.HasNew && ((request.Old.Flags ^ request.New.Flags) & (Header | Inner | Check)) != 0)
        {
            return Fail(newOffset, "H, I or C of OLD_IP and of NEW_IP differ", out failure);
        }

        failure = default;
        return true;
    }

    /// <summary>Writes the request; 0 where it does not fit, or where the values may not be sent.</summary>
    internal static int Write(Span<byte> destination, ulong spi, int spiLength, in UpdateRequest update, out Failure failure)
    {
        if (spiLength is not (4 or 8) || destination.Length < 12 + spiLength)
        {
            Fail(0, "is not 4 or 8 octets, or does not fit", out failure);
            return 0;
        }

        WriteHeader(destination, NotifyPayloadType, (ushort)(12 + spiLength), Selector);
        BinaryPrimitives.WriteUInt32BigEndian(destination.Slice(8), ((uint)SpiType << 24) | ((uint)spiLength << 16));
        if (spiLength == 4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination.Slice(12), (uint)spi);
        }
        else
        {
            BinaryPrimitives.WriteUInt64BigEndian(destination.Slice(12), spi);
        }

        int offset = 12 + spiLength;
        if (!TryWriteUpdate(destination.Slice(offset), in update, out int written, out failure))
        {
            FailAt(offset, ref failure);
            return 0;
        }

        offset += written;
        if (destination.Length - offset < 8)
        {
            Fail(offset, "does not fit", out failure);
            return 0;
        }

        WriteHeader(destination.Slice(offset), 0, 8, EndOfSelector);
        return offset + 8;
    }

    private static bool TryWriteUpdate(Span<byte> destination, in UpdateRequest update, out int written, out Failure failure)
    {
        written = 0;
        if (!AreRulesKept(in update, 0, 0, out failure))
        {
            return false;
        }

        if ((update.HasOld && (update.Old.Flags & (OldFlag | NewFlag)) != OldFlag) || (update.HasNew && (update.New.Flags & (OldFlag | NewFlag)) != NewFlag))
        {
            return Fail(0, "has the flags of another role", out failure);
        }

        int length = 8
            + (update.HasOld ? LengthOf(in update.Old) : 0)
            + (update.HasNew ? LengthOf(in update.New) : 0)
            + (update.HasId ? 4 : 0);
        if (destination.Length < length)
        {
            return Fail(destination.Length, "does not fit", out failure);
        }

        WriteHeader(destination, NotifyPayloadType, (ushort)length, Update);
        int offset = 8;
        if (update.HasOld)
        {
            if (!TryWriteIp(destination.Slice(offset), in update.Old, out int octets, out failure))
            {
                return FailAt(offset, ref failure);
            }

            offset += octets;
        }

        if (update.HasNew)
        {
            if (!TryWriteIp(destination.Slice(offset), in update.New, out int octets, out failure))
            {
                return FailAt(offset, ref failure);
            }

            offset += octets;
        }

        if (update.HasId)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination.Slice(offset), ((uint)IdType << 24) | update.Id);
        }

        written = length;
        return true;
    }

    private static int LengthOf(in Ip ip) => 4 + (ip.HasInformation ? 12 : 0) + ip.Length;

    private static bool TryWriteIp(Span<byte> destination, in Ip ip, out int written, out Failure failure)
    {
        written = 0;
        if (ip.Length is not (4 or 16) || ip.Information.Reachability > 3)
        {
            return Fail(0, "is no address, or its reachability does not fit", out failure);
        }

        destination[0] = IpType;
        destination[1] = (byte)(ip.Flags | (ip.HasInformation ? 0x80 : 0) | (ip.Length == 4 ? 0x20 : 0));
        BinaryPrimitives.WriteUInt16BigEndian(destination.Slice(2), 0);
        int offset = 4;
        if (ip.HasInformation)
        {
            destination[4] = ip.Information.Preference;
            destination[5] = ip.Information.Class;
            BinaryPrimitives.WriteUInt16BigEndian(destination.Slice(6), (ushort)(ip.Information.Reachability << 14));
            BinaryPrimitives.WriteUInt32BigEndian(destination.Slice(8), ip.Information.StartTime);
            BinaryPrimitives.WriteUInt32BigEndian(destination.Slice(12), ip.Information.LifeTime);
            offset = 16;
        }

        if (ip.Length == 4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination.Slice(offset), (uint)ip.Low);
        }
        else
        {
            BinaryPrimitives.WriteUInt64BigEndian(destination.Slice(offset), ip.High);
            BinaryPrimitives.WriteUInt64BigEndian(destination.Slice(offset + 8), ip.Low);
        }

        written = offset + ip.Length;
        failure = default;
        return true;
    }

    private static void WriteHeader(Span<byte> destination, byte next, ushort length, ushort type)
    {
        BinaryPrimitives.WriteUInt32BigEndian(destination, ((uint)next << 24) | length);
        BinaryPrimitives.WriteUInt32BigEndian(destination.Slice(4), type);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Fail(int offset, string reason, out Failure failure)
    {
        failure = new Failure(offset, reason);
        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool FailAt(int offset, ref Failure failure)
    {
        failure = failure with { Offset = failure.Offset + offset };
        return false;
    }
}
