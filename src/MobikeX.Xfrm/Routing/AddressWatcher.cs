using MobikeX.Runtime;
using MobikeX.Xfrm.Layouts;
using MobikeX.Xfrm.Netlink;

namespace MobikeX.Xfrm;

/// <summary>Tells of the addresses of a network namespace as they come, go, and are deprecated, and of its links. It needs no privilege.</summary>
/// <remarks>What the kernel could not hand over, since nobody read it, is made up for by asking for all of it again.</remarks>
public sealed class AddressWatcher : IDisposable
{
    private static readonly uint[] Groups = [RouteNumbers.LinkGroup, RouteNumbers.IPv4AddressGroup, RouteNumbers.IPv6AddressGroup];

    private readonly INetlinkChannel _told;
    private readonly NetlinkClient _asked;
    private AddressTable _table;

    internal AddressWatcher(INetlinkChannel told, INetlinkChannel asked)
    {
        _told = told;
        _asked = new NetlinkClient(asked);
        foreach (uint group in Groups)
        {
            told.Join(group);
        }

        _table = Ask();
    }

    /// <summary>The addresses by which a peer can be reached from here: those of links that carry packets; deprecated ones last.</summary>
    public IReadOnlyList<IpAddress> Usable => [.. _table.Usable];

    /// <summary>Every address of this namespace.</summary>
    public IReadOnlyList<IpAddress> All => [.. _table.All];

    /// <summary>Watches the network namespace of the calling thread.</summary>
    /// <exception cref="XfrmException">The kernel does not tell.</exception>
    public static AddressWatcher Open()
    {
        try
        {
            return new AddressWatcher(NetlinkSocket.Open(RouteNumbers.Family), NetlinkSocket.Open(RouteNumbers.Family));
        }
        catch (NetlinkException fault)
        {
            throw new XfrmException(XfrmProblem.Refused, fault.Message, fault);
        }
    }

    /// <summary>Waits for changes; none when the time is over.</summary>
    /// <exception cref="XfrmException">The kernel does not tell any more.</exception>
    public IReadOnlyList<AddressEvent> Wait(TimeSpan timeout)
    {
        try
        {
            List<AddressEvent> events = [];
            TimeSpan left = timeout;
            while (_told.Wait(left))
            {
                if (!TryTake(_table, events))
                {
                    events.AddRange(Resynchronize());
                }

                left = TimeSpan.Zero;
            }

            return events;
        }
        catch (NetlinkException fault)
        {
            throw new XfrmException(XfrmProblem.Refused, fault.Message, fault);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _told.Dispose();
        _asked.Dispose();
    }

    /// <summary>False where something was lost.</summary>
    private bool TryTake(AddressTable? table, List<AddressEvent> events)
    {
        try
        {
            foreach (NetlinkMessage message in NetlinkMessage.In(_told.Receive().Octets))
            {
                table?.Take(message, events);
            }

            return true;
        }
        catch (NetlinkException fault) when (fault.Error == Errno.NoBufferSpace)
        {
            return false;
        }
    }

    /// <summary>What still waits is older than the answer to a question, so that it is thrown away first.</summary>
    private IReadOnlyList<AddressEvent> Resynchronize()
    {
        _told.EnlargeReceiveBuffer();
        while (_told.Wait(TimeSpan.Zero))
        {
            TryTake(table: null, []);
        }

        AddressTable newer = Ask();
        IReadOnlyList<AddressEvent> events = _table.ChangesTo(newer);
        _table = newer;
        return events;
    }

    private AddressTable Ask()
    {
        AddressTable table = new();
        Dump(RouteNumbers.GetLink, default(LinkLayout), table);
        Dump(RouteNumbers.GetAddress, default(AddressLayout), table);
        return table;
    }

    private void Dump<T>(ushort type, T body, AddressTable table)
        where T : unmanaged
    {
        using var request = new NetlinkRequest(type, NetlinkFlags.None);
        request.Write(body);
        List<AddressEvent> unused = [];
        _asked.Dump(request, "list links and addresses", static () => { }, (in NetlinkMessage message) => table.Take(message, unused));
    }
}
