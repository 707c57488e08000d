using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using MobikeX.Xfrm.Layouts;
using MobikeX.Xfrm.Netlink;

namespace MobikeX.Xfrm.Tests;

/// <summary>A SAD and an SPD that answer on netlink as the kernel does, with what a test wants to go wrong.</summary>
internal sealed class KernelModel : INetlinkChannel
{
    private readonly Dictionary<XfrmSaKey, byte[]> _sas = [];
    private readonly Dictionary<XfrmPolicyKey, byte[]> _policies = [];
    private readonly Queue<(byte[] Octets, bool IsMulticast)> _waiting = [];
    private readonly HashSet<uint> _groups = [];
    private readonly Dictionary<XfrmSaKey, uint> _thresholds = [];
    private readonly Dictionary<XfrmSaKey, ulong> _told = [];

    public uint Port => 4711;

    /// <summary>Whether there is XFRM_MSG_MIGRATE_STATE.</summary>
    public bool MigratesStates { get; init; }

    /// <summary>Whether deletions are told to the multicast group, as they are.</summary>
    public bool TellsDeletions { get; set; } = true;

    /// <summary>The changes that were asked for, in order.</summary>
    public List<string> Changes { get; } = [];

    /// <summary>Is asked before each change; an error number refuses it.</summary>
    public Func<string, int> Refuse { get; set; } = static _ => 0;

    /// <summary>Runs before an SA is deleted: traffic that comes at the last moment.</summary>
    public Action<XfrmSaKey>? BeforeDeletion { get; set; }

    /// <summary>Runs before the counters of an SA are set.</summary>
    public Action<XfrmSaKey>? BeforeReplay { get; set; }

    /// <summary>Whether the kernel tells of the numbers that an SA receives, as it does while memory lasts.</summary>
    public bool TellsNumbers { get; set; } = true;

    public IEnumerable<XfrmSaKey> Sas => _sas.Keys;

    public IEnumerable<XfrmPolicyKey> Policies => _policies.Keys;

    public XfrmSa this[XfrmSaKey key] => XfrmSa.TryRead(_sas[key], out XfrmSa sa) ? sa : throw new InvalidOperationException();

    public XfrmPolicy this[XfrmPolicyKey key] => XfrmPolicy.TryRead(_policies[key], out XfrmPolicy policy) ? policy : throw new InvalidOperationException();

    /// <summary>All of it but what traffic changes, to compare.</summary>
    public string Dump()
    {
        List<string> lines = [];
        foreach (XfrmSaKey key in _sas.Keys)
        {
            using XfrmSa sa = this[key];
            using XfrmSa still = sa.Revised(SaRevision.WithoutTraffic);
            lines.Add($"{sa} {Convert.ToHexString(still.Octets)} {Convert.ToHexString(sa.Replay!.ToOctets())} {sa.Lifetime}");
        }

        lines.AddRange(_policies.Keys.Select(key => $"{key} {this[key].Blocks} {string.Join(' ', this[key].Templates)}"));
        lines.Sort(StringComparer.Ordinal);
        return string.Join('\n', lines);
    }

    /// <summary>Counts packets that an SA sends.</summary>
    public void Send(XfrmSaKey key, ulong packets) => Put(key, static (replay, count) => replay.Ahead(count), packets);

    /// <summary>Makes an SA receive a packet of a number.</summary>
    /// <remarks>Numbers that go up are told to the multicast group, at the threshold that the SA has; one that comes late is not.</remarks>
    public void Receive(XfrmSaKey key, ulong sequence)
    {
        Put(key, static (replay, number) => replay.Union(ReplayOf(replay, number)), sequence);
        using XfrmSa sa = this[key];
        ulong highest = sa.Replay!.Highest;
        if (TellsNumbers && _groups.Contains(XfrmGroup.Event) && highest - _told.GetValueOrDefault(key) >= ThresholdOf(key))
        {
            _told[key] = highest;
            using NetlinkRequest told = StateOf(sa);
            _waiting.Enqueue((told.Octets.ToArray(), true));
        }
    }

    /// <summary>After how many packets the kernel tells of the counters of an SA.</summary>
    public uint ThresholdOf(XfrmSaKey key) => _thresholds.GetValueOrDefault(key, 2u);

    public void Send(ReadOnlySpan<byte> datagram)
    {
        foreach (NetlinkMessage request in NetlinkMessage.In(datagram))
        {
            Answer(request);
        }
    }

    public NetlinkDatagram Receive()
    {
        (byte[] octets, bool isMulticast) = _waiting.Count > 0 ? _waiting.Dequeue() : throw new NetlinkException("receive", Errno.TryAgain, null);
        return new NetlinkDatagram(octets, isMulticast);
    }

    public void Forget()
    {
    }

    public bool Wait(TimeSpan timeout) => _waiting.Count > 0;

    public void Join(uint group) => _groups.Add(group);

    public void Leave(uint group) => _groups.Remove(group);

    public void EnlargeReceiveBuffer()
    {
    }

    public void Dispose()
    {
    }

    private static ReplayState ReplayOf(ReplayState model, ulong sequence)
    {
        // One packet, in the old form: its number, and the mark of it.
        var layout = new ReplayLayout { Inbound = (uint)sequence, Bitmap = 1 };
        using var request = new NetlinkRequest(0, NetlinkFlags.None);
        request.WriteAttribute(XfrmAttribute.Replay, layout);
        return ReplayState.Read(request.Octets[NetlinkHeader.Size..], (byte)model.Window)!;
    }

    private void Put(XfrmSaKey key, Func<ReplayState, ulong, ReplayState> change, ulong value)
    {
        using XfrmSa sa = this[key];
        XfrmLifetime used = sa.Lifetime;
        using XfrmSa changed = sa.Revised(new SaRevision
        {
            Replay = change(sa.Replay!, value),
            Lifetime = used with { Packets = used.Packets + 1, Octets = used.Octets + 100 },
        });
        _sas[key] = changed.Octets.ToArray();
    }

    private void Answer(in NetlinkMessage request)
    {
        int error = request.Type switch
        {
            XfrmMessage.NewSa => Change(request, static (model, payload) => model.NewSa(payload), "new sa"),
            XfrmMessage.UpdateSa => Change(request, static (model, payload) => model.UpdateSa(payload), "update sa"),
            XfrmMessage.DeleteSa => DeleteSa(request),
            XfrmMessage.GetSa => GetSa(request),
            XfrmMessage.GetEvent => GetEvent(request),
            XfrmMessage.NewEvent => NewEvent(request),
            XfrmMessage.NewPolicy => Change(request, static (model, payload) => model.NewPolicy(payload, replaces: false), "new policy"),
            XfrmMessage.UpdatePolicy => Change(request, static (model, payload) => model.NewPolicy(payload, replaces: true), "update policy"),
            XfrmMessage.DeletePolicy => Change(request, static (model, payload) => model._policies.Remove(PolicyKey(payload)) ? 0 : Errno.NoEntry, "delete policy"),
            XfrmMessage.GetPolicy => GetPolicy(request),
            XfrmMessage.MigrateState when MigratesStates => MigrateState(request),
            _ => Errno.Invalid,
        };
        if (error != 0 || (request.Header.Flags.HasFlag(NetlinkFlags.Acknowledge) && !request.Header.Flags.HasFlag(NetlinkFlags.Dump)))
        {
            Acknowledge(request, error);
        }
    }

    private delegate int Apply(KernelModel model, ReadOnlySpan<byte> payload);

    private int Change(in NetlinkMessage request, Apply apply, string kind)
    {
        string what = Describe(request, kind);
        int refused = Refuse(what);
        if (refused == 0)
        {
            Changes.Add(what);
        }

        return refused != 0 ? refused : apply(this, request.Payload);
    }

    private static string Describe(in NetlinkMessage request, string kind)
    {
        if (kind is "new sa" or "update sa")
        {
            return XfrmSa.TryRead(request.Payload, out XfrmSa sa) ? $"{kind} {sa.Key}" : kind;
        }

        if (kind == "delete policy")
        {
            return $"{kind} {PolicyKey(request.Payload)}";
        }

        return XfrmPolicy.TryRead(request.Payload, out XfrmPolicy policy) ? $"{(policy.Blocks ? "block" : kind)} {policy.Key}" : kind;
    }

    private int NewSa(ReadOnlySpan<byte> payload)
    {
        if (!XfrmSa.TryRead(payload, out XfrmSa sa))
        {
            return Errno.Invalid;
        }

        // The kernel has the use of lifetime from the attribute, and always tells counters.
        bool hasLifetime = NetlinkAttribute.TryFind(sa.Attributes, XfrmAttribute.Lifetime, out ReadOnlySpan<byte> used);
        LifetimeLayout lifetime = hasLifetime ? MemoryMarshal.Read<LifetimeLayout>(used) : new LifetimeLayout { AddTime = 1 };
        using var stored = new NetlinkRequest(0, NetlinkFlags.None);
        SaInfoLayout info = sa.Info;
        info.Lifetime = lifetime;
        stored.Write(info);
        foreach (NetlinkAttribute attribute in NetlinkAttribute.In(sa.Attributes))
        {
            if (attribute.Type != XfrmAttribute.Lifetime)
            {
                stored.WriteAttribute(attribute.Type, attribute.Value);
            }
        }

        if (sa.Replay is null)
        {
            stored.WriteAttribute(XfrmAttribute.Replay, default(ReplayLayout));
        }

        return _sas.TryAdd(sa.Key, stored.Octets[NetlinkHeader.Size..].ToArray()) ? 0 : Errno.Exists;
    }

    /// <summary>Takes the limits alone.</summary>
    private int UpdateSa(ReadOnlySpan<byte> payload)
    {
        if (!XfrmSa.TryRead(payload, out XfrmSa sa))
        {
            return Errno.Invalid;
        }

        if (!_sas.TryGetValue(sa.Key, out byte[]? stored))
        {
            return Errno.NoProcess;
        }

        SaInfoLayout info = MemoryMarshal.Read<SaInfoLayout>(stored);
        info.Limits = sa.Info.Limits;
        MemoryMarshal.Write(stored, info);
        return 0;
    }

    private int DeleteSa(in NetlinkMessage request)
    {
        XfrmSaKey key = SaKey(request.Payload, Unsafe.SizeOf<SaIdLayout>());
        int refused = Refuse($"delete sa {key}");
        if (refused != 0)
        {
            return refused;
        }

        if (!_sas.ContainsKey(key))
        {
            return Errno.NoProcess;
        }

        Changes.Add($"delete sa {key}");
        BeforeDeletion?.Invoke(key);
        if (TellsDeletions && _groups.Contains(XfrmGroup.Sa))
        {
            using var told = new NetlinkRequest(XfrmMessage.DeleteSa, NetlinkFlags.None);
            told.Write(SaIdLayout.From(key));
            told.WriteAttribute(XfrmAttribute.Sa, _sas[key].AsSpan(0, Unsafe.SizeOf<SaInfoLayout>()));
            told.WriteOctets(_sas[key].AsSpan(Unsafe.SizeOf<SaInfoLayout>()));
            Enqueue(told, request, isMulticast: true);
        }

        _sas.Remove(key);
        return 0;
    }

    private int GetSa(in NetlinkMessage request)
    {
        if (request.Header.Flags.HasFlag(NetlinkFlags.Dump))
        {
            foreach (byte[] sa in _sas.Values)
            {
                Reply(request, XfrmMessage.NewSa, sa, NetlinkFlags.Multi);
            }

            Reply(request, NetlinkControl.Done, new byte[sizeof(int)], NetlinkFlags.Multi);
            return 0;
        }

        if (!_sas.TryGetValue(SaKey(request.Payload, Unsafe.SizeOf<SaIdLayout>()), out byte[]? found))
        {
            return Errno.NoProcess;
        }

        Reply(request, XfrmMessage.NewSa, found, NetlinkFlags.None);
        return 0;
    }

    private int GetEvent(in NetlinkMessage request)
    {
        XfrmSaKey key = SaKey(request.Payload, Unsafe.SizeOf<EventIdLayout>());
        if (!_sas.ContainsKey(key))
        {
            return Errno.NoProcess;
        }

        using XfrmSa sa = this[key];
        using NetlinkRequest reply = StateOf(sa);
        reply.WriteAttribute(XfrmAttribute.ReplayThreshold, ThresholdOf(key));
        Enqueue(reply, request, isMulticast: false);
        return 0;
    }

    private static NetlinkRequest StateOf(XfrmSa sa)
    {
        var state = new NetlinkRequest(XfrmMessage.NewEvent, NetlinkFlags.None);
        state.Write(new EventIdLayout { Id = SaIdLayout.From(sa.Key) });
        state.WriteAttribute(sa.Replay!.AttributeType, sa.Replay.ToOctets());
        state.WriteAttribute(XfrmAttribute.Lifetime, sa.Info.Lifetime);
        return state;
    }

    /// <summary>Sets the counters, or the threshold.</summary>
    private int NewEvent(in NetlinkMessage request)
    {
        XfrmSaKey key = SaKey(request.Payload, Unsafe.SizeOf<EventIdLayout>());
        int refused = Refuse($"set state {key}");
        if (refused != 0 || !_sas.ContainsKey(key))
        {
            return refused != 0 ? refused : Errno.NoProcess;
        }

        ReadOnlySpan<byte> attributes = request.Payload[Unsafe.SizeOf<EventIdLayout>()..];
        if (NetlinkAttribute.TryFindNumber(attributes, XfrmAttribute.ReplayThreshold, out uint threshold))
        {
            _thresholds[key] = threshold;
        }

        using XfrmSa before = this[key];
        if (NetlinkAttribute.TryFind(attributes, XfrmAttribute.Lifetime, out ReadOnlySpan<byte> used))
        {
            MemoryMarshal.Write(_sas[key].AsSpan((int)Marshal.OffsetOf<SaInfoLayout>(nameof(SaInfoLayout.Lifetime))), MemoryMarshal.Read<LifetimeLayout>(used));
        }

        if (ReplayState.Read(attributes, before.Info.ReplayWindow) is { } replay)
        {
            BeforeReplay?.Invoke(key);
            using XfrmSa sa = this[key];
            using XfrmSa changed = sa.Revised(new SaRevision { Replay = replay });
            _sas[key] = changed.Octets.ToArray();
            _told[key] = replay.Highest;
            Changes.Add($"set replay {key}");
        }

        return 0;
    }

    private int NewPolicy(ReadOnlySpan<byte> payload, bool replaces)
    {
        if (!XfrmPolicy.TryRead(payload, out XfrmPolicy policy))
        {
            return Errno.Invalid;
        }

        if (!replaces && _policies.ContainsKey(policy.Key))
        {
            return Errno.Exists;
        }

        _policies[policy.Key] = payload.ToArray();
        return 0;
    }

    private int GetPolicy(in NetlinkMessage request)
    {
        if (request.Header.Flags.HasFlag(NetlinkFlags.Dump))
        {
            foreach (byte[] policy in _policies.Values)
            {
                Reply(request, XfrmMessage.NewPolicy, policy, NetlinkFlags.Multi);
            }

            Reply(request, NetlinkControl.Done, new byte[sizeof(int)], NetlinkFlags.Multi);
            return 0;
        }

        if (!_policies.TryGetValue(PolicyKey(request.Payload), out byte[]? found))
        {
            return Errno.NoEntry;
        }

        Reply(request, XfrmMessage.NewPolicy, found, NetlinkFlags.None);
        return 0;
    }

    private int MigrateState(in NetlinkMessage request)
    {
        MigrateStateLayout layout = MemoryMarshal.Read<MigrateStateLayout>(request.Payload);
        var key = new XfrmSaKey(layout.Id.Destination.Read(layout.Id.Family), layout.Id.Spi, (XfrmProtocol)layout.Id.Protocol, layout.OldMark);
        if (!_sas.ContainsKey(key))
        {
            return Errno.NoProcess;
        }

        string what = $"migrate sa {key}";
        int refused = Refuse(what);
        if (refused != 0)
        {
            return refused;
        }

        Changes.Add(what);
        using XfrmSa sa = this[key];
        NetlinkAttribute.TryFind(request.Payload[Unsafe.SizeOf<MigrateStateLayout>()..], XfrmAttribute.Encapsulation, out ReadOnlySpan<byte> octets);
        EncapsulationLayout encapsulation = MemoryMarshal.Read<EncapsulationLayout>(octets);
        XfrmEncapsulation? after = encapsulation.Type == 0 ? null : new XfrmEncapsulation(encapsulation.SourcePort, encapsulation.DestinationPort);
        using XfrmSa moved = sa.Revised(new SaRevision
        {
            Addresses = (layout.NewSource.Read(layout.NewFamily), layout.NewDestination.Read(layout.NewFamily)),
            Selector = layout.NewSelector.Read(),
            SetsEncapsulation = sa.Encapsulation != after,
            Encapsulation = after,
        });
        _sas.Remove(key);
        _sas.Add(moved.Key, moved.Octets.ToArray());
        return 0;
    }

    private static XfrmSaKey SaKey(ReadOnlySpan<byte> payload, int attributesAt)
    {
        SaIdLayout id = MemoryMarshal.Read<SaIdLayout>(payload);
        bool hasMark = NetlinkAttribute.TryFind(payload[attributesAt..], XfrmAttribute.Mark, out ReadOnlySpan<byte> mark);
        return new XfrmSaKey(id.Destination.Read(id.Family), id.Spi, (XfrmProtocol)id.Protocol, hasMark ? MemoryMarshal.Read<XfrmMark>(mark) : default);
    }

    private static XfrmPolicyKey PolicyKey(ReadOnlySpan<byte> payload) => PolicyKeyOctets.TryRead(payload, out XfrmPolicyKey key) ? key : default;

    private void Reply(in NetlinkMessage request, ushort type, ReadOnlySpan<byte> payload, NetlinkFlags flags)
    {
        using var reply = new NetlinkRequest(type, flags);
        reply.WriteOctets(payload);
        Enqueue(reply, request, isMulticast: false);
    }

    private void Acknowledge(in NetlinkMessage request, int error)
    {
        using var reply = new NetlinkRequest(NetlinkControl.Error, NetlinkFlags.Capped | NetlinkFlags.ExtendedAcknowledge);
        reply.Write(-error);
        reply.Write(request.Header);
        if (error != 0)
        {
            reply.WriteAttribute(1, Encoding.ASCII.GetBytes("the model says no\0"));
        }

        Enqueue(reply, request, isMulticast: false);
    }

    private void Enqueue(NetlinkRequest message, in NetlinkMessage request, bool isMulticast)
    {
        message.Header.Sequence = request.Header.Sequence;
        message.Header.Port = Port;
        _waiting.Enqueue((message.Octets.ToArray(), isMulticast));
    }
}
