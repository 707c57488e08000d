using System.Buffers.Binary;
using System.Numerics;
using MobikeX.Engine;
using MobikeX.Runtime;

namespace MobikeX.Xfrm;

/// <summary>Selectors of the kernel for Traffic Selectors: ranges become prefixes and masked ports, and each of one end is paired with each of the other.</summary>
internal static class SelectorPairs
{
    /// <summary>More policies than that for one pair of CHILD_SAs are refused: a peer may narrow to ranges that take hundreds of prefixes each.</summary>
    public const int Most = 256;

    private const byte Icmp = 1;
    private const byte Icmp6 = 58;
    private const int PortBits = 16;
    private const int OctetBits = 8;
    private const ushort WholePort = ushort.MaxValue;

    // The narrower a selector, the earlier it is looked at: first by its prefixes, then by its protocol, then by its ports.
    private const uint WidestPriority = 200_000;
    private const uint PriorityOfPrefixBit = 512;
    private const uint PriorityOfProtocol = 256;
    private const uint PriorityOfPortBit = 4;

    /// <summary>The selectors of packets from one end to the other.</summary>
    /// <exception cref="XfrmException">The kernel's selectors cannot say it, or only too many could.</exception>
    public static IReadOnlyList<XfrmSelector> From(IReadOnlyList<TrafficRange> local, IReadOnlyList<TrafficRange> remote)
    {
        HashSet<XfrmSelector> pairs = [];
        foreach (TrafficRange one in local)
        {
            foreach (TrafficRange other in remote)
            {
                foreach (XfrmSelector selector in Pair(one, other))
                {
                    pairs.Add(selector);
                    if (pairs.Count > Most)
                    {
                        throw new XfrmException(XfrmProblem.Refused, $"the traffic selectors take more than {Most} policies");
                    }
                }
            }
        }

        return pairs.Count > 0 ? [.. pairs] : throw new XfrmException(XfrmProblem.Mismatch, "no traffic selector of this host goes with one of the peer");
    }

    /// <summary>The selector of the packets that come back.</summary>
    public static XfrmSelector Reversed(this XfrmSelector selector)
    {
        XfrmSelector back = selector with { Source = selector.Destination, Destination = selector.Source };

        // Of ICMP the two are type and code.
        return IsIcmp(selector.Protocol) ? back : back with { SourcePort = selector.DestinationPort, DestinationPort = selector.SourcePort };
    }

    /// <summary>The narrowest selector that has all of some, and names no host: an SA has one selector, and its hosts may change.</summary>
    public static XfrmSelector WithoutHosts(IReadOnlyList<XfrmSelector> selectors)
    {
        XfrmSelector first = selectors[0];
        return first with
        {
            Source = default,
            Destination = default,
            Protocol = selectors.All(other => other.Protocol == first.Protocol) ? first.Protocol : (byte)0,
            SourcePort = Cover(selectors.Select(static selector => selector.SourcePort)),
            DestinationPort = Cover(selectors.Select(static selector => selector.DestinationPort)),
        };
    }

    /// <summary>The priority of the policy of a selector.</summary>
    public static uint Priority(in XfrmSelector selector) => WidestPriority
        - (PriorityOfPrefixBit * (uint)(selector.Source.Length + selector.Destination.Length))
        - (selector.Protocol == 0 ? 0 : PriorityOfProtocol)
        - (PriorityOfPortBit * (uint)(BitOperations.PopCount(selector.SourcePort.Mask) + BitOperations.PopCount(selector.DestinationPort.Mask)));

    /// <summary>The bits that ports have in common.</summary>
    private static XfrmPort Cover(IEnumerable<XfrmPort> ports) => ports.Aggregate(static (one, other) =>
    {
        int mask = one.Mask & other.Mask & ~(one.Value ^ other.Value);
        return new XfrmPort((ushort)(one.Value & mask), (ushort)mask);
    });

    private static IEnumerable<XfrmSelector> Pair(TrafficRange local, TrafficRange remote)
    {
        bool areOfOneProtocol = local.Protocol == remote.Protocol || local.Protocol == 0 || remote.Protocol == 0;
        if (local.First.Length != remote.First.Length || local.Last.Length != local.First.Length || remote.Last.Length != remote.First.Length || !areOfOneProtocol)
        {
            yield break;
        }

        byte protocol = local.Protocol == 0 ? remote.Protocol : local.Protocol;
        List<(XfrmPort Source, XfrmPort Destination)> ports = [.. IsIcmp(protocol) ? TypeAndCode(local, remote) : Ports(local, remote)];
        foreach (AddressPrefix source in Prefixes(local.First, local.Last))
        {
            foreach (AddressPrefix destination in Prefixes(remote.First, remote.Last))
            {
                foreach ((XfrmPort from, XfrmPort to) in ports)
                {
                    yield return XfrmSelector.Between(source, destination) with { Protocol = protocol, SourcePort = from, DestinationPort = to };
                }
            }
        }
    }

    private static IEnumerable<(XfrmPort Source, XfrmPort Destination)> Ports(TrafficRange local, TrafficRange remote) =>
        from source in Ports(local) from destination in Ports(remote) select (source, destination);

    private static IEnumerable<XfrmPort> Ports(TrafficRange range) => range.FirstPort > range.LastPort
        ? [default]
        : Blocks(range.FirstPort, range.LastPort, PortBits)
            .Select(static block => new XfrmPort((ushort)block.Value, block.Bits == PortBits ? (ushort)0 : (ushort)(WholePort << block.Bits)));

    /// <summary>A Traffic Selector of ICMP has the type in the upper octet of a port and the code in the lower one (RFC 7296, section 3.13.1).</summary>
    private static IEnumerable<(XfrmPort Source, XfrmPort Destination)> TypeAndCode(TrafficRange local, TrafficRange remote)
    {
        TrafficRange range = local is { FirstPort: 0, LastPort: WholePort } || local.FirstPort > local.LastPort ? remote : local;
        if (range is { FirstPort: 0, LastPort: WholePort } || range.FirstPort > range.LastPort)
        {
            return [(default, default)];
        }

        (int firstType, int lastType) = (range.FirstPort >> OctetBits, range.LastPort >> OctetBits);
        (byte firstCode, byte lastCode) = ((byte)range.FirstPort, (byte)range.LastPort);
        if (firstType != lastType || (firstCode != lastCode && (firstCode, lastCode) != (byte.MinValue, byte.MaxValue)))
        {
            throw new XfrmException(XfrmProblem.Refused, "of ICMP the kernel selects one type, with one code or with all");
        }

        return [(new XfrmPort((ushort)firstType, WholePort), firstCode == lastCode ? new XfrmPort(firstCode, WholePort) : default)];
    }

    private static IEnumerable<AddressPrefix> Prefixes(IpAddress first, IpAddress last)
    {
        int bits = first.Length * OctetBits;
        return Blocks(Number(first), Number(last), bits).Select(block => new AddressPrefix(Address(block.Value, first.Length), bits - block.Bits));
    }

    /// <summary>The largest aligned powers of two that a range falls into.</summary>
    private static IEnumerable<(UInt128 Value, int Bits)> Blocks(UInt128 first, UInt128 last, int most)
    {
        for (UInt128 at = first; at <= last;)
        {
            int bits = (int)UInt128.Min(UInt128.TrailingZeroCount(at), (UInt128)most);
            while ((at | Low(bits)) > last)
            {
                bits--;
            }

            yield return (at, bits);
            UInt128 end = at | Low(bits);
            if (end == last)
            {
                yield break;
            }

            at = end + 1;
        }
    }

    private static UInt128 Low(int bits) => bits == 128 ? UInt128.MaxValue : (UInt128.One << bits) - 1;

    private static bool IsIcmp(byte protocol) => protocol is Icmp or Icmp6;

    private static UInt128 Number(IpAddress address)
    {
        Span<byte> octets = stackalloc byte[IpAddress.IPv6Length];
        octets.Clear();
        address.TryWrite(octets[(IpAddress.IPv6Length - address.Length)..]);
        return BinaryPrimitives.ReadUInt128BigEndian(octets);
    }

    private static IpAddress Address(UInt128 number, int length)
    {
        Span<byte> octets = stackalloc byte[IpAddress.IPv6Length];
        BinaryPrimitives.WriteUInt128BigEndian(octets, number);
        return IpAddress.TryRead(octets[(IpAddress.IPv6Length - length)..], out IpAddress address) ? address : default;
    }
}
