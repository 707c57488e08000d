using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using MobikeX.Ike;
using MobikeX.Runtime;

namespace MobikeX.Cli.Run;

/// <summary>The connections that this host begins, and begins again when they end, until they are taken down. It belongs to the thread of the endpoint.</summary>
/// <param name="later">Runs a command on the thread of the endpoint after some time.</param>
internal sealed class KeptConnections(Action<TimeSpan, Action<IkeEndpoint, TimeSpan>> later)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1), LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>How long each waits before it is begun again.</summary>
    private readonly Dictionary<string, TimeSpan> _waits = [];

    /// <summary>Begins a connection at start, and keeps it.</summary>
    public void Keep(IkeEndpoint endpoint, string name, TimeSpan now)
    {
        if (!TryBegin(endpoint, name, now, out _, out _))
        {
            BeginLater(name);
        }
    }

    /// <summary>Begins a connection; where it is begun already, that is it. What a stranger began is none: it may be anybody's.</summary>
    public bool TryBegin(IkeEndpoint endpoint, string name, TimeSpan now, [NotNullWhen(true)] out IkePeer? peer, [NotNullWhen(false)] out string? fault)
    {
        _waits.TryAdd(name, FirstWait);
        peer = endpoint.Peers.FirstOrDefault(each => each.Connection.Name == name && !each.IsEnded && (each.IsInitiator || each.IsEstablished));
        fault = null;
        return peer is not null || TryInitiate(endpoint, name, now, out peer, out fault);
    }

    /// <summary>A connection is not begun again.</summary>
    public void Forget(string name) => _waits.Remove(name);

    /// <summary>No connection is begun again.</summary>
    public void ForgetAll() => _waits.Clear();

    /// <summary>Takes what the endpoint tells.</summary>
    public void Take(IkeEvent told)
    {
        if (told is SaEstablished && _waits.ContainsKey(told.Connection))
        {
            _waits[told.Connection] = FirstWait;
        }
        else if (told is SaEnded { IsOfStranger: false })
        {
            BeginLater(told.Connection);
        }
    }

    /// <summary>Where the configuration names no address of this host, it is the one that the system sends to the peer from.</summary>
    private static bool TryInitiate(IkeEndpoint endpoint, string name, TimeSpan now, [NotNullWhen(true)] out IkePeer? peer, [NotNullWhen(false)] out string? fault)
    {
        IkeConnectionOptions? connection = endpoint.Options.Connections.FirstOrDefault(each => each.Name == name);
        foreach (IpAddress remote in connection is { LocalAddresses.Count: 0 } ? connection.RemoteAddresses : [])
        {
            if (SourceTo(remote) is { IsNone: false } local && endpoint.TryInitiate(name, now, local, remote, out peer, out fault))
            {
                return true;
            }
        }

        return endpoint.TryInitiate(name, now, out peer, out fault);
    }

    /// <summary>Nothing is sent by this.</summary>
    private static IpAddress SourceTo(IpAddress remote)
    {
        try
        {
            var destination = new IPEndPoint(remote.ToIPAddress(), (ushort)Protocol.Ikev2.Constants.IkePort);
            using var socket = new Socket(destination.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(destination);
            return IpAddress.From(((IPEndPoint)socket.LocalEndPoint!).Address);
        }
        catch (SocketException)
        {
            // No route: it is tried again later.
            return default;
        }
    }

    private void BeginLater(string name)
    {
        if (!_waits.TryGetValue(name, out TimeSpan wait))
        {
            return;
        }

        _waits[name] = wait * 2 < LongestWait ? wait * 2 : LongestWait;
        later(wait, (endpoint, now) =>
        {
            if (_waits.ContainsKey(name))
            {
                Keep(endpoint, name, now);
            }
        });
    }
}
