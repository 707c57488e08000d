using System.Net;
using System.Net.Sockets;
using MobikeX.Engine.Memory;
using MobikeX.Ike;
using MobikeX.Ike.Authentication;
using MobikeX.Lab.Network;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Lab.Ike;

/// <summary>Somebody on the internet who begins an IKE_SA, and goes no further than the first answer.</summary>
internal static class Stranger
{
    private const int Patience = 30_000;

    /// <summary>Leaves an IKE_SA half open at a host.</summary>
    /// <param name="from">Where the stranger is.</param>
    /// <param name="to">The address of the host.</param>
    /// <param name="algorithms">Those of an IKE_SA that it takes.</param>
    public static void BeginWith(NetworkNamespace from, string to, string algorithms) => from.Run(() =>
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = Patience };
        socket.Connect(IPAddress.Parse(to), (int)Constants.IkePort);
        IpAddress own = IpAddress.Parse(((IPEndPoint)socket.LocalEndPoint!).Address.ToString());
        Assert.True(IkeProposal.TryParse(algorithms, out IkeProposal? proposal, out string? fault), fault);
        var key = new PresharedKey("a key of a stranger"u8.ToArray());
        var connection = new IkeConnectionOptions
        {
            Name = "stranger",
            LocalIdentity = "stranger.example",
            LocalCredential = key,
            RemoteCredential = key,
            Proposals = [proposal],
        };
        var endpoint = new IkeEndpoint(new IkeOptions { Connections = [connection] }, new MemoryIpsecBackend());
        Assert.True(endpoint.TryInitiate(connection.Name, TimeSpan.Zero, own, IpAddress.Parse(to), out _, out fault), fault);
        Assert.True(endpoint.TryPollDatagram(out OutgoingDatagram request));
        socket.Send(request.Octets);
        Assert.True(socket.Receive(new byte[request.Octets.Length * 2]) > 0);
    });
}
