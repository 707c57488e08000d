using System.Net.Sockets;

namespace MobikeX.Cli.Run.Control;

/// <summary>The Unix socket that a daemon is commanded by: one line a request, one line an answer.</summary>
/// <remarks>Whoever can open it can command the daemon: it belongs to the daemon's user alone.</remarks>
internal sealed class ControlSocket : IDisposable
{
    /// <summary>So many commands are served side by side; more wait.</summary>
    private const int MostAtOnce = 16;

    /// <summary>How long a client may take to say what it wants, or to take the answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Socket _listener;
    private readonly string _path;
    private readonly SemaphoreSlim _places = new(MostAtOnce);

    private ControlSocket(Socket listener, string path)
    {
        _listener = listener;
        _path = path;
    }

    /// <summary>Opens it. The file of a daemon that is no more is replaced.</summary>
    /// <exception cref="IOException">It cannot be opened, and why.</exception>
    public static ControlSocket Open(string path)
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            UnixDomainSocketEndPoint place = Place(path);
            RemoveAbandoned(path, place);
            listener.Bind(place);

            // Nobody can connect before it listens, so that there is no moment at which others could.
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            listener.Listen(MostAtOnce);
            return new ControlSocket(listener, path);
        }
        catch (Exception fault) when (fault is SocketException or UnauthorizedAccessException or IOException)
        {
            listener.Dispose();
            throw new IOException($"the control socket {path} cannot be opened: {fault.Message}", fault);
        }
    }

    /// <summary>The place of a socket.</summary>
    /// <exception cref="IOException">The path is none for a socket.</exception>
    public static UnixDomainSocketEndPoint Place(string path)
    {
        try
        {
            return new UnixDomainSocketEndPoint(path);
        }
        catch (ArgumentException)
        {
            throw new IOException("the path of a Unix socket is not empty, and has no more than 107 octets");
        }
    }

    /// <summary>Serves until it is to stop.</summary>
    public async Task RunAsync(Func<ControlRequest, CancellationToken, Task<ControlAnswer>> serve, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await _places.WaitAsync(stop).ConfigureAwait(false);
                Socket client = await _listener.AcceptAsync(stop).ConfigureAwait(false);
                _ = ServeAsync(client, serve, stop);
            }
        }
        catch (Exception fault) when (stop.IsCancellationRequested && fault is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // It is to stop.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        try
        {
            File.Delete(_path);
        }
        catch (Exception fault) when (InputFile.IsDenied(fault))
        {
            // The next daemon replaces it.
        }
    }

    private async Task ServeAsync(Socket client, Func<ControlRequest, CancellationToken, Task<ControlAnswer>> serve, CancellationToken stop)
    {
        try
        {
            using (client)
            {
                var lines = new LineSocket(client);
                while (await ServeOneAsync(lines, serve, stop).ConfigureAwait(false))
                {
                    // The next line.
                }
            }
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException)
        {
            // The client has gone, takes too long, or the daemon is to stop: this client is served no more.
        }
        finally
        {
            _places.Release();
        }
    }

    private static async Task<bool> ServeOneAsync(LineSocket lines, Func<ControlRequest, CancellationToken, Task<ControlAnswer>> serve, CancellationToken stop)
    {
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(stop);
        reading.CancelAfter(Patience);
        if (await lines.ReadLineAsync(LineSocket.LongestRequest, reading.Token).ConfigureAwait(false) is not { } line)
        {
            return false;
        }

        ControlAnswer answer = ControlRequestReader.Read(line, out string fault) is { } request
            ? await serve(request, stop).ConfigureAwait(false)
            : ControlAnswer.Wrong(fault);
        using var writing = CancellationTokenSource.CreateLinkedTokenSource(stop);
        writing.CancelAfter(Patience);
        await lines.WriteLineAsync(answer.ToLine(), writing.Token).ConfigureAwait(false);
        return true;
    }

    private static void RemoveAbandoned(string path, UnixDomainSocketEndPoint place)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(place);
        }
        catch (SocketException fault) when (fault.SocketErrorCode == SocketError.ConnectionRefused)
        {
            // To connect to what is no socket is refused as well: only a socket is removed.
            if (CanBeRead(path))
            {
                throw new IOException("another file is in its place");
            }

            File.Delete(path);
            return;
        }

        throw new IOException("another daemon listens there");
    }

    /// <summary>A file can; a socket cannot.</summary>
    private static bool CanBeRead(string path)
    {
        try
        {
            File.OpenHandle(path).Dispose();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
