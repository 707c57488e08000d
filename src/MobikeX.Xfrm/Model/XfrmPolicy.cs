using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MobikeX.Runtime;
using MobikeX.Xfrm.Layouts;
using MobikeX.Xfrm.Netlink;

namespace MobikeX.Xfrm;

/// <summary>By what the kernel finds a policy: no two have the same.</summary>
/// <param name="Selector">Which packets it is for.</param>
/// <param name="Direction">Which way they go.</param>
/// <param name="Mark">The mark that they have.</param>
/// <param name="InterfaceId">The XFRM interface that they go through; 0 for none.</param>
/// <param name="Type">The kernel's number of its kind; 0 for the usual one.</param>
public readonly record struct XfrmPolicyKey(XfrmSelector Selector, XfrmDirection Direction, XfrmMark Mark = default, uint InterfaceId = 0, byte Type = 0)
{
    /// <inheritdoc/>
    public override string ToString() => $"policy {Direction.ToString().ToLowerInvariant()} {Selector}";
}

/// <summary>A policy as the kernel has it, in the kernel's own form, so that what is not looked at is given back as it came.</summary>
public sealed class XfrmPolicy
{
    private const byte ActionBlock = 1;

    private readonly byte[] _octets;

    private XfrmPolicy(ReadOnlySpan<byte> octets) => _octets = octets.ToArray();

    /// <summary>By what the kernel finds it.</summary>
    public XfrmPolicyKey Key => new(Info.Selector.Read(), Direction, Mark, InterfaceId, Type);

    /// <summary>Which way the packets go.</summary>
    public XfrmDirection Direction => (XfrmDirection)Info.Direction;

    /// <summary>Which packets it is for.</summary>
    public XfrmSelector Selector => Info.Selector.Read();

    /// <summary>The smaller, the earlier it is looked at.</summary>
    public uint Priority => Info.Priority;

    /// <summary>True where it lets no packet pass.</summary>
    public bool Blocks => Info.Action == ActionBlock;

    /// <summary>The SAs that a packet must go through, or have come through.</summary>
    public IReadOnlyList<XfrmTemplate> Templates
    {
        get
        {
            List<XfrmTemplate> templates = [];
            foreach (TemplateLayout layout in TemplateLayouts)
            {
                templates.Add(XfrmTemplate.From(layout));
            }

            return templates;
        }
    }

    internal ref readonly PolicyInfoLayout Info => ref Unsafe.As<byte, PolicyInfoLayout>(ref _octets[0]);

    internal ReadOnlySpan<byte> Octets => _octets;

    internal ReadOnlySpan<byte> Attributes => _octets.AsSpan(Unsafe.SizeOf<PolicyInfoLayout>());

    internal ReadOnlySpan<TemplateLayout> TemplateLayouts =>
        NetlinkAttribute.TryFind(Attributes, XfrmAttribute.Template, out ReadOnlySpan<byte> templates)
            ? MemoryMarshal.Cast<byte, TemplateLayout>(templates)
            : default;

    private XfrmMark Mark => XfrmMark.Read(Attributes);

    private uint InterfaceId => NetlinkAttribute.TryFindNumber(Attributes, XfrmAttribute.InterfaceId, out uint id) ? id : 0;

    private byte Type => NetlinkAttribute.TryFind(Attributes, XfrmAttribute.PolicyType, out ReadOnlySpan<byte> type) && type.Length > 0 ? type[0] : (byte)0;

    /// <summary>A policy that asks for one SA.</summary>
    /// <param name="key">By what the kernel finds it.</param>
    /// <param name="template">The SA.</param>
    /// <param name="priority">The smaller, the earlier it is looked at.</param>
    public static XfrmPolicy Create(in XfrmPolicyKey key, in XfrmTemplate template, uint priority = 0)
    {
        using NetlinkRequest request = Begin(key, priority, blocks: false);
        request.WriteAttribute(XfrmAttribute.Template, template.ToLayout());
        return new XfrmPolicy(request.Octets[NetlinkHeader.Size..]);
    }

    /// <summary>A policy that lets no packet pass.</summary>
    /// <param name="key">By what the kernel finds it.</param>
    /// <param name="priority">The smaller, the earlier it is looked at.</param>
    public static XfrmPolicy Block(in XfrmPolicyKey key, uint priority = 0)
    {
        using NetlinkRequest request = Begin(key, priority, blocks: true);
        return new XfrmPolicy(request.Octets[NetlinkHeader.Size..]);
    }

    /// <summary>A policy that lets packets pass as they are.</summary>
    /// <param name="key">By what the kernel finds it.</param>
    /// <param name="priority">The smaller, the earlier it is looked at.</param>
    public static XfrmPolicy Allow(in XfrmPolicyKey key, uint priority = 0)
    {
        using NetlinkRequest request = Begin(key, priority, blocks: false);
        return new XfrmPolicy(request.Octets[NetlinkHeader.Size..]);
    }

    /// <inheritdoc/>
    public override string ToString() => Key.ToString();

    /// <summary>Reads a policy from the kernel; false where that is none.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> octets, out XfrmPolicy policy)
    {
        policy = octets.Length < Unsafe.SizeOf<PolicyInfoLayout>() ? null! : new XfrmPolicy(octets);
        return policy is not null;
    }

    /// <summary>The same policy for another selector and with other templates.</summary>
    internal XfrmPolicy Revised(in XfrmSelector selector, ReadOnlySpan<TemplateLayout> templates)
    {
        using var request = new NetlinkRequest(XfrmMessage.NewPolicy, NetlinkFlags.None);
        PolicyInfoLayout info = Info;
        info.Selector = SelectorLayout.From(selector);
        if (selector != Selector)
        {
            // The kernel numbers it anew.
            info.Index = 0;
        }

        request.Write(info);
        foreach (NetlinkAttribute attribute in NetlinkAttribute.In(Attributes))
        {
            switch (attribute.Type)
            {
                case XfrmAttribute.Template:
                    request.WriteAttribute(XfrmAttribute.Template, MemoryMarshal.AsBytes(templates));
                    break;
                case XfrmAttribute.LastUsed or XfrmAttribute.Padding:
                    break;
                default:
                    request.WriteAttribute(attribute.Type, attribute.Value);
                    break;
            }
        }

        return new XfrmPolicy(request.Octets[NetlinkHeader.Size..]);
    }

    /// <summary>The policy that blocks in the place of this one.</summary>
    internal XfrmPolicy ToBlock()
    {
        using var request = new NetlinkRequest(XfrmMessage.NewPolicy, NetlinkFlags.None);
        PolicyInfoLayout info = Info;
        info.Action = ActionBlock;
        request.Write(info);
        request.WriteAttributes(Attributes, XfrmAttribute.Template, XfrmAttribute.LastUsed, XfrmAttribute.Padding);
        return new XfrmPolicy(request.Octets[NetlinkHeader.Size..]);
    }

    /// <summary>True where the other asks the same of the same packets.</summary>
    internal bool IsSameBesidesTraffic(XfrmPolicy other)
    {
        PolicyInfoLayout one = Info, two = other.Info;
        return one.Action == two.Action && one.Priority == two.Priority && one.Flags == two.Flags && one.Share == two.Share
            && Key == other.Key && MemoryMarshal.AsBytes(TemplateLayouts).SequenceEqual(MemoryMarshal.AsBytes(other.TemplateLayouts));
    }

    private static NetlinkRequest Begin(in XfrmPolicyKey key, uint priority, bool blocks)
    {
        var request = new NetlinkRequest(XfrmMessage.NewPolicy, NetlinkFlags.None);
        request.Write(new PolicyInfoLayout
        {
            Selector = SelectorLayout.From(key.Selector),
            Limits = LifetimeLimitsLayout.Endless,
            Priority = priority,
            Direction = (byte)key.Direction,
            Action = blocks ? ActionBlock : (byte)0,
        });
        PolicyKeyWriter.WriteAttributes(request, key);
        return request;
    }
}

/// <summary>The SA that a policy asks for.</summary>
/// <param name="Protocol">AH or ESP.</param>
/// <param name="Mode">Transport or tunnel.</param>
/// <param name="RequestId">The request ID of the SA; 0 for any.</param>
/// <param name="Source">Its source in tunnel mode; none where any will do.</param>
/// <param name="Destination">Its destination in tunnel mode; none where any will do.</param>
/// <param name="Spi">Its SPI; 0 for any.</param>
public readonly record struct XfrmTemplate(
    XfrmProtocol Protocol, XfrmMode Mode, uint RequestId, IpAddress Source = default, IpAddress Destination = default, uint Spi = 0)
{
    internal static XfrmTemplate From(in TemplateLayout layout) => new(
        (XfrmProtocol)layout.Id.Protocol, (XfrmMode)layout.Mode, layout.RequestId, layout.Source.Read(layout.Family), layout.Id.Destination.Read(layout.Family), layout.Id.Spi);

    internal TemplateLayout ToLayout() => new()
    {
        Id = new IdLayout { Destination = XfrmAddress.From(Destination), Spi = Spi, Protocol = (byte)Protocol },
        Family = AddressFamilies.Of(Destination.IsNone ? Source : Destination),
        Source = XfrmAddress.From(Source),
        RequestId = RequestId,
        Mode = (byte)Mode,
        AuthenticationAlgorithms = uint.MaxValue,
        EncryptionAlgorithms = uint.MaxValue,
        CompressionAlgorithms = uint.MaxValue,
    };
}
