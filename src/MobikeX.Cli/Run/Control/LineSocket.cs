using System.Net.Sockets;

namespace MobikeX.Cli.Run.Control;

/// <summary>Lines over a stream socket, each of them bounded.</summary>
internal sealed class LineSocket(Socket socket)
{
    /// <summary>Octets of the longest request.</summary>
    public const int LongestRequest = 16 * 1024;

    /// <summary>Octets of the longest answer: a list of very many SAs.</summary>
    public const int LongestAnswer = 64 * 1024 * 1024;

    private byte[] _octets = new byte[4096];
    private int _count;

    /// <summary>A line without its end; null where the other end closed first, or the line is too long.</summary>
    public async Task<byte[]?> ReadLineAsync(int longest, CancellationToken stop)
    {
        int searched = 0;
        while (true)
        {
            int end = Array.IndexOf(_octets, (byte)'\n', searched, _count - searched);
            if (end >= 0)
            {
                byte[] line = _octets[..end];
                _count -= end + 1;
                _octets.AsSpan(end + 1, _count).CopyTo(_octets);
                return line;
            }

            searched = _count;
            if (_count > longest)
            {
                return null;
            }

            if (_count == _octets.Length)
            {
                Array.Resize(ref _octets, _count * 2);
            }

            int received = await socket.ReceiveAsync(_octets.AsMemory(_count), SocketFlags.None, stop).ConfigureAwait(false);
            if (received == 0)
            {
                return null;
            }

            _count += received;
        }
    }

    /// <summary>Sends a line and its end.</summary>
    public async Task WriteLineAsync(ReadOnlyMemory<byte> line, CancellationToken stop)
    {
        byte[] octets = [.. line.Span, (byte)'\n'];
        for (int sent = 0; sent < octets.Length;)
        {
            sent += await socket.SendAsync(octets.AsMemory(sent), SocketFlags.None, stop).ConfigureAwait(false);
        }
    }
}
