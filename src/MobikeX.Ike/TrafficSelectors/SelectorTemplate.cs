using System.Globalization;
using System.Net.Sockets;
using MobikeX.Engine;
using MobikeX.Ike.Messages;
using MobikeX.Runtime;

namespace MobikeX.Ike;

/// <summary>A traffic selector of the configuration: addresses, or the address that an end turns out to have, with a protocol and ports.</summary>
/// <remarks>Written as in <c>10.0.0.0/8</c>, <c>192.0.2.1-192.0.2.9[udp]</c>, <c>2001:db8::/32[tcp/443]</c>, <c>dynamic[17/1024-2048]</c> or <c>dynamic[/53]</c>.</remarks>
public sealed record SelectorTemplate
{
    private const string DynamicWord = "dynamic";

    private static readonly Dictionary<string, ProtocolType> Protocols = new(StringComparer.OrdinalIgnoreCase)
    {
        ["tcp"] = ProtocolType.Tcp,
        ["udp"] = ProtocolType.Udp,
        ["icmp"] = ProtocolType.Icmp,
        ["icmpv6"] = ProtocolType.IcmpV6,
        ["ipv6-icmp"] = ProtocolType.IcmpV6,
    };

    private SelectorTemplate(IpAddress start, IpAddress end, byte protocol, ushort startPort, ushort endPort)
    {
        Start = start;
        End = end;
        Protocol = protocol;
        StartPort = startPort;
        EndPort = endPort;
    }

    /// <summary>All traffic of the address that an end turns out to have: the one assigned inside the tunnel, else its own.</summary>
    public static SelectorTemplate Dynamic { get; } = new(default, default, 0, 0, ushort.MaxValue);

    /// <summary>The first address; none where the selector is dynamic.</summary>
    public IpAddress Start { get; }

    /// <summary>The last address; none where the selector is dynamic.</summary>
    public IpAddress End { get; }

    /// <summary>The number of the upper protocol; 0 for any.</summary>
    public byte Protocol { get; }

    /// <summary>The first port; of ICMP, type and code.</summary>
    public ushort StartPort { get; }

    /// <summary>The last port; of ICMP, type and code.</summary>
    public ushort EndPort { get; }

    /// <summary>True where the address is the one that the end turns out to have.</summary>
    public bool IsDynamic => Start.IsNone;

    /// <summary>All traffic of the addresses in a prefix.</summary>
    public static SelectorTemplate Of(AddressPrefix prefix)
    {
        (IpAddress first, IpAddress last) = AddressRange.Of(prefix);
        return new SelectorTemplate(first, last, 0, 0, ushort.MaxValue);
    }

    /// <summary>Reads a selector as it is written in a configuration.</summary>
    /// <param name="text">The selector.</param>
    /// <param name="value">The selector read.</param>
    /// <param name="fault">What is wrong; empty where nothing is.</param>
    public static bool TryParse(string? text, out SelectorTemplate value, out string fault)
    {
        value = Dynamic;
        fault = "";
        string addresses = (text ?? "").Trim();
        byte protocol = 0;
        (ushort Start, ushort End) ports = (0, ushort.MaxValue);
        int bracket = addresses.IndexOf('[', StringComparison.Ordinal);
        if (bracket >= 0)
        {
            if (!addresses.EndsWith(']') || !TryParseUpper(addresses[(bracket + 1)..^1], out protocol, out ports))
            {
                fault = $"'{addresses[bracket..]}' is no protocol and ports: [tcp], [udp/53], [17/1024-2048] or [/80]";
                return false;
            }

            addresses = addresses[..bracket].TrimEnd();
        }

        IpAddress start = default;
        IpAddress end = default;
        if (addresses != DynamicWord && !TryParseAddresses(addresses, out start, out end))
        {
            fault = $"'{addresses}' is neither a prefix, nor a range of addresses, nor '{DynamicWord}'";
            return false;
        }

        value = new SelectorTemplate(start, end, protocol, ports.Start, ports.End);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        string addresses = IsDynamic ? DynamicWord
            : AddressRange.TryGetPrefix(Start, End, out AddressPrefix prefix) ? prefix.ToString()
            : $"{Start}-{End}";
        string ports = StartPort == 0 && EndPort == ushort.MaxValue ? ""
            : StartPort == EndPort ? $"/{StartPort}"
            : $"/{StartPort}-{EndPort}";
        return Protocol == 0 && ports.Length == 0 ? addresses : $"{addresses}[{(Protocol == 0 ? "" : Protocol)}{ports}]";
    }

    /// <summary>The selectors of a list, each dynamic one with the addresses that the end turned out to have.</summary>
    internal static IReadOnlyList<TrafficSelector> Resolve(IReadOnlyList<SelectorTemplate> templates, params IReadOnlyList<AddressPrefix> dynamic)
    {
        List<TrafficSelector> selectors = [];
        foreach (SelectorTemplate template in templates)
        {
            IEnumerable<(IpAddress First, IpAddress Last)> ranges = template.IsDynamic ? dynamic.Select(AddressRange.Of) : [(template.Start, template.End)];
            selectors.AddRange(ranges.Select(range => new TrafficSelector(template.Protocol, template.StartPort, template.EndPort, range.First, range.Last)));
        }

        return selectors;
    }

    private static bool TryParseAddresses(string text, out IpAddress start, out IpAddress end)
    {
        start = default;
        end = default;
        int dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash >= 0)
        {
            return IpAddress.TryParse(text[..dash].TrimEnd(), out start) && IpAddress.TryParse(text[(dash + 1)..].TrimStart(), out end)
                && start.Length == end.Length && start.CompareTo(end) <= 0;
        }

        if (!AddressPrefix.TryParse(text, out AddressPrefix prefix))
        {
            return false;
        }

        (start, end) = AddressRange.Of(prefix);
        return true;
    }

    private static bool TryParseUpper(string text, out byte protocol, out (ushort Start, ushort End) ports)
    {
        ports = (0, ushort.MaxValue);
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        string name = slash < 0 ? text : text[..slash];
        return TryParseProtocol(name, out protocol) && (slash < 0 || TryParsePorts(text[(slash + 1)..], out ports));
    }

    private static bool TryParseProtocol(string name, out byte protocol)
    {
        if (Protocols.TryGetValue(name, out ProtocolType known))
        {
            protocol = (byte)known;
            return true;
        }

        protocol = 0;
        return name.Length == 0 || byte.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out protocol);
    }

    private static bool TryParsePorts(string text, out (ushort Start, ushort End) ports)
    {
        ports = default;
        int dash = text.IndexOf('-', StringComparison.Ordinal);
        string first = dash < 0 ? text : text[..dash];
        string last = dash < 0 ? text : text[(dash + 1)..];
        return ushort.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out ports.Start)
            && ushort.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out ports.End)
            && ports.Start <= ports.End;
    }
}
