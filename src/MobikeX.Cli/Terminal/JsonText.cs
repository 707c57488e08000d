using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MobikeX.Cli.Terminal;

/// <summary>Writes one JSON value on one line, whole or not at all.</summary>
internal static class JsonText
{
    // The output is for a pipe, not for a web page: the default encoder would turn ' and < and é into escapes.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static void WriteLine(TextWriter output, Action<Utf8JsonWriter> write)
    {
        var octets = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(octets, Options))
        {
            write(json);
        }

        output.WriteLine(Encoding.UTF8.GetString(octets.WrittenSpan));
    }
}
