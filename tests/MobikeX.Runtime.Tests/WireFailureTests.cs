namespace MobikeX.Runtime.Tests;

public class WireFailureTests
{
    private static readonly WireFailure Inner = new(WireFailureKind.BadValue, 1, "IP", "version", "is no family of an address");

    [Fact]
    public void A_container_adds_its_name_its_offset_and_its_answer()
    {
        WireFailure failure = Inner.In("UPDATE_SA_ADDRESSES", 8, "UNACCEPTABLE_PARAMETER", 8194);

        Assert.Equal(WireFailureKind.BadValue, failure.Kind);
        Assert.Equal(9, failure.Offset);
        Assert.Equal("UPDATE_SA_ADDRESSES.IP.version", failure.Path);
        Assert.Equal("UNACCEPTABLE_PARAMETER", failure.Reaction);
        Assert.Equal(8194, failure.Answer);
        Assert.Equal("offset 9: UPDATE_SA_ADDRESSES.IP.version: is no family of an address (answered with UNACCEPTABLE_PARAMETER)", failure.ToString());
    }

    [Fact]
    public void The_answer_that_is_nearest_to_the_fault_stays()
    {
        WireFailure failure = new WireFailure(WireFailureKind.BadCount, 0, "ID", string.Empty, "stands twice", "INNER", 1).In("NOTIFY", 4, "OUTER", 2);

        Assert.Equal("INNER", failure.Reaction);
        Assert.Equal(1, failure.Answer);
        Assert.Equal("NOTIFY.ID", failure.Path);
    }

    [Fact]
    public void Two_containers_stand_from_the_outside_in() =>
        Assert.Equal("NOTIFY.IP.INFORMATION.class", new WireFailure(WireFailureKind.NotUnderstood, 1, "INFORMATION", "class", "why").In("IP", 4).In("NOTIFY", 0).Path);

    [Fact]
    public void The_same_failure_later_in_the_input_differs_by_its_offset()
    {
        Assert.Equal(21, Inner.At(20).Offset);
        Assert.Equal(Inner, Inner.At(0));
        Assert.NotEqual(Inner, Inner.At(20));
    }

    [Fact]
    public void The_default_is_no_failure()
    {
        Assert.Equal(WireFailureKind.None, default(WireFailure).Kind);
        Assert.Equal("no failure", default(WireFailure).ToString());
    }
}
