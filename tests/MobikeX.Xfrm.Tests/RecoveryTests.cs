using MobikeX.Engine;

namespace MobikeX.Xfrm.Tests;

/// <summary>A process that ends in the middle of a move: what it leaves is named, and finished or undone.</summary>
public sealed class RecoveryTests
{
    private static readonly SaChange ToAway = SaChange.Update(AddressPlaces.Header, default, ModelBed.Away);

    private sealed class KilledException : Exception;

    [Theory]
    [InlineData(XfrmEnd.Initiator, false)]
    [InlineData(XfrmEnd.Initiator, true)]
    [InlineData(XfrmEnd.Responder, false)]
    [InlineData(XfrmEnd.Responder, true)]
    public void Wherever_a_move_was_cut_off_it_is_undone_or_finished(XfrmEnd local, bool migratesStates)
    {
        int steps = 0;
        string done;
        using (var whole = new ModelBed(local, migratesStates))
        {
            whole.Backend.Stepping = _ => steps++;
            Assert.True(whole.Apply(ToAway, whole.Ike, whole.Tunnel, whole.Transport), whole.Backend.LastFailure);
            done = WithoutCounters(whole);
        }

        Assert.NotEqual(0, steps);
        for (int step = 0; step < steps; step++)
        {
            CutOff(local, migratesStates, step, toTheEnd: false, done);
            CutOff(local, migratesStates, step, toTheEnd: true, done);
        }
    }

    [Fact]
    public void A_closing_that_was_cut_off_is_undone()
    {
        using var bed = new ModelBed(XfrmEnd.Responder);
        string before = WithoutCounters(bed);
        KillAt(bed, SaChange.Close(), step: 3);
        using XfrmRecovery recovery = XfrmRecovery.Find(bed.Client, bed.Folder)!;
        Assert.All(recovery.Moves, static move => Assert.Null(move.To));
        recovery.Undo();
        Assert.Equal(before, WithoutCounters(bed));
    }

    [Fact]
    public void An_SA_that_is_nowhere_comes_back_with_numbers_that_it_cannot_have_used()
    {
        using var bed = new ModelBed(XfrmEnd.Initiator);
        bed.Kernel.Send(bed.OutboundOf(bed.Transport), 10);
        bed.Kernel.BeforeDeletion = key => bed.Kernel.Send(key, 1000);
        KillAt(bed, ToAway, step: 3, bed.Transport);
        Assert.DoesNotContain(bed.Kernel.Sas, static key => key.Spi == 0xc2000002);
        using XfrmRecovery recovery = XfrmRecovery.Find(bed.Client, bed.Folder)!;
        Assert.Equal(XfrmMoveProgress.Between, Assert.Single(recovery.Moves).Progress);
        recovery.Undo();
        using XfrmSa outbound = bed.Kernel[new XfrmSaKey(ModelBed.Gateway, 0xc2000002, XfrmProtocol.Esp)];
        Assert.True(outbound.Replay!.Sent > 1010);
    }

    [Fact]
    public void No_backend_starts_while_a_move_is_cut_off()
    {
        using var bed = new ModelBed(XfrmEnd.Initiator);
        KillAt(bed, ToAway, step: 2);
        var options = new XfrmBackendOptions { JournalFolder = bed.Folder };
        XfrmException fault = Assert.Throws<XfrmException>(() => new XfrmBackend(bed.Client, options));
        Assert.Equal(XfrmProblem.MoveUnfinished, fault.Problem);
        using (XfrmRecovery recovery = XfrmRecovery.Find(bed.Client, bed.Folder)!)
        {
            recovery.Finish();
        }

        using var again = new XfrmBackend(bed.Client, options);
        Assert.Null(again.LastFailure);
    }

    [Fact]
    public void The_journal_is_for_its_owner_alone_and_gone_after_the_move()
    {
        using var bed = new ModelBed(XfrmEnd.Initiator);
        List<UnixFileMode> modes = [];
        string path = Path.Combine(bed.Folder, "move-4711");
        bed.Backend.Stepping = _ => modes.Add(File.GetUnixFileMode(path));
        Assert.True(bed.Apply(ToAway, bed.Transport), bed.Backend.LastFailure);
        Assert.NotEmpty(modes);
        Assert.All(modes, static mode => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode));
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void Two_backends_of_one_namespace_do_not_work_at_once()
    {
        using var bed = new ModelBed(XfrmEnd.Initiator);
        XfrmException fault = Assert.Throws<XfrmException>(() => new XfrmBackend(bed.Client, new XfrmBackendOptions { JournalFolder = bed.Folder }));
        Assert.Contains("another process", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_others_may_enter_is_refused()
    {
        string folder = ModelBed.JournalFolder();
        try
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead);
            using var client = new XfrmClient(new KernelModel(), "net:[1]");
            XfrmException fault = Assert.Throws<XfrmException>(() => new XfrmBackend(client, new XfrmBackendOptions { JournalFolder = folder }));
            Assert.Contains("only its owner", fault.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_damaged_journal_is_said_to_be_damaged_and_nothing_is_done()
    {
        using var bed = new ModelBed(XfrmEnd.Initiator);
        KillAt(bed, ToAway, step: 2);
        string path = Path.Combine(bed.Folder, "move-4711");
        byte[] octets = File.ReadAllBytes(path);
        octets[^9] ^= 1;
        File.WriteAllBytes(path, octets);
        bed.Kernel.Changes.Clear();
        XfrmException fault = Assert.Throws<XfrmException>(() => XfrmRecovery.Find(bed.Client, bed.Folder));
        Assert.Contains("damaged", fault.Message, StringComparison.Ordinal);
        Assert.Empty(bed.Kernel.Changes);
    }

    [Fact]
    public void A_journal_of_another_namespace_is_not_carried_out_here()
    {
        using var bed = new ModelBed(XfrmEnd.Initiator);
        KillAt(bed, ToAway, step: 2, bed.Transport);
        var empty = new KernelModel();
        using var client = new XfrmClient(empty, "net:[4711]");
        using XfrmRecovery recovery = XfrmRecovery.Find(client, bed.Folder)!;
        Assert.Equal(XfrmProblem.NotFound, Assert.Throws<XfrmException>(recovery.Undo).Problem);
        Assert.Empty(empty.Changes);
    }

    private static void CutOff(XfrmEnd local, bool migratesStates, int step, bool toTheEnd, string done)
    {
        using var bed = new ModelBed(local, migratesStates);
        bed.Kernel.Send(bed.OutboundOf(bed.Tunnel), 3);
        bed.Kernel.Receive(bed.InboundOf(bed.Transport), 12);
        string before = WithoutCounters(bed);
        KillAt(bed, ToAway, step, bed.Ike, bed.Tunnel, bed.Transport);
        using (XfrmRecovery recovery = XfrmRecovery.Find(bed.Client, bed.Folder)!)
        {
            Assert.Equal(["CHILD_SA c1000001", "CHILD_SA c1000002"], recovery.Moves.Select(static move => move.Name));
            if (toTheEnd)
            {
                recovery.Finish();
            }
            else
            {
                recovery.Undo();
            }
        }

        Assert.Equal(toTheEnd ? done : before, WithoutCounters(bed));
        XfrmSaKey inbound = bed.Kernel.Sas.Single(key => key.Spi == (local == XfrmEnd.Initiator ? 0xc1000002 : 0xc2000002));
        using XfrmSa received = bed.Kernel[inbound];
        Assert.True(received.Replay!.Refuses(12));
        Assert.False(received.Replay.Refuses(11));
        using XfrmSa sent = bed.Kernel[bed.Kernel.Sas.Single(key => key.Spi == (local == XfrmEnd.Initiator ? 0xc2000001 : 0xc1000001))];
        Assert.True(sent.Replay!.Sent >= 3);
        Assert.Null(XfrmRecovery.Find(bed.Client, bed.Folder));
    }

    private static void KillAt(ModelBed bed, SaChange change, int step, params SecurityAssociation[] sas)
    {
        int made = 0;
        bed.Backend.Stepping = _ =>
        {
            if (made++ == step)
            {
                throw new KilledException();
            }
        };
        Assert.Throws<KilledException>(() => bed.Apply(change, sas.Length == 0 ? [bed.Tunnel, bed.Transport] : sas));
        bed.Kill();
    }

    private static string WithoutCounters(ModelBed bed) =>
        string.Join('\n', bed.Kernel.Dump().Split('\n').Select(static line => string.Join(' ', line.Split(' ').TakeWhile(static word => word != "XfrmLifetime").SkipLast(line.Contains("XfrmLifetime", StringComparison.Ordinal) ? 1 : 0))));
}
