using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MobikeX.Engine;
using MobikeX.Runtime;
using MobikeX.Xfrm.Layouts;
using MobikeX.Xfrm.Netlink;

namespace MobikeX.Xfrm;

/// <summary>An SA as the kernel has it: one direction, one state.</summary>
/// <remarks>
/// It is kept in the kernel's own form, so that what is not looked at is given back as it came. That form has the keys in it: it is
/// pinned, so that no copy stays behind, and zeroed by <see cref="Dispose"/>.
/// </remarks>
public sealed class XfrmSa : IDisposable
{
    private readonly byte[] _octets;

    private XfrmSa(ReadOnlySpan<byte> octets)
    {
        _octets = GC.AllocateUninitializedArray<byte>(octets.Length, pinned: true);
        octets.CopyTo(_octets);
    }

    /// <summary>By what the kernel finds it.</summary>
    public XfrmSaKey Key => new(Destination, Spi, Protocol, Mark);

    /// <summary>The address that its packets come from; none where any will do.</summary>
    public IpAddress Source => Info.Source.Read(Info.Family);

    /// <summary>The address that its packets go to.</summary>
    public IpAddress Destination => Info.Id.Destination.Read(Info.Family);

    /// <summary>Its SPI.</summary>
    public uint Spi => Info.Id.Spi;

    /// <summary>AH or ESP.</summary>
    public XfrmProtocol Protocol => (XfrmProtocol)Info.Id.Protocol;

    /// <summary>Transport or tunnel.</summary>
    public XfrmMode Mode => (XfrmMode)Info.Mode;

    /// <summary>What ties it to the templates of its policies.</summary>
    public uint RequestId => Info.RequestId;

    /// <summary>Which packets it is for.</summary>
    public XfrmSelector Selector => Info.Selector.Read();

    /// <summary>What was used of its lifetime.</summary>
    public XfrmLifetime Lifetime => new(Info.Lifetime.Octets, Info.Lifetime.Packets, Info.Lifetime.AddTime, Info.Lifetime.UseTime);

    /// <summary>How much it may carry.</summary>
    public ChildSaLimits Limits => Info.Limits.Read();

    /// <summary>Its counters; null where the kernel did not tell them.</summary>
    public ReplayState? Replay => ReplayState.Read(Attributes, Info.ReplayWindow);

    /// <summary>The UDP header around its packets, where there is one.</summary>
    public XfrmEncapsulation? Encapsulation =>
        TryReadEncapsulation(out EncapsulationLayout layout) ? new XfrmEncapsulation(layout.SourcePort, layout.DestinationPort) : null;

    /// <summary>The mark that its packets have.</summary>
    public XfrmMark Mark => XfrmMark.Read(Attributes);

    /// <summary>The XFRM interface that it belongs to; 0 for none.</summary>
    public uint InterfaceId => NetlinkAttribute.TryFindNumber(Attributes, XfrmAttribute.InterfaceId, out uint id) ? id : 0;

    /// <summary>The kernel's names of its algorithms.</summary>
    public string Algorithms => AlgorithmLayout.Names(Attributes);

    internal ref readonly SaInfoLayout Info => ref Unsafe.As<byte, SaInfoLayout>(ref _octets[0]);

    internal ReadOnlySpan<byte> Octets => _octets;

    internal ReadOnlySpan<byte> Attributes => _octets.AsSpan(Unsafe.SizeOf<SaInfoLayout>());

    /// <summary>True where the kernel shows no keys but zeros (lockdown): such an SA cannot be made again from what was read.</summary>
    internal bool HidesKeys => AlgorithmLayout.HasZeroKey(Attributes);

    /// <summary>Puts a definition into the kernel's form.</summary>
    /// <exception cref="ArgumentException">The SPI is 0, or there is no algorithm, or the addresses do not go together.</exception>
    public static XfrmSa From(XfrmSaDefinition definition)
    {
        if (definition.Spi == 0)
        {
            throw new ArgumentException("an SPI of 0 names no SA (RFC 4303, section 2.1)", nameof(definition));
        }

        if (definition.Destination.IsNone || (!definition.Source.IsNone && definition.Source.Length != definition.Destination.Length))
        {
            throw new ArgumentException("an SA has a destination, and both its addresses are of one family", nameof(definition));
        }

        if (definition.Aead is null && definition.Encryption is null && definition.Integrity is null)
        {
            throw new ArgumentException("an SA has an algorithm", nameof(definition));
        }

        using var request = new NetlinkRequest(XfrmMessage.NewSa, NetlinkFlags.None);
        SaDefinitionWriter.Write(request, definition);
        return new XfrmSa(request.Octets[NetlinkHeader.Size..]);
    }

    /// <summary>Zeroes the keys; nothing of it can be read afterwards.</summary>
    public void Dispose() => CryptographicOperations.ZeroMemory(_octets);

    /// <summary>What it is called and where it goes; keys are never printed.</summary>
    public override string ToString() =>
        $"{Protocol.ToString().ToUpperInvariant()} {Spi:x8} {(Source.IsNone ? "any" : Source.ToString())} → {Destination}";

    /// <summary>Reads an SA from the kernel; false where that is none.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> octets, out XfrmSa sa)
    {
        sa = octets.Length < Unsafe.SizeOf<SaInfoLayout>() ? null! : new XfrmSa(octets);
        return sa is not null;
    }

    /// <summary>Reads the SA that the kernel says it has deleted: its key stands before it.</summary>
    internal static bool TryReadDeleted(ReadOnlySpan<byte> octets, out XfrmSa sa)
    {
        sa = null!;
        if (octets.Length < Unsafe.SizeOf<SaIdLayout>())
        {
            return false;
        }

        ReadOnlySpan<byte> attributes = octets[Unsafe.SizeOf<SaIdLayout>()..];
        if (!NetlinkAttribute.TryFind(attributes, XfrmAttribute.Sa, out ReadOnlySpan<byte> info) || info.Length < Unsafe.SizeOf<SaInfoLayout>())
        {
            return false;
        }

        using var request = new NetlinkRequest(XfrmMessage.NewSa, NetlinkFlags.None);
        request.Write(MemoryMarshal.Read<SaInfoLayout>(info));
        request.WriteAttributes(attributes, XfrmAttribute.Sa);
        sa = new XfrmSa(request.Octets[NetlinkHeader.Size..]);
        return true;
    }

    internal XfrmSa Revised(in SaRevision revision)
    {
        using var request = new NetlinkRequest(XfrmMessage.NewSa, NetlinkFlags.None);
        revision.Write(request, this);
        return new XfrmSa(request.Octets[NetlinkHeader.Size..]);
    }

    /// <summary>True where the other is the same but for what traffic changes: counters, statistics, and times of use.</summary>
    internal bool IsSameBesidesTraffic(XfrmSa other)
    {
        using XfrmSa one = Revised(SaRevision.WithoutTraffic);
        using XfrmSa two = other.Revised(SaRevision.WithoutTraffic);
        return CryptographicOperations.FixedTimeEquals(one._octets, two._octets);
    }

    internal bool TryReadEncapsulation(out EncapsulationLayout layout)
    {
        bool found = NetlinkAttribute.TryFind(Attributes, XfrmAttribute.Encapsulation, out ReadOnlySpan<byte> octets)
            && octets.Length >= Unsafe.SizeOf<EncapsulationLayout>();
        layout = found ? MemoryMarshal.Read<EncapsulationLayout>(octets) : default;
        return found;
    }
}
