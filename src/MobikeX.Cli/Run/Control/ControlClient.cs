using System.Buffers;
using System.Net.Sockets;
using System.Text.Json;

namespace MobikeX.Cli.Run.Control;

/// <summary>Asks a daemon for one thing.</summary>
internal static class ControlClient
{
    /// <summary>Sends a request and waits for its answer.</summary>
    /// <param name="path">The control socket of the daemon.</param>
    /// <param name="write">Writes the members of the request.</param>
    /// <exception cref="IOException">No daemon answers there, and why.</exception>
    public static async Task<ControlAnswer> AskAsync(string path, Action<Utf8JsonWriter> write, CancellationToken stop)
    {
        var octets = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(octets))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(ControlSocket.Place(path), stop).ConfigureAwait(false);
            var lines = new LineSocket(socket);
            await lines.WriteLineAsync(octets.WrittenMemory, stop).ConfigureAwait(false);
            byte[]? line = await lines.ReadLineAsync(LineSocket.LongestAnswer, stop).ConfigureAwait(false);
            return (line is null ? null : ControlAnswer.Read(line)) ?? throw new IOException($"what listens at {path} gives no answer of a daemon");
        }
        catch (SocketException fault)
        {
            throw new IOException($"no daemon answers at {path}: {fault.Message}", fault);
        }
    }
}
