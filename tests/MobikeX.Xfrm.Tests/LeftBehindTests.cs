using MobikeX.Engine;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;
using MobikeX.Xfrm.Netlink;

namespace MobikeX.Xfrm.Tests;

/// <summary>A process that is killed leaves its SAs and policies in the kernel: the next takes them away, and those of nobody else.</summary>
public sealed class LeftBehindTests
{
    private static readonly SaChange ToAway = SaChange.Update(AddressPlaces.Header, default, ModelBed.Away);

    private sealed class KilledException : Exception;

    [Theory]
    [InlineData(0u)]
    [InlineData(900u)]
    public void What_was_installed_goes_and_what_is_of_others_stays(uint requestId)
    {
        using var bed = new ModelBed(XfrmEnd.Responder);
        string before = bed.Kernel.Dump();
        Install(bed, 7, requestId);
        Install(bed, 8, requestId);
        bed.Kill();
        using XfrmBackend next = Next(bed);
        IReadOnlyList<string> removed = next.RemoveLeftBehind();
        Assert.Contains("ESP c1000007 to 192.0.2.1", removed);
        Assert.Equal(before, bed.Kernel.Dump());
        Assert.Empty(next.RemoveLeftBehind());
    }

    [Fact]
    public void What_was_removed_or_refused_is_not_looked_for()
    {
        using var bed = new ModelBed(XfrmEnd.Responder);
        Assert.True(bed.Backend.TryRemove(Install(bed, 7)), bed.Backend.LastFailure);
        bed.Kernel.Refuse = static what => what.StartsWith("new sa", StringComparison.Ordinal) ? Errno.NoBufferSpace : 0;
        using (ChildSaSetup refused = Setup(8, 0))
        {
            Assert.False(bed.Backend.TryInstall(Tunnel(bed, 8), refused));
        }

        bed.Kernel.Refuse = static _ => 0;
        bed.NewSa(ModelBed.Define(ModelBed.Gateway, ModelBed.Home, 0xc1000007, 1, isTunnel: true, inUdp: false));
        string before = bed.Kernel.Dump();
        bed.Kill();
        using XfrmBackend next = Next(bed);
        Assert.Empty(next.RemoveLeftBehind());
        Assert.Equal(before, bed.Kernel.Dump());
    }

    [Fact]
    public void An_SA_of_another_with_the_same_SPI_stays()
    {
        using var bed = new ModelBed(XfrmEnd.Responder);
        string before = bed.Kernel.Dump();
        ChildSa child = Install(bed, 7);
        bed.NewSa(ModelBed.Define(ModelBed.Gateway, ModelBed.Away, 0xc1000007, 1, isTunnel: true, inUdp: false));
        Assert.NotNull(child.BackendState);
        bed.Kill();
        using XfrmBackend next = Next(bed);
        next.RemoveLeftBehind();
        Assert.Contains(bed.Kernel.Sas, static key => key.Destination == ModelBed.Away && key.Spi == 0xc1000007);
        bed.Client.DeleteSa(new XfrmSaKey(ModelBed.Away, 0xc1000007, XfrmProtocol.Esp)).Dispose();
        Assert.Equal(before, bed.Kernel.Dump());
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(77u)]
    public void What_has_moved_goes_too(uint requestId)
    {
        using var bed = new ModelBed(XfrmEnd.Responder);
        string before = bed.Kernel.Dump();
        ChildSa child = Install(bed, 7, requestId, isTunnel: false);
        Assert.True(bed.Apply(ToAway, child), bed.Backend.LastFailure);
        bed.Kill();
        using XfrmBackend next = Next(bed);
        next.RemoveLeftBehind();
        Assert.Equal(before, bed.Kernel.Dump());
    }

    [Fact]
    public void Wherever_a_move_was_cut_off_all_of_it_goes()
    {
        for (int step = 0, steps = 1; step < steps; step++)
        {
            using var bed = new ModelBed(XfrmEnd.Responder);
            string before = bed.Kernel.Dump();
            ChildSa moved = Install(bed, 7, isTunnel: false), other = Install(bed, 8);
            Assert.NotNull(other.BackendState);
            int made = 0;
            bed.Backend.Stepping = _ =>
            {
                if (made++ == step)
                {
                    throw new KilledException();
                }
            };
            try
            {
                bed.Apply(ToAway, moved);
            }
            catch (KilledException)
            {
                steps = step + 2;
            }

            bed.Kill();
            using (XfrmRecovery? recovery = XfrmRecovery.Find(bed.Client, bed.Folder))
            {
                Assert.Equal(step < steps - 1, recovery?.Remove().Count > 0);
            }

            using XfrmBackend next = Next(bed);
            next.RemoveLeftBehind();
            Assert.Equal(before, bed.Kernel.Dump());
        }
    }

    [Fact]
    public void A_line_that_was_cut_off_is_of_what_was_not_begun()
    {
        using var bed = new ModelBed(XfrmEnd.Responder);
        Install(bed, 7);
        bed.Kill();
        string path = Path.Combine(bed.Folder, "installed-4711");
        File.AppendAllText(path, "+ 9 50 4d5");
        using XfrmBackend next = Next(bed);
        Assert.NotEmpty(next.RemoveLeftBehind());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Theory]
    [InlineData("x\n")]
    [InlineData("+ 1 50\n")]
    [InlineData("+ 1 50 4d580001 c1000001,zz \n")]
    [InlineData("+ 1 50 4d580001 c1000001 00ff\n")]
    [InlineData("- one\n")]
    public void A_damaged_record_is_said_to_be_damaged_and_nothing_is_done(string text)
    {
        using var bed = new ModelBed(XfrmEnd.Responder);
        Install(bed, 7);
        string before = bed.Kernel.Dump();
        bed.Kill();
        File.WriteAllText(Path.Combine(bed.Folder, "installed-4711"), text);
        XfrmException fault = Assert.Throws<XfrmException>(() => Next(bed));
        Assert.Contains("damaged", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, bed.Kernel.Dump());
    }

    [Fact]
    public void The_record_does_not_grow_with_what_comes_and_goes()
    {
        using var bed = new ModelBed(XfrmEnd.Responder);
        Install(bed, 7);
        for (int i = 0; i < 600; i++)
        {
            Assert.True(bed.Backend.TryRemove(Install(bed, 8)), bed.Backend.LastFailure);
        }

        bed.Kill();
        Assert.True(File.ReadLines(Path.Combine(bed.Folder, "installed-4711")).Count() < 1100);
        using XfrmBackend next = Next(bed);
        Assert.NotEmpty(next.RemoveLeftBehind());
    }

    private static XfrmBackend Next(ModelBed bed) => new(bed.Client, new XfrmBackendOptions { JournalFolder = bed.Folder });

    private static ChildSa Tunnel(ModelBed bed, uint number) => new(
        bed.Ike, 0xc1000000 + number, IpsecProto.Esp, IpsecMode.Tunnel, new AddressSet(ModelBed.Home), new AddressSet(ModelBed.Gateway), new AddressSet(ModelBed.Inner), ModelBed.Remote);

    private static ChildSa Install(ModelBed bed, uint number, uint requestId = 0, bool isTunnel = true)
    {
        ChildSa child = isTunnel
            ? Tunnel(bed, number)
            : new ChildSa(bed.Ike, 0xc1000000 + number, IpsecProto.Esp, IpsecMode.Transport, new AddressSet(ModelBed.Home), new AddressSet(ModelBed.Gateway));
        using ChildSaSetup setup = Setup(number, requestId, isTunnel);
        Assert.True(bed.Backend.TryInstall(child, setup), bed.Backend.LastFailure);
        return child;
    }

    private static ChildSaSetup Setup(uint number, uint requestId, bool isTunnel = true)
    {
        IpAddress local = isTunnel ? IpAddress.Parse("10.3.0.1") : ModelBed.Gateway, remote = isTunnel ? IpAddress.Parse("10.0.0.9") : ModelBed.Home;
        return new ChildSaSetup
        {
            IsInitiator = false,
            ResponderSpi = 0xc2000000 + number,
            Encryption = EncryptionAlgorithm.AesGcm16,
            Outbound = Keys(),
            Inbound = Keys(),
            Local = [new TrafficRange(local, local, isTunnel ? (byte)0 : (byte)17)],
            Remote = [new TrafficRange(remote, remote, isTunnel ? (byte)0 : (byte)17)],
            RequestId = requestId,
        };
    }

    private static ChildSaKeys Keys() => new([.. Enumerable.Range(1, 20).Select(static i => (byte)i)], []);
}
