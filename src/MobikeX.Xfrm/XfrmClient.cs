using MobikeX.Runtime;
using MobikeX.Xfrm.Layouts;
using MobikeX.Xfrm.Netlink;

namespace MobikeX.Xfrm;

/// <summary>The SAD and the SPD of one network namespace of this kernel, by <c>NETLINK_XFRM</c>. Not for several threads at once.</summary>
public sealed partial class XfrmClient : IDisposable
{
    /// <summary>An SPI that none is given (RFC 4303, section 2.1 reserves the first 255), to ask about nothing.</summary>
    private const uint UnusedSpi = 1;

    private readonly NetlinkClient _netlink;
    private bool? _migratesStates;

    internal XfrmClient(INetlinkChannel channel, string networkNamespace)
    {
        _netlink = new NetlinkClient(channel);
        NetworkNamespace = networkNamespace;
    }

    /// <summary>The network namespace that the client was opened in, such as <c>net:[4026531840]</c>.</summary>
    public string NetworkNamespace { get; }

    /// <summary>Whether the kernel moves an SA in one step (<c>XFRM_MSG_MIGRATE_STATE</c>); found out once.</summary>
    internal bool MigratesStates => _migratesStates ??= Probe();

    /// <summary>Opens the SAD and the SPD of the network namespace of the calling thread.</summary>
    /// <exception cref="XfrmException">The kernel has no XFRM, or the process may not.</exception>
    public static XfrmClient Open()
    {
        string networkNamespace = NetworkNamespaces.OfThisThread();
        NetlinkSocket socket;
        try
        {
            socket = NetlinkSocket.Open(XfrmMessage.Family);
        }
        catch (NetlinkException fault)
        {
            throw XfrmFaults.OfOpening(fault);
        }

        return new XfrmClient(socket, networkNamespace);
    }

    /// <summary>The SA of a key.</summary>
    /// <exception cref="XfrmException">There is none, or the process may not.</exception>
    public XfrmSa GetSa(in XfrmSaKey key) => FindSa(key) ?? throw XfrmFaults.NotFound(key.ToString(), NetworkNamespace);

    /// <summary>The SA of a key; null where there is none.</summary>
    public XfrmSa? FindSa(in XfrmSaKey key)
    {
        using var request = new NetlinkRequest(XfrmMessage.GetSa, NetlinkFlags.None);
        request.Write(SaIdLayout.From(key));
        key.Mark.WriteTo(request);
        XfrmSa? found = null;
        return TryAsk(() => _netlink.Get(request, "read an SA", (in NetlinkMessage message) => found = ReadSa(message))) ? found : null;
    }

    /// <summary>The SA of a key, with the threshold that the kernel tells with its counters only.</summary>
    internal XfrmSa GetWholeSa(in XfrmSaKey key)
    {
        using XfrmSa sa = GetSa(key);
        return sa.Revised(new SaRevision { ReplayThreshold = GetState(key).ReplayThreshold });
    }

    /// <summary>Every SA.</summary>
    public IReadOnlyList<XfrmSa> ListSas()
    {
        // No filter: the body of a question for all is empty.
        using var request = new NetlinkRequest(XfrmMessage.GetSa, NetlinkFlags.None);
        List<XfrmSa> sas = [];
        Ask(() => _netlink.Dump(
            request,
            "list the SAs",
            () => Forget(sas),
            (in NetlinkMessage message) =>
            {
                if (ReadSa(message) is { } sa)
                {
                    sas.Add(sa);
                }
            }));
        return sas;
    }

    /// <summary>Makes an SA.</summary>
    /// <exception cref="XfrmException">There is one of that key, or the kernel lacks what it needs.</exception>
    public void NewSa(XfrmSa sa) => Send(XfrmMessage.NewSa, NetlinkFlags.Create | NetlinkFlags.Exclusive, sa, $"make {sa}");

    /// <summary>Changes limits and times of an SA. The kernel takes no other address, selector, request ID or counter this way, and does not say so.</summary>
    public void UpdateSa(XfrmSa sa) => Send(XfrmMessage.UpdateSa, NetlinkFlags.Replace, sa, $"update {sa}");

    /// <summary>Deletes an SA.</summary>
    /// <returns>The SA as it was when it went, its counters exact: no packet can have come between.</returns>
    public XfrmSa DeleteSa(in XfrmSaKey key)
    {
        using XfrmSa before = GetSa(key);
        return DeleteSa(key, before);
    }

    /// <summary>Deletes an SA; where the kernel does not tell what it has deleted, that is what was read before, with numbers that cannot have been used.</summary>
    internal XfrmSa DeleteSa(in XfrmSaKey key, XfrmSa before)
    {
        using var request = new NetlinkRequest(XfrmMessage.DeleteSa, NetlinkFlags.None);
        request.Write(SaIdLayout.From(key));
        key.Mark.WriteTo(request);
        string action = $"delete {key}";
        XfrmSa? last = null;

        // What the kernel tells the multicast group of a deletion has the final counters in it; what is read before may miss a packet.
        _netlink.Channel.Join(XfrmGroup.Sa);
        try
        {
            Ask(() => _netlink.Change(request, action, (in NetlinkMessage message) =>
            {
                if (message.Type == XfrmMessage.DeleteSa && XfrmSa.TryReadDeleted(message.Payload, out XfrmSa deleted))
                {
                    last = deleted;
                }
            }));
        }
        finally
        {
            _netlink.Channel.Leave(XfrmGroup.Sa);
        }

        return last ?? before.Revised(new SaRevision { Replay = before.Replay?.Ahead(XfrmRecovery.NumbersLeftOut) });
    }

    /// <inheritdoc/>
    public void Dispose() => _netlink.Dispose();

    /// <summary>Moves an SA in one step, counters and all, where <see cref="MigratesStates"/>.</summary>
    internal void MigrateSa(in XfrmSaKey key, XfrmSa target)
    {
        using var request = new NetlinkRequest(XfrmMessage.MigrateState, NetlinkFlags.None);
        request.Write(new MigrateStateLayout
        {
            Id = SaIdLayout.From(key),
            NewDestination = XfrmAddress.From(target.Destination),
            NewSource = XfrmAddress.From(target.Source),
            OldMark = key.Mark,
            NewSelector = target.Info.Selector,
            NewRequestId = target.RequestId,
            NewFamily = target.Info.Family,
        });

        // What is left out is inherited, and a type of 0 takes the UDP header away.
        request.WriteAttribute(XfrmAttribute.Encapsulation, target.TryReadEncapsulation(out EncapsulationLayout layout) ? layout : default);
        string action = $"move {key} to {target.Destination}";
        Ask(() => _netlink.Change(request, action));
    }

    private bool Probe()
    {
        using var request = new NetlinkRequest(XfrmMessage.MigrateState, NetlinkFlags.None);
        IpAddress nowhere = IpAddress.Parse("127.0.0.1");
        request.Write(new MigrateStateLayout
        {
            Id = SaIdLayout.From(new XfrmSaKey(nowhere, UnusedSpi, XfrmProtocol.Esp)),
            NewDestination = XfrmAddress.From(nowhere),
            NewSource = XfrmAddress.From(nowhere),
            NewFamily = AddressFamilies.IPv4,
        });
        try
        {
            _netlink.Change(request, "ask whether the kernel moves SAs in one step");
            return false;
        }
        catch (NetlinkException fault)
        {
            // A kernel that knows the message looks for the SA, and finds none; one that does not says that the message is invalid.
            return fault.Error == Errno.NoProcess;
        }
    }

    private void Send(ushort type, NetlinkFlags flags, XfrmSa sa, string action)
    {
        if (sa.Spi == 0)
        {
            throw new XfrmException(XfrmProblem.Refused, $"could not {action}: an SPI of 0 names no SA (RFC 4303, section 2.1)");
        }

        using var request = new NetlinkRequest(type, flags);
        request.Write(sa.Info);
        request.WriteAttributes(sa.Attributes, XfrmAttribute.LastUsed, XfrmAttribute.Padding, XfrmAttribute.Lifetime);

        // The kernel takes what was used of the lifetime from an attribute only, though it tells it in the SA itself.
        if (sa.Info.Lifetime.AddTime != 0)
        {
            request.WriteAttribute(XfrmAttribute.Lifetime, sa.Info.Lifetime);
        }

        Ask(() => _netlink.Change(request, action));
    }

    private static XfrmSa? ReadSa(in NetlinkMessage message) =>
        message.Type == XfrmMessage.NewSa && XfrmSa.TryRead(message.Payload, out XfrmSa sa) ? sa : null;

    private static void Forget(List<XfrmSa> sas)
    {
        sas.ForEach(static sa => sa.Dispose());
        sas.Clear();
    }

    private void Ask(Action exchange)
    {
        try
        {
            exchange();
        }
        catch (NetlinkException fault)
        {
            throw XfrmFaults.Of(fault, NetworkNamespace);
        }
    }

    /// <summary>False where there is no such thing.</summary>
    private bool TryAsk(Action exchange)
    {
        try
        {
            exchange();
            return true;
        }
        catch (NetlinkException fault) when (fault.Error is Errno.NoEntry or Errno.NoProcess)
        {
            return false;
        }
        catch (NetlinkException fault)
        {
            throw XfrmFaults.Of(fault, NetworkNamespace);
        }
    }
}
