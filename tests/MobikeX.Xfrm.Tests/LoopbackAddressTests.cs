using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MobikeX.Runtime;
using MobikeX.Xfrm.Layouts;
using MobikeX.Xfrm.Netlink;

namespace MobikeX.Xfrm.Tests;

/// <summary>Addresses inside a tunnel come to the loopback interface and go, also those of a process that was killed.</summary>
public sealed class LoopbackAddressTests : IDisposable
{
    private static readonly IpAddress Inner = IpAddress.Parse("10.0.0.1"), InnerV6 = IpAddress.Parse("2001:db8::1"), Standing = IpAddress.Parse("10.0.0.9");

    private readonly string _folder = ModelBed.JournalFolder();
    private readonly Interface _interface = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void They_come_and_go()
    {
        using (LoopbackAddresses addresses = Open())
        {
            Assert.True(addresses.TryAdd(Inner));
            Assert.True(addresses.TryAdd(InnerV6));
            Assert.True(addresses.TryAdd(Inner));
            Assert.Equal([Inner, Standing, InnerV6], _interface.Addresses.Keys.Order());
            Assert.Equal([32, 32, 128], _interface.Addresses.OrderBy(static each => each.Key).Select(static each => (int)each.Value));
            addresses.Remove(Inner);
            Assert.Equal([Standing, InnerV6], _interface.Addresses.Keys.Order());
        }

        Assert.Equal([Standing], _interface.Addresses.Keys);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void One_that_is_there_already_stays()
    {
        using (LoopbackAddresses addresses = Open())
        {
            Assert.False(addresses.TryAdd(Standing));
            addresses.Remove(Standing);
        }

        Assert.Equal([Standing], _interface.Addresses.Keys);
    }

    [Fact]
    public void What_a_killed_process_has_left_goes()
    {
        Assert.True(Open().TryAdd(Inner));
        using LoopbackAddresses next = Open();
        Assert.Equal([Inner], next.RemoveLeftBehind());
        Assert.Equal([Standing], _interface.Addresses.Keys);
        Assert.Empty(next.RemoveLeftBehind());
    }

    [Fact]
    public void One_that_another_has_taken_away_is_no_fault()
    {
        using LoopbackAddresses addresses = Open();
        Assert.True(addresses.TryAdd(Inner));
        _interface.Addresses.Remove(Inner);
        addresses.Remove(Inner);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void What_the_kernel_refuses_is_not_held_for_there()
    {
        using LoopbackAddresses addresses = Open();
        _interface.Refuses = true;
        Assert.Equal(XfrmProblem.NotPermitted, Assert.Throws<XfrmException>(() => addresses.TryAdd(Inner)).Problem);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    private LoopbackAddresses Open() => new(_interface, "net:[4711]", _folder);

    /// <summary>The loopback interface of a kernel, with an address that somebody else gave it.</summary>
    private sealed class Interface : INetlinkChannel
    {
        private readonly Queue<byte[]> _waiting = [];

        public Dictionary<IpAddress, byte> Addresses { get; } = new() { [Standing] = 32 };

        public bool Refuses { get; set; }

        public uint Port => 4711;

        public void Send(ReadOnlySpan<byte> datagram)
        {
            foreach (NetlinkMessage request in NetlinkMessage.In(datagram))
            {
                AddressLayout layout = MemoryMarshal.Read<AddressLayout>(request.Payload);
                Assert.Equal(RouteNumbers.Loopback, layout.Link);
                Assert.True(NetlinkAttribute.TryFind(request.Payload[Unsafe.SizeOf<AddressLayout>()..], RouteNumbers.LocalAddress, out ReadOnlySpan<byte> octets));
                Assert.True(IpAddress.TryRead(octets, out IpAddress address));
                int error = Refuses ? Errno.NotPermitted
                    : request.Type == RouteNumbers.NewAddress ? Addresses.TryAdd(address, layout.PrefixLength) ? 0 : Errno.Exists
                    : Addresses.Remove(address) ? 0 : Errno.AddressNotAvailable;
                using var reply = new NetlinkRequest(NetlinkControl.Error, NetlinkFlags.Capped);
                reply.Write(-error).Write(request.Header);
                reply.Header.Sequence = request.Header.Sequence;
                reply.Header.Port = Port;
                _waiting.Enqueue(reply.Octets.ToArray());
            }
        }

        public NetlinkDatagram Receive() => new(_waiting.Dequeue(), isMulticast: false);

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

        public void EnlargeReceiveBuffer()
        {
        }

        public void Dispose()
        {
        }
    }
}
