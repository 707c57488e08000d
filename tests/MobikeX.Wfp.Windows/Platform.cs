using System.Runtime.InteropServices;
using MobikeX.Runtime;

namespace MobikeX.Wfp.Windows;

/// <summary>The fwpuclnt.dll that is loaded, and what the stand-in offers besides the platform's functions.</summary>
internal static partial class Platform
{
    private const string Library = "fwpuclnt.dll";

    /// <summary>True where it is the stand-in, false where it is that of Windows.</summary>
    public static bool IsStandIn { get; } = NativeLibrary.TryGetExport(NativeLibrary.Load(Library), nameof(StandInReset), out _);

    /// <summary>Blocks and handles that were handed out and have not come back.</summary>
    public static int Outstanding => StandInOutstanding();

    /// <summary>All that the stand-in holds; equal where nothing has changed.</summary>
    public static string Holds => Text(StandInReport());

    public static string Layouts => Text(StandInLayouts());

    /// <summary>The functions that were called since <see cref="ForgetCalls"/>.</summary>
    public static string[] Calls => Text(StandInCalls()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static bool HasFailed => StandInHasFailed() != 0;

    public static void Reset()
    {
        if (IsStandIn)
        {
            StandInReset();
        }
    }

    public static void ForgetCalls() => StandInForgetCalls();

    /// <summary>Makes the call after so many fail: of one function, of any that changes something ("change"), or of "any".</summary>
    public static void Fail(string function, int after, uint code = 0x80320012)
    {
        Demand("fails no call on request");
        StandInFail(function, after, code);
    }

    public static ulong Send(uint spi, ulong octets)
    {
        Demand("sends no packet on request");
        return StandInSend(spi, octets);
    }

    public static bool Receive(uint spi, IpAddress source, ulong sequence, ulong octets)
    {
        Demand("receives no packet on request");
        Span<byte> written = stackalloc byte[IpAddress.IPv6Length];
        source.TryWrite(written);
        if (source.IsIPv4)
        {
            written[..IpAddress.IPv4Length].Reverse();
        }

        return StandInReceive(spi, written, sequence, octets) != 0;
    }

    public static ulong Octets(uint spi)
    {
        Demand("does not show what an SA has carried");
        return StandInOctets(spi);
    }

    private static void Demand(string lack)
    {
        if (!IsStandIn)
        {
            throw new NotOfferedException($"the base filtering engine {lack}");
        }
    }

    private static string Text(nint text) => Marshal.PtrToStringUTF8(text)!;

    [LibraryImport(Library)]
    private static partial void StandInReset();

    [LibraryImport(Library)]
    private static partial int StandInOutstanding();

    [LibraryImport(Library)]
    private static partial int StandInHasFailed();

    [LibraryImport(Library)]
    private static partial nint StandInReport();

    [LibraryImport(Library)]
    private static partial nint StandInLayouts();

    [LibraryImport(Library)]
    private static partial nint StandInCalls();

    [LibraryImport(Library)]
    private static partial void StandInForgetCalls();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial void StandInFail(string function, int after, uint code);

    [LibraryImport(Library)]
    private static partial ulong StandInSend(uint spi, ulong octets);

    [LibraryImport(Library)]
    private static partial int StandInReceive(uint spi, ReadOnlySpan<byte> source, ulong sequence, ulong octets);

    [LibraryImport(Library)]
    private static partial ulong StandInOctets(uint spi);
}
