using System.Globalization;
using System.Text.RegularExpressions;
using MobikeX.Lab.Network;

namespace MobikeX.Lab.Ike;

/// <summary>An SA that the kernel of a host has, whoever put it there.</summary>
/// <param name="Ports">Those of UDP, the source's first; none where it is not in UDP.</param>
internal sealed partial record KernelSa(string Source, string Destination, uint Spi, string Mode, (int Source, int Destination)? Ports)
{
    public bool IsInUdp => Ports is not null;

    public static IReadOnlyList<KernelSa> Of(NetworkNamespace host) =>
    [
        .. host.Call("ip", "xfrm", "state").Split("\nsrc ", StringSplitOptions.RemoveEmptyEntries)
            .Select(static text => (Text: text, Match: Head().Match(text)))
            .Where(static state => state.Match.Success)
            .Select(static state => new KernelSa(
                state.Match.Groups[1].Value,
                state.Match.Groups[2].Value,
                uint.Parse(state.Match.Groups[3].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
                state.Match.Groups[4].Value,
                UdpPorts(state.Text)))
            .Where(static sa => sa.Spi != 0),
    ];

    private static (int Source, int Destination)? UdpPorts(string text) => InUdp().Match(text) is not { Success: true } match
        ? null
        : (int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"encap type espinudp sport (\d+) dport (\d+)")]
    private static partial Regex InUdp();

    // One that is still being asked for has no mode of its own yet and SPI 0.
    [GeneratedRegex(@"^(?:src )?(\S+) dst (\S+)\s+proto esp spi 0x([0-9a-f]+) reqid \d+ mode (\w+)")]
    private static partial Regex Head();
}
