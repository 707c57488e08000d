using MobikeX.Wfp.Interop;

namespace MobikeX.Wfp.Windows;

/// <summary>The stand-in answers misuse with the documented error, so that a backend which misuses the platform fails its tests.</summary>
public sealed unsafe class StandInTests
{
    [Fact]
    public void Contexts_are_not_moved_in_a_transaction()
    {
        using var bed = new WfpBed();
        using WfpBlock block = bed.Engine.GetContext(bed.TransportSa.ContextId);
        WfpException refused = Assert.Throws<WfpException>(() =>
            bed.Engine.InTransaction(() => bed.Engine.UpdateContext((IpsecSaContext1*)block.Address, IpsecSaContextUpdate.Traffic)));
        Assert.Equal(0x8032000Eu, refused.Code);
    }

    [Fact]
    public void There_is_one_transaction_at_a_time()
    {
        using var bed = new WfpBed();
        WfpException refused = Assert.Throws<WfpException>(() => bed.Engine.InTransaction(() => bed.Engine.InTransaction(static () => { })));
        Assert.Equal(0x8032000Eu, refused.Code);
        Assert.Equal(0x8032000Du, Fwpuclnt.FwpmTransactionCommit0(bed.Engine.Handle));
    }

    [Fact]
    public void A_transaction_that_is_aborted_leaves_the_filters_as_they_were()
    {
        using var bed = new WfpBed();
        string held = Platform.Holds;
        Assert.Throws<WfpException>(() => bed.Engine.InTransaction(() =>
        {
            bed.Engine.DeleteFilter(bed.TransportSa.Filters[0].Id);
            bed.Engine.DeleteFilter(1);
        }));
        Assert.Equal(held, Platform.Holds);
    }

    [Fact]
    public void A_context_is_not_made_in_a_dynamic_session()
    {
        using var bed = new WfpBed();
        byte* session = stackalloc byte[80];
        new Span<byte>(session, 80).Clear();
        // FWPM_SESSION0: the key, two texts, then the flags.
        *(uint*)(session + 32) = 1;
        Assert.Equal(0u, Fwpuclnt.FwpmEngineOpen0(0, WfpNumbers.AuthenticationByWindows, 0, (nint)session, out nint opened));
        using var engine = EngineHandle.Of(opened);
        Assert.Equal(0x8032000Bu, SetupCalls.IPsecSaContextCreate1(engine, TrafficOf(bed), 0, out _, out _));
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(0x100UL)]
    public void An_update_says_what_it_is_of(ulong flags)
    {
        using var bed = new WfpBed();
        using WfpBlock block = bed.Engine.GetContext(bed.TransportSa.ContextId);
        Assert.Equal(0x8032001Eu, Fwpuclnt.IPsecSaContextUpdate0(bed.Engine.Handle, flags, (IpsecSaContext1*)block.Address));
    }

    [Fact]
    public void Both_directions_move_together()
    {
        using var bed = new WfpBed();
        using WfpBlock block = bed.Engine.GetContext(bed.TransportSa.ContextId);
        ((IpsecSaDetails1*)((IpsecSaContext1*)block.Address)->InboundSa)->Traffic.Local = WfpAddresses.Write(WfpBed.Away);
        Assert.Equal(0x8032001Au, Fwpuclnt.IPsecSaContextUpdate0(bed.Engine.Handle, 1, (IpsecSaContext1*)block.Address));
    }

    [Fact]
    public void What_is_unknown_is_said_to_be()
    {
        using var bed = new WfpBed();
        Assert.Equal(0x80320008u, Assert.Throws<WfpException>(() => bed.Engine.DeleteContext(4711)).Code);
        Assert.Equal(0x80320003u, Assert.Throws<WfpException>(() => bed.Engine.DeleteFilter(4711)).Code);
        Assert.Equal(Guid.Empty, bed.Engine.PolicyKey(4711));
        Assert.Equal(0x80320003u, Assert.Throws<WfpException>(() => bed.Engine.CopyFilter(4711, 1, WfpBed.Home, WfpBed.Away)).Code);
    }

    [Fact]
    public void A_failure_names_the_call_and_the_code_in_words()
    {
        Platform.Reset();
        Platform.Fail("FwpmEngineOpen0", 0, 0x06D9);
        WfpException refused = Assert.Throws<WfpException>(() => WfpEngine.Open());
        Assert.Equal("FwpmEngineOpen0: the base filtering engine is not running (0x000006D9)", refused.Message);
    }

    private static IpsecTraffic1 TrafficOf(WfpBed bed)
    {
        using WfpBlock block = bed.Engine.GetContext(bed.TransportSa.ContextId);
        return ((IpsecSaDetails1*)((IpsecSaContext1*)block.Address)->OutboundSa)->Traffic;
    }
}
