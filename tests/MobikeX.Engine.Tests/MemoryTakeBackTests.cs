using MobikeX.Engine.Memory;
using static MobikeX.Engine.Tests.ResponderBed;

namespace MobikeX.Engine.Tests;

/// <summary>No packet leaves in clear while a change is taken back either.</summary>
public sealed class MemoryTakeBackTests
{
    [Fact]
    public void Policies_cover_the_addresses_at_every_step_of_the_way_back()
    {
        ResponderBed bed = new();
        MemoryIpsecBackend backend = bed.Backend;
        SaSelection targets = new();
        targets.Add(bed.NewTransport(1));
        targets.Add(bed.NewTransport(2));
        List<AddressSet> steps = [];
        backend.Stepped = child =>
        {
            MemorySadEntry entry = backend[child]!;
            Assert.True(entry.Covered.Contains(child.Initiator[0]), $"{child.Initiator} is not among {entry.Covered}");
            steps.Add(child.Initiator);
        };

        backend.FailNext(afterSas: 1);
        Assert.False(backend.TryApply(SaChange.Update(AddressPlaces.Header, default, Away), targets));

        Assert.Equal([Set(Home), Set(Away), Set(Away), Set(Away), Set(Home), Set(Home)], steps);
        Assert.Equal(Set(Home), backend[(ChildSa)targets[0]]!.Covered);
    }
}
