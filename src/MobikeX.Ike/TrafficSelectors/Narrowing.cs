using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Ike;

/// <summary>What two peers agree on of the traffic that each would like a CHILD_SA to carry (RFC 7296, 2.9).</summary>
internal static class Narrowing
{
    /// <summary>The count of selectors in a payload is one octet.</summary>
    private const int MostSelectors = (int)Constants.MostSelectors;

    /// <summary>The part of what the peer offers that the own configuration allows.</summary>
    /// <param name="offered">The selectors that the peer offers; those of the packet that made it ask come first, and so they stay.</param>
    /// <param name="own">The selectors of the own configuration for the same end.</param>
    /// <param name="narrowed">The selectors in common, none of which lies within another.</param>
    /// <returns>False where nothing is in common: the offer is answered with TS_UNACCEPTABLE.</returns>
    public static bool TryNarrow(IReadOnlyList<TrafficSelector> offered, IReadOnlyList<TrafficSelector> own, out IReadOnlyList<TrafficSelector> narrowed)
    {
        List<TrafficSelector> common = [];
        foreach (TrafficSelector wish in offered)
        {
            foreach (TrafficSelector allowed in own)
            {
                if (common.Count < MostSelectors && Intersect(wish, allowed) is { } both && !common.Exists(known => Contains(known, both)))
                {
                    common.RemoveAll(known => Contains(both, known));
                    common.Add(both);
                }
            }
        }

        narrowed = common;
        return common.Count > 0;
    }

    /// <summary>Whether a Responder kept within what it was offered.</summary>
    public static bool IsSubset(IReadOnlyList<TrafficSelector> answer, IReadOnlyList<TrafficSelector> offered) =>
        answer.Count > 0 && answer.All(part => offered.Any(whole => Contains(whole, part)));

    /// <summary>Puts the address that is used at this end in the place of the one that the peer knows, where a NAT lies between them (RFC 7296, 2.23.1).</summary>
    /// <remarks>Only selectors of a single host are rewritten; transport mode allows no others.</remarks>
    public static IReadOnlyList<TrafficSelector> Substitute(IReadOnlyList<TrafficSelector> selectors, IpAddress address) =>
        [.. selectors.Select(selector => selector.Start == selector.End ? selector with { Start = address, End = address } : selector)];

    /// <summary>True where every selector is a single host, as transport mode demands.</summary>
    public static bool AreHosts(IReadOnlyList<TrafficSelector> selectors) => selectors.All(static selector => selector.Start == selector.End);

    /// <summary>The traffic that two selectors have in common; null where there is none.</summary>
    public static TrafficSelector? Intersect(TrafficSelector left, TrafficSelector right)
    {
        if (left.Start.Length != right.Start.Length || (left.Protocol != right.Protocol && left.Protocol != 0 && right.Protocol != 0))
        {
            return null;
        }

        IpAddress start = left.Start.CompareTo(right.Start) < 0 ? right.Start : left.Start;
        IpAddress end = left.End.CompareTo(right.End) < 0 ? left.End : right.End;
        if (start.CompareTo(end) > 0 || IntersectPorts(left, right) is not { } ports)
        {
            return null;
        }

        byte protocol = left.Protocol == 0 ? right.Protocol : left.Protocol;
        return new TrafficSelector(protocol, ports.Start, ports.End, start, end);
    }

    /// <summary>Whether all traffic of the one is traffic of the other.</summary>
    public static bool Contains(TrafficSelector whole, TrafficSelector part) => Intersect(whole, part) == part;

    /// <summary>From the last port to the first one is OPAQUE: packets whose ports are not known (RFC 7296, 3.13.1). Any ports include those.</summary>
    private static (ushort Start, ushort End)? IntersectPorts(TrafficSelector left, TrafficSelector right)
    {
        bool leftIsOpaque = IsOpaque(left);
        bool rightIsOpaque = IsOpaque(right);
        if (leftIsOpaque || rightIsOpaque)
        {
            return leftIsOpaque && (rightIsOpaque || IsAnyPort(right)) ? (left.StartPort, left.EndPort)
                : rightIsOpaque && IsAnyPort(left) ? (right.StartPort, right.EndPort)
                : null;
        }

        ushort start = Math.Max(left.StartPort, right.StartPort);
        ushort end = Math.Min(left.EndPort, right.EndPort);
        return start <= end ? (start, end) : null;
    }

    private static bool IsOpaque(TrafficSelector selector) => selector.StartPort == ushort.MaxValue && selector.EndPort == 0;

    private static bool IsAnyPort(TrafficSelector selector) => selector.StartPort == 0 && selector.EndPort == ushort.MaxValue;
}
