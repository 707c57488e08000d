using System.Runtime.InteropServices;
using System.Text;
using MobikeX.Xfrm.Layouts;
using MobikeX.Xfrm.Netlink;

namespace MobikeX.Xfrm.Tests;

/// <summary>What comes from a netlink socket: answers are matched, what is lost is noticed, and no octets do harm.</summary>
public sealed class NetlinkTests
{
    [Fact]
    public void Messages_of_other_requests_and_of_groups_are_not_the_answer()
    {
        var channel = new Script(request =>
        [
            (Message(XfrmMessage.NewSa, request.Sequence - 1, [1]), false),
            (Message(XfrmMessage.NewSa, request.Sequence, [2]), true),
            (Message(XfrmMessage.NewSa, request.Sequence, [3]), false),
            (Acknowledgement(request.Sequence, 0, null), false),
        ]);
        List<byte> taken = [];
        using var client = new NetlinkClient(channel);
        using var question = new NetlinkRequest(XfrmMessage.GetSa, NetlinkFlags.None);
        client.Get(question, "ask", (in NetlinkMessage message) => taken.Add(message.Payload[0]));
        Assert.Equal([3], taken);
    }

    [Fact]
    public void An_answer_may_come_in_several_datagrams_and_ends_with_done()
    {
        var channel = new Script(request =>
        [
            ([.. Message(XfrmMessage.NewSa, request.Sequence, [1]), .. Message(XfrmMessage.NewSa, request.Sequence, [2])], false),
            (Message(XfrmMessage.NewSa, request.Sequence, [3]), false),
            (Message(NetlinkControl.Done, request.Sequence, [0, 0, 0, 0]), false),
        ]);
        Assert.Equal([1, 2, 3], Dump(channel));
        Assert.Equal(1, channel.Requests);
    }

    [Fact]
    public void A_list_that_changed_while_it_was_read_is_read_again()
    {
        int round = 0;
        var channel = new Script(request => round++ == 0
            ?
            [
                (Message(XfrmMessage.NewSa, request.Sequence, [9], NetlinkFlags.Multi | NetlinkFlags.DumpInterrupted), false),
                (Message(NetlinkControl.Done, request.Sequence, [0, 0, 0, 0]), false),
            ]
            :
            [
                (Message(XfrmMessage.NewSa, request.Sequence, [1]), false),
                (Message(NetlinkControl.Done, request.Sequence, [0, 0, 0, 0]), false),
            ]);
        Assert.Equal([1], Dump(channel));
        Assert.Equal(2, channel.Requests);
    }

    [Fact]
    public void A_list_of_which_something_was_lost_is_read_again_with_more_room()
    {
        int round = 0;
        var channel = new Script(request => round++ == 0
            ? [(Message(XfrmMessage.NewSa, request.Sequence, [9]), false), (null, false), (Message(NetlinkControl.Done, request.Sequence, [0, 0, 0, 0]), false)]
            : [(Message(XfrmMessage.NewSa, request.Sequence, [1]), false), (Message(NetlinkControl.Done, request.Sequence, [0, 0, 0, 0]), false)]);
        Assert.Equal([1], Dump(channel));
        Assert.Equal(1, channel.Enlarged);
    }

    [Theory]
    [InlineData(Errno.NotPermitted, XfrmProblem.NotPermitted, "CAP_NET_ADMIN")]
    [InlineData(Errno.ProtocolNotSupported, XfrmProblem.NoSupport, "esp4")]
    [InlineData(Errno.NoSystemCall, XfrmProblem.NoSupport, "algorithm")]
    [InlineData(Errno.Exists, XfrmProblem.Exists, "the kernel says: no")]
    [InlineData(Errno.NoProcess, XfrmProblem.NotFound, "net:[7]")]
    [InlineData(Errno.Invalid, XfrmProblem.Refused, "the kernel says: no")]
    public void A_refusal_says_what_is_missing_and_what_the_kernel_says(int error, XfrmProblem problem, string expected)
    {
        var channel = new Script(request => [(Acknowledgement(request.Sequence, error, "no"), false)]);
        using var client = new XfrmClient(channel, "net:[7]");
        using XfrmSa sa = XfrmSa.From(ModelBed.Define(ModelBed.Home, ModelBed.Gateway, 5, 1, isTunnel: true, inUdp: false));
        XfrmException fault = Assert.Throws<XfrmException>(() => client.NewSa(sa));
        Assert.Equal(problem, fault.Problem);
        Assert.Equal(error, fault.Error);
        Assert.Equal("no", fault.KernelText);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kernel_that_does_not_answer_is_said_not_to()
    {
        using var client = new XfrmClient(new Script(_ => []), "net:[7]");
        XfrmException fault = Assert.Throws<XfrmException>(client.ListPolicies);
        Assert.Contains("did not answer", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_octets_do_harm()
    {
        var random = new Random(20260725);
        byte[] octets = new byte[512];
        int readings = 0;
        for (int i = 0; i < 20_000; i++)
        {
            random.NextBytes(octets);

            // Lengths that nearly fit are where readers go wrong.
            MemoryMarshal.Write(octets, (uint)random.Next(0, 600));
            MemoryMarshal.Write(octets.AsSpan(16 + random.Next(0, 240)), (ushort)random.Next(0, 80));
            foreach (NetlinkMessage message in NetlinkMessage.In(octets.AsSpan(0, random.Next(0, octets.Length))))
            {
                Read(message);
                readings++;
            }
        }

        Assert.NotEqual(0, readings);
    }

    private static void Read(in NetlinkMessage message)
    {
        if (XfrmSa.TryRead(message.Payload, out XfrmSa sa))
        {
            using (sa)
            {
                _ = $"{sa} {sa.Replay} {sa.Encapsulation} {sa.Algorithms} {sa.HidesKeys} {sa.Selector} {sa.InterfaceId}";
                using XfrmSa revised = sa.Revised(SaRevision.WithoutTraffic);
                Assert.Equal(sa.Key, revised.Key);
            }
        }

        if (XfrmPolicy.TryRead(message.Payload, out XfrmPolicy policy))
        {
            Assert.Equal(policy.Key, policy.ToBlock().Key);
            Assert.True(policy.IsSameBesidesTraffic(policy));
        }

        XfrmSa.TryReadDeleted(message.Payload, out XfrmSa deleted);
        deleted?.Dispose();
        _ = XfrmSaState.Read(new NetlinkMessage(new NetlinkHeader { Type = XfrmMessage.NewEvent }, message.Payload));
        var table = new AddressTable();
        foreach (ushort type in (ushort[])[16, 17, 20, 21])
        {
            table.Take(new NetlinkMessage(new NetlinkHeader { Type = type }, message.Payload), []);
        }

        MoveRecord.TryRead(message.Payload, out IReadOnlyList<ChildMove> moves);
        Assert.NotNull(moves);
    }

    private static List<byte> Dump(Script channel)
    {
        List<byte> taken = [];
        using var client = new NetlinkClient(channel);
        using var question = new NetlinkRequest(XfrmMessage.GetSa, NetlinkFlags.None);
        client.Dump(question, "list", taken.Clear, (in NetlinkMessage message) => taken.Add(message.Payload[0]));
        return taken;
    }

    private static byte[] Message(ushort type, uint sequence, byte[] payload, NetlinkFlags flags = NetlinkFlags.Multi)
    {
        using var message = new NetlinkRequest(type, flags);
        message.WriteOctets(payload);
        message.Header.Flags = flags;
        message.Header.Sequence = sequence;
        message.Header.Port = Script.OwnPort;
        return message.Octets.ToArray();
    }

    private static byte[] Acknowledgement(uint sequence, int error, string? text)
    {
        using var message = new NetlinkRequest(NetlinkControl.Error, NetlinkFlags.None);
        message.Write(-error).Write(new NetlinkHeader { Length = 400 });
        if (text is not null)
        {
            message.WriteAttribute(1, Encoding.ASCII.GetBytes(text + "\0"));
        }

        message.Header.Flags = NetlinkFlags.Capped | NetlinkFlags.ExtendedAcknowledge;
        message.Header.Sequence = sequence;
        message.Header.Port = Script.OwnPort;
        return message.Octets.ToArray();
    }

    /// <summary>Answers each request with datagrams; one that is null is lost for want of room.</summary>
    private sealed class Script(Func<NetlinkHeader, (byte[]? Octets, bool IsMulticast)[]> answer) : INetlinkChannel
    {
        public const uint OwnPort = 99;

        private readonly Queue<(byte[]? Octets, bool IsMulticast)> _waiting = [];

        public uint Port => OwnPort;

        public int Requests { get; private set; }

        public int Enlarged { get; private set; }

        public void Send(ReadOnlySpan<byte> datagram)
        {
            Requests++;
            foreach ((byte[]?, bool) each in answer(MemoryMarshal.Read<NetlinkHeader>(datagram)))
            {
                _waiting.Enqueue(each);
            }
        }

        public NetlinkDatagram Receive()
        {
            if (_waiting.Count == 0)
            {
                throw new NetlinkException("receive", Errno.TryAgain, null);
            }

            (byte[]? octets, bool isMulticast) = _waiting.Dequeue();
            return octets is null ? throw new NetlinkException("receive", Errno.NoBufferSpace, null) : new NetlinkDatagram(octets, isMulticast);
        }

        public void Forget()
        {
        }

        public bool Wait(TimeSpan timeout) => _waiting.Count > 0;

        public void Join(uint group)
        {
        }

        public void Leave(uint group)
        {
        }

        public void EnlargeReceiveBuffer() => Enlarged++;

        public void Dispose()
        {
        }
    }
}
