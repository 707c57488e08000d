using MobikeX.Cli.Run;
using MobikeX.Cli.Run.Control;
using MobikeX.Ike;

namespace MobikeX.Cli.Tests;

/// <summary>What became of <c>mobikex rekey</c>.</summary>
public class RekeyJudgeTests
{
    [Fact]
    public void Of_the_IKE_SA()
    {
        var judge = new RekeyJudge(childSpi: null);
        Assert.Null(judge.Take(new PeerFailed("rekey of the IKE_SA: TEMPORARY_FAILURE")));
        Assert.Null(judge.Take(new ChildRekeyed("net", 1, 2, 3)));
        Assert.Null(judge.Take(new ChildFailed("net", "TS_UNACCEPTABLE")));
        Assert.Null(judge.Take(new ChildEnded("net", 1)));
        Assert.Equal(ControlAnswer.No("NO_PROPOSAL_CHOSEN"), judge.Take(new SaRekeyFailed("NO_PROPOSAL_CHOSEN")));
        Assert.Equal(ControlAnswer.Done, judge.Take(new SaRekeyed(7)));
    }

    [Fact]
    public void Of_a_CHILD_SA()
    {
        var judge = new RekeyJudge(childSpi: 1);
        Assert.Null(judge.Take(new SaRekeyFailed("NO_PROPOSAL_CHOSEN")));
        Assert.Null(judge.Take(new SaRekeyed(7)));
        Assert.Null(judge.Take(new ChildRekeyed("net", 2, 3, 4)));
        Assert.Null(judge.Take(new ChildFailed("other", "TS_UNACCEPTABLE")));
        Assert.Null(judge.Take(new ChildEnded("net", 2)));
        Assert.Equal(ControlAnswer.No("NO_ADDITIONAL_SAS"), judge.Take(new ChildFailed("net", "NO_ADDITIONAL_SAS") { FormerSpi = 1 }));
        Assert.Equal(ControlAnswer.No("the CHILD_SA has ended"), judge.Take(new ChildEnded("net", 1)));
        Assert.Equal(ControlAnswer.Done, judge.Take(new ChildRekeyed("net", 1, 2, 3)));
    }
}
