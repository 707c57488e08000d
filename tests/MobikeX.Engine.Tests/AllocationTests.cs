using MobikeX.Engine.Memory;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Engine.Tests;

/// <summary>Reading, writing and an action that is taken leave nothing to the garbage collector.</summary>
public sealed class AllocationTests
{
    private const int Rounds = 1_000;

    private static readonly IpAddress Home = IpAddress.Parse("192.0.2.1");
    private static readonly IpAddress Away = IpAddress.Parse("198.51.100.7");
    private static readonly IpAddress Gateway = IpAddress.Parse("203.0.113.1");

    [Fact]
    public void To_write_and_to_read_a_request()
    {
        byte[] octets = new byte[128];
        int seen = 0;

        Assert.Equal(0, AllocatedBy(() =>
        {
            int length = Write(octets, Away);
            PayloadChainReader chain = new(PayloadType.Notify, octets.AsSpan(0, length));
            while (chain.TryReadNotify(out NotifyPayload notify))
            {
                seen += notify.NotifyMessageType switch
                {
                    SelectorNotify.Type when SelectorNotify.TryRead(notify.Data, out _, out _) => 1,
                    UpdateSaAddressesNotify.Type when UpdateSaAddressesNotify.TryRead(notify.Data, out _, out _) => 1,
                    EndOfSelectorNotify.Type when EndOfSelectorNotify.TryRead(notify.Data, out _, out _) => 1,
                    _ => 0,
                };
            }
        }));
        Assert.Equal(2 * Rounds * 3, seen);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_UPDATE_that_the_Responder_accepts(bool changes)
    {
        AddressSet home = AddressSet.Of(Home);
        AddressSet gateway = AddressSet.Of(Gateway);
        IkeSa ike = new(1, "mn@example.org", "psk", home, gateway) { Version = MobikeVersion.MobikeX };
        ChildSa child = new(ike, 0xc1000001, IpsecProto.Esp, IpsecMode.Tunnel, home, gateway);
        MemoryIpsecBackend backend = new();
        backend.Add(ike);
        backend.Add(child);
        MobikeXResponder responder = new(ike, new ResponderOptions(), new EngineWorkspace());
        byte[][] requests = [Request(changes ? Away : Home), Request(Home)];
        uint token = 0;
        int moved = 0;

        Assert.Equal(0, AllocatedBy(() =>
        {
            AddressSet before = child.Initiator;
            byte[] request = requests[token++ & 1];
            PacketAddresses packet = new(Home, 4500, Gateway, 4500);
            responder.HandleRequest(new ReceivedMessage(ExchangeType.Informational, token, PayloadType.Notify, request, packet), TimeSpan.Zero, backend);
            EngineDriver.Run(responder, backend, TimeSpan.Zero);
            Assert.True(responder.TryPollTransmit(out Transmit response) && response.Payloads.IsEmpty);
            moved += child.Initiator == before ? 0 : 1;
        }));
        Assert.Equal(changes ? 2 * Rounds : 0, moved);
    }

    /// <summary>Octets that a round allocates, once all that is kept for later rounds is there.</summary>
    private static long AllocatedBy(Action round)
    {
        for (int i = 0; i < Rounds; i++)
        {
            round();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Rounds; i++)
        {
            round();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds;
    }

    private static byte[] Request(IpAddress address)
    {
        byte[] octets = new byte[128];
        return octets[..Write(octets, address)];
    }

    /// <summary>SELECTOR(SPI), UPDATE(NEW, ID), END_OF_SELECTOR.</summary>
    private static int Write(byte[] octets, IpAddress address)
    {
        PayloadChainWriter chain = new(octets);
        ParameterWriter parameters = new(chain.Data);
        SpiParameter spi = new(ShortOctets.From(0xc1000001u));
        UpdateSaAddressesNotify update = new(@new: new IpParameter(address, @new: true, header: true), id: new IdParameter(7));
        return parameters.TryAdd(in spi)
            && chain.TryAdd(NotifyType.Selector, parameters.Written.Length, out _)
            && update.TryWrite(chain.Data, out int length, out _)
            && chain.TryAdd(NotifyType.UpdateSaAddresses, length, out _)
            && chain.TryAdd(NotifyType.EndOfSelector, 0, out _)
            ? chain.Written.Length
            : 0;
    }
}
