using MobikeX.Engine;
using MobikeX.Runtime;
using MobikeX.Xfrm;

namespace MobikeX.Cli.Kernel;

/// <summary>Puts the SAs of the kernel, which are one direction each, and one for each own address, together as pairs.</summary>
internal static class KernelSaPairing
{
    public static IReadOnlyList<KernelSa> Pair(IReadOnlyList<XfrmSa> sas, IReadOnlyList<XfrmPolicy> policies, IReadOnlyCollection<IpAddress> own)
    {
        List<KernelSa> pairs = [];
        foreach (IGrouping<(XfrmProtocol, XfrmMode, uint), XfrmSa> bundle in sas.GroupBy(static sa => (sa.Protocol, sa.Mode, sa.RequestId)))
        {
            List<XfrmSa[]> inbound = BySpi(bundle.Where(sa => own.Contains(sa.Destination)));
            List<XfrmSa[]> outbound = BySpi(bundle.Where(sa => !own.Contains(sa.Destination)));

            // More than one of each under one request ID are a rekeying, or have none; which belongs to which is then not known here.
            if (inbound.Count == 1 && outbound.Count == 1 && bundle.Key.Item3 != 0)
            {
                pairs.Add(Make(inbound[0], outbound[0], policies));
            }
            else
            {
                pairs.AddRange(inbound.Select(each => Make(each, [], policies)));
                pairs.AddRange(outbound.Select(each => Make([], each, policies)));
            }
        }

        return [.. pairs.OrderBy(static pair => pair.RequestId).ThenBy(static pair => pair.Inbound ?? pair.Outbound)];
    }

    private static List<XfrmSa[]> BySpi(IEnumerable<XfrmSa> sas) => [.. sas.GroupBy(static sa => (sa.Spi, sa.Mark)).Select(static group => group.ToArray())];

    private static KernelSa Make(XfrmSa[] inbound, XfrmSa[] outbound, IReadOnlyList<XfrmPolicy> policies)
    {
        XfrmSa any = outbound.Concat(inbound).First();
        XfrmPolicy[] selecting = [.. policies.Where(policy => policy.Direction == XfrmDirection.Out && policy.Templates.Any(template => IsFor(template, any)))];
        return new KernelSa
        {
            Inbound = inbound.FirstOrDefault()?.Spi,
            Outbound = outbound.FirstOrDefault()?.Spi,
            Protocol = any.Protocol,
            Mode = ChildSa.ModeOf(any.Protocol.ToIpsecProto(), any.Mode == XfrmMode.Tunnel, any.Encapsulation.HasValue),
            Local = Addresses(outbound.Select(static sa => sa.Source).Concat(inbound.Select(static sa => sa.Destination))),

            // Where packets are sent to is up to date; where they come from need not be, since the kernel does not look at it.
            Remote = Addresses(outbound.Length > 0 ? outbound.Select(static sa => sa.Destination) : inbound.Select(static sa => sa.Source)),
            LocalSelectors = [.. selecting.Select(static policy => policy.Selector.Source.ToString()).Distinct()],
            RemoteSelectors = [.. selecting.Select(static policy => policy.Selector.Destination.ToString()).Distinct()],
            RequestId = any.RequestId,
            Algorithms = any.Algorithms,
            Sent = Highest(outbound, static replay => replay.Sent),
            Received = Highest(inbound, static replay => replay.Highest),
            Octets = outbound.Concat(inbound).Aggregate(0UL, static (sum, sa) => sum + sa.Lifetime.Octets),
            Mark = any.Mark,
            InterfaceId = any.InterfaceId,
        };
    }

    private static bool IsFor(XfrmTemplate template, XfrmSa sa) =>
        template.Protocol == sa.Protocol && template.Mode == sa.Mode && template.RequestId == sa.RequestId && (template.Spi == 0 || template.Spi == sa.Spi);

    private static IReadOnlyList<IpAddress> Addresses(IEnumerable<IpAddress> addresses) => [.. addresses.Where(static address => !address.IsNone).Distinct()];

    private static ulong Highest(XfrmSa[] sas, Func<ReplayState, ulong> counter) => sas.Length == 0 ? 0 : sas.Max(sa => sa.Replay is { } replay ? counter(replay) : 0);
}
