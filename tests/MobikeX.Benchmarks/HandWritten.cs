using System.Buffers.Binary;

namespace MobikeX.Benchmarks;

/// <summary>
/// The rival of the generated code: what a careful developer writes over spans for one request,
/// SELECTOR(SPI), UPDATE_SA_ADDRESSES(old, new, ID), END_OF_SELECTOR, with the same checks and the same typed result.
/// </summary>
internal static class HandWritten
{
    private const byte NotifyPayloadType = 41;
    private const ushort Selector = 40961;
    private const ushort EndOfSelector = 40962;
    private const ushort Update = 16400;

    internal readonly struct Ip
    {
        internal Ip(byte flags, ulong high, ulong low, bool v4)
        {
            Flags = flags;
            High = high;
            Low = low;
            V4 = v4;
        }

        internal byte Flags { get; }

        internal ulong High { get; }

        internal ulong Low { get; }

        internal bool V4 { get; }
    }

    internal ref struct Request
    {
        internal ulong Spi;
        internal int SpiLength;
        internal Ip Old;
        internal Ip New;
        internal ushort Id;
        internal int Ends;
    }

    internal static bool TryRead(ReadOnlySpan<byte> chain, out Request request)
    {
        request = default;
        byte next = NotifyPayloadType;
        while (next == NotifyPayloadType)
        {
            if (chain.Length < 8)
            {
                return false;
            }

            int length = BinaryPrimitives.ReadUInt16BigEndian(chain.Slice(2));
            int spiSize = chain[5];
            if (length < 8 + spiSize || length > chain.Length || spiSize != 0)
            {
                return false;
            }

            ReadOnlySpan<byte> data = chain.Slice(8, length - 8);
            switch (BinaryPrimitives.ReadUInt16BigEndian(chain.Slice(6)))
            {
                case Selector:
                    if (!TryReadSelector(data, ref request))
                    {
                        return false;
                    }

                    break;
                case Update:
                    if (!TryReadUpdate(data, ref request))
                    {
                        return false;
                    }

                    break;
                case EndOfSelector:
                    if (data.Length != 0)
                    {
                        return false;
                    }

                    request.Ends++;
                    break;
                default:
                    return false;
            }

            next = chain[0];
            chain = chain.Slice(length);
        }

        return chain.Length == 0;
    }

    private static bool TryReadSelector(ReadOnlySpan<byte> data, ref Request request)
    {
        while (data.Length != 0)
        {
            if (data[0] != 2 || data.Length < 4)
            {
                return false;
            }

            int size = data[1];
            if ((size != 4 && size != 8) || data.Length < 4 + size)
            {
                return false;
            }

            request.Spi = size == 4 ? BinaryPrimitives.ReadUInt32BigEndian(data.Slice(4)) : BinaryPrimitives.ReadUInt64BigEndian(data.Slice(4));
            request.SpiLength = size;
            data = data.Slice(4 + size);
        }

        return request.SpiLength != 0;
    }

    private static bool TryReadUpdate(ReadOnlySpan<byte> data, ref Request request)
    {
        bool hasOld = false;
        bool hasNew = false;
        bool hasId = false;
        while (data.Length != 0)
        {
            if (data.Length < 4)
            {
                return false;
            }

            if (data[0] == 3)
            {
                byte flags = data[1];
                int version = (flags >> 5) & 3;
                if (version > 1 || (flags & 0x80) != 0)
                {
                    return false;
                }

                int size = version == 1 ? 4 : 16;
                if (data.Length < 4 + size)
                {
                    return false;
                }

                Ip ip = size == 4
                    ? new Ip(flags, 0, BinaryPrimitives.ReadUInt32BigEndian(data.Slice(4)), true)
                    : new Ip(flags, BinaryPrimitives.ReadUInt64BigEndian(data.Slice(4)), BinaryPrimitives.ReadUInt64BigEndian(data.Slice(12)), false);
                bool isOld = (flags & 8) != 0;
                bool isNew = (flags & 4) != 0;
                if (isOld == isNew || (isOld && hasOld) || (isNew && hasNew) || (flags & 3) == 0)
                {
                    return false;
                }

                if (isOld)
                {
                    request.Old = ip;
                    hasOld = true;
                }
                else
                {
                    request.New = ip;
                    hasNew = true;
                }

                data = data.Slice(4 + size);
            }
            else if (data[0] == 7 && !hasId)
            {
                request.Id = BinaryPrimitives.ReadUInt16BigEndian(data.Slice(2));
                hasId = true;
                data = data.Slice(4);
            }
            else
            {
                return false;
            }
        }

        return !hasOld || !hasNew || ((request.Old.Flags ^ request.New.Flags) & 0x13) == 0;
    }

    internal static int Write(Span<byte> destination, uint spi, uint oldAddress, uint newAddress, ushort id)
    {
        WriteHeader(destination, NotifyPayloadType, 16, Selector);
        destination[8] = 2;
        destination[9] = 4;
        BinaryPrimitives.WriteUInt16BigEndian(destination.Slice(10), 0);
        BinaryPrimitives.WriteUInt32BigEndian(destination.Slice(12), spi);

        Span<byte> update = destination.Slice(16);
        WriteHeader(update, NotifyPayloadType, 28, Update);
        WriteIp(update.Slice(8), 0x2A, oldAddress);
        WriteIp(update.Slice(16), 0x26, newAddress);
        update[24] = 7;
        update[25] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(update.Slice(26), id);

        WriteHeader(destination.Slice(44), 0, 8, EndOfSelector);
        return 52;
    }

    private static void WriteHeader(Span<byte> destination, byte next, ushort length, ushort type)
    {
        destination[0] = next;
        destination[1] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(destination.Slice(2), length);
        BinaryPrimitives.WriteUInt16BigEndian(destination.Slice(4), 0);
        BinaryPrimitives.WriteUInt16BigEndian(destination.Slice(6), type);
    }

    private static void WriteIp(Span<byte> destination, byte flags, uint address)
    {
        destination[0] = 3;
        destination[1] = flags;
        BinaryPrimitives.WriteUInt16BigEndian(destination.Slice(2), 0);
        BinaryPrimitives.WriteUInt32BigEndian(destination.Slice(4), address);
    }
}
