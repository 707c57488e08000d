using System.Globalization;

namespace MobikeX.Lab.Network;

/// <summary>What the kernel counts of packets that did not get through.</summary>
internal static class XfrmStatistics
{
    public static IReadOnlyDictionary<string, long> Read(NetworkNamespace host) => host.Run(static () => File.ReadAllLines("/proc/thread-self/net/xfrm_stat"))
        .Select(static line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        .ToDictionary(static parts => parts[0], static parts => long.Parse(parts[1], CultureInfo.InvariantCulture));

    /// <summary>How many packets a host refused because of their sequence number.</summary>
    public static long RefusedNumbers(NetworkNamespace host) => Read(host)["XfrmInStateSeqError"];

    /// <summary>What some hosts have counted, by the kernel's names.</summary>
    public static string Describe(params NetworkNamespace[] hosts) => string.Join("; ", hosts.Select(static host =>
        $"{host.Name}: {string.Join(", ", Read(host).Where(static count => count.Value != 0).Select(static count => $"{count.Key} {count.Value}"))}"));
}
