using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using MobikeX.Lab.Network;
using MobikeX.Lab.Traffic;

namespace MobikeX.Lab.Captures;

/// <summary>Everything that arrives at a host, on any of its links, from now until it is read.</summary>
internal sealed partial class Capture : IDisposable
{
    private const int FileHeader = 24, RecordHeader = 16, LinkHeader = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _path = $"/run/tmp/{Guid.NewGuid():n}.pcap";
    private readonly string _kept;
    private readonly Process _process;

    /// <param name="host">Where.</param>
    /// <param name="kept">The file in which it is kept when it is read.</param>
    /// <param name="octets">How much of each packet.</param>
    public Capture(NetworkNamespace host, string kept, int octets = 512)
    {
        _kept = kept;
        string[] arguments = ["netns", "exec", host.Name, "tcpdump", "-n", "--immediate-mode", "-i", "any", "-y", "LINUX_SLL2", "-Q", "in", "-B", "32768", "-s", $"{octets}", "-Z", "root", "-w", _path];
        _process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
        while (_process.StandardError.ReadLine() is { } line)
        {
            if (line.Contains("listening on", StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new InvalidOperationException("tcpdump does not listen");
    }

    /// <summary>Sends until so many packets have come each way, and gives back what was seen of it on the internet.</summary>
    public static IReadOnlyList<CapturedPacket> Record(LabNetwork network, string kept, TwoWayFlow flows, int packets)
    {
        using var capture = new Capture(network.Internet, kept);
        flows.Start();
        flows.WaitForReceived(packets);
        flows.EndSending();
        return capture.Read();
    }

    /// <summary>Ends the capture, and gives back what it took.</summary>
    public IReadOnlyList<CapturedPacket> Read()
    {
        // What has just arrived is still on its way through tcpdump.
        Thread.Sleep(100);
        Command.Run("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        Task<string> said = _process.StandardError.ReadToEndAsync();
        if (!_process.WaitForExit(Patience))
        {
            throw new InvalidOperationException("tcpdump does not end");
        }

        Assert.True(Dropped().Match(said.Result) is { Success: true, Groups: [_, { Value: "0" }] }, $"the capture is not complete: {said.Result}");
        byte[] file = File.ReadAllBytes(_path);
        File.Copy(_path, _kept, overwrite: true);
        return [.. Packets(file)];
    }

    /// <summary>Ends the capture. What a scenario that failed did not read is kept too.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Command.Run("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            if (!_process.WaitForExit(Patience))
            {
                _process.Kill();
                _process.WaitForExit();
            }

            File.Copy(_path, _kept, overwrite: true);
        }

        _process.Dispose();
        File.Delete(_path);
    }

    [GeneratedRegex(@"(\d+) packets? dropped by kernel")]
    private static partial Regex Dropped();

    private static IEnumerable<CapturedPacket> Packets(byte[] file)
    {
        for (int at = FileHeader; at + RecordHeader <= file.Length;)
        {
            DateTime time = DateTime.UnixEpoch
                .AddSeconds(BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at)))
                .AddMicroseconds(BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 4)));
            int length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 8));
            at += RecordHeader;
            yield return new CapturedPacket(BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at + 4)), file[(at + LinkHeader)..(at + length)], time);
            at += length;
        }
    }
}

/// <summary>What a capture must show.</summary>
internal static class CaptureChecks
{
    /// <summary>Nothing was seen in the clear: no packet that is not protected, and no octets of a flow in any.</summary>
    public static void AssertNothingInTheClear(this IReadOnlyList<CapturedPacket> packets)
    {
        CapturedPacket[] clear = [.. packets.Where(packet => packet.Kind == PacketKind.Clear || packet.Octets.AsSpan().IndexOf(UdpFlow.Mark) >= 0)];
        Assert.True(clear.Length == 0, $"{clear.Length} packets in the clear, the first from {clear.FirstOrDefault()?.Source} to {clear.FirstOrDefault()?.Destination}");
    }

    /// <summary>No sequence number was sent twice under an SPI.</summary>
    public static void AssertNoNumberTwice(this IReadOnlyList<CapturedPacket> packets)
    {
        foreach ((uint spi, uint[] numbers) in Numbers(packets))
        {
            Assert.True(numbers.Distinct().Count() == numbers.Length, $"SPI {spi:x8}: numbers were sent twice");
        }
    }

    /// <summary>No sequence number is missing under an SPI from the first that was sent to the last.</summary>
    public static void AssertNoNumberMissing(this IReadOnlyList<CapturedPacket> packets)
    {
        foreach ((uint spi, uint[] numbers) in Numbers(packets))
        {
            Assert.True(numbers.Max() - numbers.Min() + 1 == numbers.Length, $"SPI {spi:x8}: {numbers.Length} packets from {numbers.Min()} to {numbers.Max()}");
        }
    }

    /// <summary>The last packets of an SPI.</summary>
    public static IEnumerable<CapturedPacket> Last(this IReadOnlyList<CapturedPacket> packets, uint spi, int count) =>
        packets.Where(packet => packet.EspHeader?.Spi == spi).TakeLast(count);

    /// <summary>The sequence numbers of each SPI, in the order in which they were sent.</summary>
    public static IEnumerable<(uint Spi, uint[] Numbers)> Numbers(this IReadOnlyList<CapturedPacket> packets)
    {
        (uint Spi, uint[] Numbers)[] numbers =
        [
            .. packets.Select(packet => packet.EspHeader)
                .OfType<(uint Spi, uint Sequence)>()
                .GroupBy(header => header.Spi, (spi, headers) => (spi, headers.Select(header => header.Sequence).ToArray())),
        ];
        Assert.NotEmpty(numbers);
        return numbers;
    }
}
