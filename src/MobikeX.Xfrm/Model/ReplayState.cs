using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MobikeX.Xfrm.Layouts;
using MobikeX.Xfrm.Netlink;

namespace MobikeX.Xfrm;

/// <summary>The counters of an SA: the last sequence number sent, the highest received, and which of those below it came (RFC 4303, section 3.4.3).</summary>
/// <remarks>The kernel has two forms of it: the old one, with a window of up to 32, and the one for extended sequence numbers and larger windows.</remarks>
public sealed class ReplayState : IEquatable<ReplayState>
{
    private const int WordBits = 32;
    private const int MostWords = 128;

    private readonly uint[] _bitmap;

    private ReplayState(bool isLarge, ulong sent, ulong highest, uint window, uint[] bitmap)
    {
        IsLarge = isLarge;
        Sent = sent;
        Highest = highest;
        Window = window;
        _bitmap = bitmap;
    }

    /// <summary>True for the form with 64-bit numbers and a bitmap of any length.</summary>
    public bool IsLarge { get; }

    /// <summary>The sequence number of the last packet sent.</summary>
    public ulong Sent { get; }

    /// <summary>The highest sequence number received.</summary>
    public ulong Highest { get; }

    /// <summary>How many sequence numbers up to the highest are told apart.</summary>
    public uint Window { get; }

    internal ushort AttributeType => IsLarge ? XfrmAttribute.ReplayEsn : XfrmAttribute.Replay;

    /// <summary>True where a packet of this number would be refused: it came before, or is behind the window.</summary>
    public bool Refuses(ulong sequence)
    {
        if (sequence > Highest)
        {
            return false;
        }

        ulong behind = Highest - sequence;
        return sequence == 0 || behind >= Window || IsMarked(behind);
    }

    /// <summary>The state after a number of further packets were sent.</summary>
    public ReplayState Ahead(ulong packets)
    {
        ulong most = IsLarge ? ulong.MaxValue : uint.MaxValue;
        return new ReplayState(IsLarge, Sent > most - packets ? most : Sent + packets, Highest, Window, _bitmap);
    }

    /// <summary>The state that refuses what either refuses, and sends what neither has sent.</summary>
    public ReplayState Union(ReplayState other)
    {
        ulong highest = Math.Max(Highest, other.Highest);
        var union = new ReplayState(IsLarge, Math.Max(Sent, other.Sent), highest, Window, new uint[_bitmap.Length]);
        for (ulong behind = 0; behind < Window && behind < highest; behind++)
        {
            ulong sequence = highest - behind;
            if (HasCome(sequence) || other.HasCome(sequence))
            {
                union.Mark(behind);
            }
        }

        return union;
    }

    /// <summary>True where this one refuses all that the other has received.</summary>
    public bool Covers(ReplayState other) => other.CountBeyond(this) == 0;

    /// <summary>How many numbers this one has received that the other does not refuse.</summary>
    public int CountBeyond(ReplayState other)
    {
        int count = 0;
        for (ulong behind = 0; behind < Window && behind < Highest; behind++)
        {
            count += IsMarked(behind) && !other.Refuses(Highest - behind) ? 1 : 0;
        }

        return count;
    }

    /// <summary>The state that refuses every number up to the highest.</summary>
    public ReplayState Filled()
    {
        var filled = new ReplayState(IsLarge, Sent, Highest, Window, new uint[_bitmap.Length]);
        for (ulong behind = 0; behind < Window && behind < Highest; behind++)
        {
            filled.Mark(behind);
        }

        return filled;
    }

    /// <inheritdoc/>
    public bool Equals(ReplayState? other) =>
        other is not null && IsLarge == other.IsLarge && Sent == other.Sent && Highest == other.Highest && Window == other.Window
        && _bitmap.AsSpan().SequenceEqual(other._bitmap);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ReplayState);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(IsLarge, Sent, Highest, Window);

    /// <inheritdoc/>
    public override string ToString() => $"sent {Sent}, received up to {Highest}, window {Window}";

    /// <summary>Reads what the attributes of an SA say; null where they say nothing that can be.</summary>
    internal static ReplayState? Read(ReadOnlySpan<byte> attributes, byte window)
    {
        if (NetlinkAttribute.TryFind(attributes, XfrmAttribute.ReplayEsn, out ReadOnlySpan<byte> large))
        {
            return ReadLarge(large);
        }

        if (!NetlinkAttribute.TryFind(attributes, XfrmAttribute.Replay, out ReadOnlySpan<byte> small) || small.Length < Unsafe.SizeOf<ReplayLayout>())
        {
            return null;
        }

        ReplayLayout layout = MemoryMarshal.Read<ReplayLayout>(small);
        return new ReplayState(false, layout.Outbound, layout.Inbound, Math.Min((uint)window, WordBits), [layout.Bitmap]);
    }

    internal byte[] ToOctets()
    {
        if (!IsLarge)
        {
            var small = new ReplayLayout { Outbound = (uint)Sent, Inbound = (uint)Highest, Bitmap = _bitmap[0] };
            return MemoryMarshal.AsBytes(new ReadOnlySpan<ReplayLayout>(in small)).ToArray();
        }

        var large = new EsnReplayLayout
        {
            BitmapWords = (uint)_bitmap.Length,
            Outbound = (uint)Sent,
            OutboundHigh = (uint)(Sent >> WordBits),
            Inbound = (uint)Highest,
            InboundHigh = (uint)(Highest >> WordBits),
            Window = Window,
        };
        return [.. MemoryMarshal.AsBytes(new ReadOnlySpan<EsnReplayLayout>(in large)), .. MemoryMarshal.AsBytes<uint>(_bitmap)];
    }

    private static ReplayState? ReadLarge(ReadOnlySpan<byte> octets)
    {
        int header = Unsafe.SizeOf<EsnReplayLayout>();
        if (octets.Length < header)
        {
            return null;
        }

        EsnReplayLayout layout = MemoryMarshal.Read<EsnReplayLayout>(octets);
        if (layout.BitmapWords > MostWords || octets.Length < header + (layout.BitmapWords * sizeof(uint)) || layout.Window > layout.BitmapWords * WordBits)
        {
            return null;
        }

        uint[] bitmap = MemoryMarshal.Cast<byte, uint>(octets.Slice(header, (int)layout.BitmapWords * sizeof(uint))).ToArray();
        ulong sent = ((ulong)layout.OutboundHigh << WordBits) | layout.Outbound;
        ulong highest = ((ulong)layout.InboundHigh << WordBits) | layout.Inbound;
        return new ReplayState(true, sent, highest, layout.Window, bitmap);
    }

    private bool HasCome(ulong sequence) => sequence != 0 && sequence <= Highest && Highest - sequence < Window && IsMarked(Highest - sequence);

    private bool IsMarked(ulong behind)
    {
        int bit = Position(behind);
        return (_bitmap[bit / WordBits] & (1u << (bit % WordBits))) != 0;
    }

    private void Mark(ulong behind)
    {
        int bit = Position(behind);
        _bitmap[bit / WordBits] |= 1u << (bit % WordBits);
    }

    /// <summary>Where the mark of a number stands: the old form shifts, so that the highest is bit 0; the large one goes round.</summary>
    private int Position(ulong behind)
    {
        if (!IsLarge)
        {
            return (int)behind;
        }

        uint highest = ((uint)Highest - 1) % Window;
        return (int)(highest >= behind ? highest - behind : Window - (behind - highest));
    }
}
