using System.Buffers.Binary;
using System.Runtime.InteropServices;
using MobikeX.Engine;

namespace MobikeX.Xfrm.Layouts;

/// <summary><c>struct xfrm_id</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct IdLayout
{
    public XfrmAddress Destination;
    private uint _spi;
    public byte Protocol;

    public uint Spi
    {
        readonly get => BigEndian.Swap(_spi);
        set => _spi = BigEndian.Swap(value);
    }
}

/// <summary><c>struct xfrm_usersa_id</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SaIdLayout
{
    public XfrmAddress Destination;
    private uint _spi;
    public ushort Family;
    public byte Protocol;

    public uint Spi
    {
        readonly get => BigEndian.Swap(_spi);
        set => _spi = BigEndian.Swap(value);
    }

    public static SaIdLayout From(in XfrmSaKey key) => new()
    {
        Destination = XfrmAddress.From(key.Destination),
        Spi = key.Spi,
        Family = AddressFamilies.Of(key.Destination),
        Protocol = (byte)key.Protocol,
    };
}

/// <summary><c>struct xfrm_lifetime_cfg</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LifetimeLimitsLayout
{
    public ulong SoftOctets;
    public ulong HardOctets;
    public ulong SoftPackets;
    public ulong HardPackets;
    public ulong SoftAddSeconds;
    public ulong HardAddSeconds;
    public ulong SoftUseSeconds;
    public ulong HardUseSeconds;

    /// <summary>What the kernel takes for no limit; of a time that is 0.</summary>
    private const ulong None = ulong.MaxValue;

    public static LifetimeLimitsLayout Endless => From(null);

    public static LifetimeLimitsLayout From(ChildSaLimits? limits) => default(LifetimeLimitsLayout).With(limits);

    /// <summary>The same times with other amounts.</summary>
    public readonly LifetimeLimitsLayout With(ChildSaLimits? limits) => this with
    {
        SoftOctets = limits?.SoftOctets ?? None,
        HardOctets = limits?.HardOctets ?? None,
        SoftPackets = limits?.SoftPackets ?? None,
        HardPackets = limits?.HardPackets ?? None,
    };

    public readonly ChildSaLimits Read() => new()
    {
        SoftOctets = Read(SoftOctets),
        HardOctets = Read(HardOctets),
        SoftPackets = Read(SoftPackets),
        HardPackets = Read(HardPackets),
    };

    private static ulong? Read(ulong limit) => limit == None ? null : limit;
}

/// <summary><c>struct xfrm_lifetime_cur</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LifetimeLayout
{
    public ulong Octets;
    public ulong Packets;
    public ulong AddTime;
    public ulong UseTime;

    public static LifetimeLayout From(XfrmLifetime lifetime) => new()
    {
        Octets = lifetime.Octets,
        Packets = lifetime.Packets,
        AddTime = lifetime.AddTime,
        UseTime = lifetime.UseTime,
    };
}

/// <summary><c>struct xfrm_stats</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct StatisticsLayout
{
    public uint ReplayWindow;
    public uint Replay;
    public uint IntegrityFailed;
}

/// <summary><c>struct xfrm_usersa_info</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SaInfoLayout
{
    public SelectorLayout Selector;
    public IdLayout Id;
    public XfrmAddress Source;
    public LifetimeLimitsLayout Limits;
    public LifetimeLayout Lifetime;
    public StatisticsLayout Statistics;
    public uint Sequence;
    public uint RequestId;
    public ushort Family;
    public byte Mode;
    public byte ReplayWindow;
    public byte Flags;
}

/// <summary><c>struct xfrm_aevent_id</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct EventIdLayout
{
    public SaIdLayout Id;
    public XfrmAddress Source;
    public uint Flags;
    public uint RequestId;
}

/// <summary><c>struct xfrm_user_expire</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ExpireLayout
{
    public SaInfoLayout Sa;
    public byte Hard;
}

/// <summary><c>struct xfrm_replay_state</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ReplayLayout
{
    public uint Outbound;
    public uint Inbound;
    public uint Bitmap;
}

/// <summary><c>struct xfrm_replay_state_esn</c>, without its bitmap.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct EsnReplayLayout
{
    public uint BitmapWords;
    public uint Outbound;
    public uint Inbound;
    public uint OutboundHigh;
    public uint InboundHigh;
    public uint Window;
}

/// <summary><c>struct xfrm_encap_tmpl</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct EncapsulationLayout
{
    public ushort Type;
    private ushort _sourcePort;
    private ushort _destinationPort;
    public XfrmAddress OriginalAddress;

    public ushort SourcePort
    {
        readonly get => BigEndian.Swap(_sourcePort);
        set => _sourcePort = BigEndian.Swap(value);
    }

    public ushort DestinationPort
    {
        readonly get => BigEndian.Swap(_destinationPort);
        set => _destinationPort = BigEndian.Swap(value);
    }
}

/// <summary><c>struct xfrm_user_migrate_state</c>, of Linux 7.2.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MigrateStateLayout
{
    public SaIdLayout Id;
    public XfrmAddress NewDestination;
    public XfrmAddress NewSource;
    public XfrmMark OldMark;
    public SelectorLayout NewSelector;
    public uint NewRequestId;
    public uint Flags;
    public ushort NewFamily;
    public ushort Reserved;
}

/// <summary>Numbers that the kernel has in network byte order.</summary>
internal static class BigEndian
{
    public static uint Swap(uint value) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;

    public static ushort Swap(ushort value) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
}
