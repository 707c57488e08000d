using System.Globalization;
using System.Text.Json;
using MobikeX.Protocol;
using MobikeX.Runtime;
using MobikeX.Xfrm;
using Spectre.Console;

namespace MobikeX.Cli.Kernel;

/// <summary>SAs of the kernel as a table, as JSON, and as lines of what becomes of them.</summary>
internal static class KernelSaOutput
{
    private const string None = "-";

    public static void Write(IAnsiConsole console, IReadOnlyList<KernelSa> sas)
    {
        Table table = new Table { Border = TableBorder.Rounded }.AddColumns("SPI in", "SPI out", "Protocol", "Mode", "Local", "Remote", "Selectors", "Request ID", "Sent", "Received", "Octets");
        foreach (KernelSa sa in sas)
        {
            string selectors = sa.LocalSelectors.Count == 0 ? None : $"{string.Join(", ", sa.LocalSelectors)} ↔ {string.Join(", ", sa.RemoteSelectors)}";
            table.AddRow(
                new Text(Spi(sa.Inbound) ?? None),
                new Text(Spi(sa.Outbound) ?? None),
                new Text(Name(sa.Protocol)),
                new Text(sa.Mode.Name()!),
                new Text(string.Join(", ", sa.Local)),
                new Text(string.Join(", ", sa.Remote)),
                new Text(selectors),
                new Text(Number(sa.RequestId)),
                new Text(Number(sa.Sent)),
                new Text(Number(sa.Received)),
                new Text(Number(sa.Octets)));
        }

        console.Write(table);
        console.WriteLine($"{sas.Count} {(sas.Count == 1 ? "pair" : "pairs")} of SAs");
    }

    public static void Write(Utf8JsonWriter json, IReadOnlyList<KernelSa> sas, string networkNamespace)
    {
        json.WriteStartObject();
        json.WriteString("networkNamespace", networkNamespace);
        json.WriteStartArray("sas");
        foreach (KernelSa sa in sas)
        {
            json.WriteStartObject();
            json.WriteString("inboundSpi", Spi(sa.Inbound));
            json.WriteString("outboundSpi", Spi(sa.Outbound));
            json.WriteString("protocol", Name(sa.Protocol));
            json.WriteString("mode", sa.Mode.Name());
            WriteList(json, "local", sa.Local.Select(static address => address.ToString()));
            WriteList(json, "remote", sa.Remote.Select(static address => address.ToString()));
            WriteList(json, "localSelectors", sa.LocalSelectors);
            WriteList(json, "remoteSelectors", sa.RemoteSelectors);
            json.WriteNumber("requestId", sa.RequestId);
            json.WriteString("algorithms", sa.Algorithms);
            json.WriteNumber("sent", sa.Sent);
            json.WriteNumber("received", sa.Received);
            json.WriteNumber("octets", sa.Octets);
            json.WriteString("mark", sa.Mark.IsNone ? null : sa.Mark.ToString());
            json.WriteNumber("interfaceId", sa.InterfaceId);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>One line that says what became of an SA.</summary>
    public static string Line(in XfrmSaEvent told)
    {
        string kind = told.Kind.ToString().ToLowerInvariant();
        IpAddress source = told.Source;
        return told.Key == default ? kind
            : $"{kind} {Name(told.Key.Protocol)} {Spi(told.Key.Spi)} {(source.IsNone ? "any" : source.ToString())} → {told.Key.Destination} {told.Mode} request ID {Number(told.RequestId)}";
    }

    private static string Name(XfrmProtocol protocol) => protocol.ToString().ToUpperInvariant();

    private static string? Spi(uint? spi) => spi?.ToString("x8", CultureInfo.InvariantCulture);

    private static string Number(ulong number) => number.ToString(CultureInfo.InvariantCulture);

    private static void WriteList(Utf8JsonWriter json, string name, IEnumerable<string> items)
    {
        json.WriteStartArray(name);
        foreach (string item in items)
        {
            json.WriteStringValue(item);
        }

        json.WriteEndArray();
    }
}
