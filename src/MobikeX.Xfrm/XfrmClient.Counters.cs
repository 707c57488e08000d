using MobikeX.Xfrm.Layouts;
using MobikeX.Xfrm.Netlink;

namespace MobikeX.Xfrm;

public sealed partial class XfrmClient
{
    private const int MostJoins = 10;

    /// <summary>The counters and the use of lifetime of an SA, and the thresholds at which the kernel tells of them.</summary>
    /// <exception cref="XfrmException">There is no such SA.</exception>
    public XfrmSaState GetState(in XfrmSaKey key) => GetState(key, window: 0);

    /// <summary>Sets the counters of an SA.</summary>
    /// <exception cref="XfrmException">There is no such SA, or its counters have another form.</exception>
    public void SetReplay(in XfrmSaKey key, ReplayState replay) =>
        SetState(key, XfrmEventFlags.ReplayValue, "counters", request => request.WriteAttribute(replay.AttributeType, replay.ToOctets()));

    /// <summary>Adds to what an SA has used of its lifetime. A packet that comes meanwhile may not be counted.</summary>
    /// <exception cref="XfrmException">There is no such SA.</exception>
    internal void AddUse(in XfrmSaKey key, XfrmLifetime used)
    {
        XfrmLifetime whole = GetState(key).Lifetime.With(used);
        SetState(key, XfrmEventFlags.Lifetime, "use", request => request.WriteAttribute(XfrmAttribute.Lifetime, LifetimeLayout.From(whole)));
    }

    /// <summary>Has an SA refuse what came elsewhere under its SPI, too; it is there all the while, and takes what comes.</summary>
    /// <remarks>
    /// Counters can be set but not added to, so that a packet which comes between their reading and their setting would be forgotten, and
    /// taken again. The kernel tells of each number as it comes; whether it has told of all is seen by the count of packets, and where
    /// it has not (it does not tell of one that comes late), every number up to the highest is refused.
    /// </remarks>
    /// <param name="sa">The SA.</param>
    /// <param name="elsewhere">What came elsewhere.</param>
    /// <param name="known">What it is to refuse: all that came elsewhere and to itself.</param>
    /// <returns>False where packets come faster than it can be done: it does not refuse all that is known.</returns>
    internal bool TryJoinWindow(XfrmSa sa, ReplayState elsewhere, out ReplayState known)
    {
        XfrmSaKey key = sa.Key;
        byte window = sa.Info.ReplayWindow;
        XfrmSaState before = GetState(key, window);
        ReplayState told = before.Replay;
        uint threshold = before.ReplayThreshold ?? 0;
        _netlink.Overheard = (in NetlinkMessage message) => told = ReadTold(message, key, window) is { } state ? told.Union(state.Replay) : told;
        _netlink.Channel.Join(XfrmGroup.Event);
        try
        {
            SetReplayThreshold(key, 1);
            before = GetState(key, window);
            known = before.Replay.Union(elsewhere);
            for (int i = 0; i < MostJoins; i++)
            {
                SetReplay(key, known);
                XfrmSaState now = GetState(key, window);
                ReplayState all = known.Union(now.Replay).Union(told);
                bool isWhole = (ulong)all.CountBeyond(known) == now.Lifetime.Packets - before.Lifetime.Packets;
                known = isWhole ? all : all.Filled();
                if (now.Replay.Covers(known))
                {
                    return true;
                }

                before = now;
            }

            return false;
        }
        finally
        {
            _netlink.Channel.Leave(XfrmGroup.Event);
            _netlink.Overheard = null;
            SetReplayThreshold(key, threshold);
        }
    }

    private static XfrmSaState? ReadTold(in NetlinkMessage message, in XfrmSaKey key, byte window) =>
        XfrmSaState.Read(message, window) is { } state && XfrmSaState.KeyOf(message) == key ? state : null;

    private static NetlinkRequest StateRequest(ushort type, NetlinkFlags flags, in XfrmSaKey key, uint what)
    {
        var request = new NetlinkRequest(type, flags);
        request.Write(new EventIdLayout { Id = SaIdLayout.From(key), Flags = what });
        key.Mark.WriteTo(request);
        return request;
    }

    private XfrmSaState GetState(in XfrmSaKey key, byte window)
    {
        using NetlinkRequest request = StateRequest(XfrmMessage.GetEvent, NetlinkFlags.None, key, XfrmEventFlags.ReplayThreshold | XfrmEventFlags.TimerThreshold);
        XfrmSaState? state = null;
        string action = $"read the counters of {key}";
        Ask(() => _netlink.Get(request, action, (in NetlinkMessage message) => state = XfrmSaState.Read(message, window)));
        return state ?? throw new XfrmException(XfrmProblem.Refused, $"could not {action}: the kernel's answer cannot be read");
    }

    /// <summary>After how many packets the kernel tells of the counters.</summary>
    private void SetReplayThreshold(in XfrmSaKey key, uint packets) =>
        SetState(key, XfrmEventFlags.ReplayThreshold, "threshold", request => request.WriteAttribute(XfrmAttribute.ReplayThreshold, packets));

    private void SetState(in XfrmSaKey key, uint part, string name, Action<NetlinkRequest> write)
    {
        using NetlinkRequest request = StateRequest(XfrmMessage.NewEvent, NetlinkFlags.Replace, key, part);
        write(request);
        string action = $"set the {name} of {key}";
        Ask(() => _netlink.Change(request, action));
    }
}
