using System.Buffers.Binary;
using BenchmarkDotNet.Attributes;
using MobikeX.Engine;
using MobikeX.Engine.Memory;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Benchmarks;

/// <summary>An UPDATE_SA_ADDRESSES through the Responder's engine and the memory backend, the answer taken, with few and with many IKE_SAs.</summary>
[MemoryDiagnoser]
public class ResponderBenchmarks
{
    /// <summary>Datagrams that a server takes from its socket at once (as by recvmmsg).</summary>
    internal const int Received = 16;

    private static readonly IpAddress Gateway = IpAddress.Parse("203.0.113.1");

    private readonly MemoryIpsecBackend _backend = new();
    private readonly EngineWorkspace _workspace = new();
    private readonly ResponderOptions _options = new();
    private readonly byte[][] _requests = new byte[2][];
    private readonly int[] _received = new int[Received];

    // Of the sealed type: an array of the base would look at each object that it is given, and so wait for it.
    private readonly MobikeXResponder[] _receivedBy = new MobikeXResponder[Received];
    private MobikeXResponder[] _responders = [];
    private uint _next;
    private uint _turn;

    [Params(1_000, 1_000_000)]
    public int IkeSas { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _responders = new MobikeXResponder[IkeSas];
        AddressSet gateway = AddressSet.Of(Gateway);
        for (int i = 0; i < IkeSas; i++)
        {
            IkeSa ike = new((ulong)i + 1, "peer" + i.ToString(System.Globalization.CultureInfo.InvariantCulture), "psk", AddressSet.Of(Address(i)), gateway)
            {
                Version = MobikeVersion.MobikeX,
            };
            _backend.Add(ike);
            _backend.Add(new ChildSa(ike, (uint)i + 1, IpsecProto.Esp, IpsecMode.Tunnel, AddressSet.Of(Address(i)), gateway));
            _responders[i] = new MobikeXResponder(ike, _options, _workspace);
        }

        for (int i = 0; i < _requests.Length; i++)
        {
            _requests[i] = Update(IpAddress.Parse(i == 0 ? "198.51.100.7" : "198.51.100.8"));
        }
    }

    /// <summary>One request after the other, each answered before the next is known.</summary>
    [Benchmark]
    public int Request() => Handle(Next());

    /// <summary>As a server handles the datagrams that it has received together: their engines are known before the first is handled.</summary>
    [Benchmark(OperationsPerInvoke = Received)]
    public int Together()
    {
        for (int i = 0; i < Received; i++)
        {
            _received[i] = Next();
            _receivedBy[i] = _responders[_received[i]];
        }

        MobikeXEngine.Prefetch(_receivedBy);
        int octets = 0;
        foreach (int index in _received)
        {
            octets += Handle(index);
        }

        return octets;
    }

    /// <summary>Bytes that the garbage collector counts for each IKE_SA with one CHILD_SA and its engine.</summary>
    internal static double BytesOfAnIkeSa()
    {
        const int Count = 100_000;
        ResponderBenchmarks benchmark = new() { IkeSas = Count };
        long before = GC.GetTotalMemory(forceFullCollection: true);
        benchmark.Setup();
        for (int i = 0; i < Count; i++)
        {
            benchmark.Request();
        }

        long after = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(benchmark);
        return (double)(after - before) / Count;
    }

    /// <summary>Visits the SAs in no order that a cache could guess.</summary>
    private int Next()
    {
        _next = (_next * 1_664_525) + 1_013_904_223;
        return (int)(((ulong)_next * (ulong)IkeSas) >> 32);
    }

    private int Handle(int index)
    {
        MobikeXResponder responder = _responders[index];
        byte[] request = _requests[_turn & 1];
        _turn++;
        PacketAddresses packet = new(Address(index), 4500, Gateway, 4500);
        responder.HandleRequest(new ReceivedMessage(ExchangeType.Informational, _turn, PayloadType.Notify, request, packet), TimeSpan.Zero, _backend);
        EngineDriver.Run(responder, _backend, TimeSpan.Zero);
        return responder.TryPollTransmit(out Transmit transmit) ? transmit.Payloads.Length + 1 : throw new InvalidOperationException("no answer");
    }

    private static IpAddress Address(int index)
    {
        Span<byte> octets = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(octets, 0x0a000000u + (uint)index);
        IpAddress.TryRead(octets, out IpAddress address);
        return address;
    }

    private static byte[] Update(IpAddress address)
    {
        byte[] data = new byte[64];
        new UpdateSaAddressesNotify(@new: new IpParameter(address, @new: true, header: true)).TryWrite(data, out int length, out _);
        byte[] payload = new byte[128];
        new NotifyPayload(PayloadType.NoNextPayload, default, NotifyType.UpdateSaAddresses, default, data.AsSpan(0, length)).TryWrite(payload, out int written, out _);
        return payload[..written];
    }
}
