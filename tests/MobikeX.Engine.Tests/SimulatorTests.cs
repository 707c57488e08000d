using MobikeX.Engine.Tests.Simulator;
using MobikeX.Protocol;

namespace MobikeX.Engine.Tests;

/// <summary>Both engines with a network that loses, doubles and reorders, over many seeds. A failure names its seed: run that one alone.</summary>
public sealed class SimulatorTests
{
    private const int Blocks = 8;
    private const int SeedsOfBlock = 50;

    public static TheoryData<int> BlockNumbers => [.. Enumerable.Range(0, Blocks)];

    [Theory(DisplayName = "7.4 to 7.7: both ends have the same addresses, an action not done changes nothing, and all of it ends")]
    [MemberData(nameof(BlockNumbers))]
    public void EndsAgree(int block)
    {
        int done = 0;
        int notDone = 0;
        for (int seed = block * SeedsOfBlock; seed < (block + 1) * SeedsOfBlock; seed++)
        {
            RandomPair pair = new(seed);
            Exception? failure = Record.Exception(pair.Run);
            Assert.True(failure is null, $"seed {seed}: {failure}");
            done += pair.Outcomes.Done;
            notDone += pair.Outcomes.NotDone;
        }

        // The seeds would show little if everything were refused, or nothing.
        Assert.True(done > SeedsOfBlock, $"{done} actions done");
        Assert.True(notDone > SeedsOfBlock / 2, $"{notDone} actions not done");
    }

    [Fact(DisplayName = "A seed gives the same run every time")]
    public void SeedDecides()
    {
        RandomPair first = new(7);
        RandomPair second = new(7);
        first.Run();
        second.Run();

        Assert.Equal(first.Trace, second.Trace);
    }

    [Theory(DisplayName = "7.1.1: a negotiation over a bad network ends, and both ends agree on what came of it")]
    [InlineData("01 02", "01 02", MobikeVersion.MobikeX)]
    [InlineData("01 02", "01", MobikeVersion.Mobike)]
    [InlineData("02", "01", MobikeVersion.Mobike)]
    [InlineData("02", "", null)]
    public void NegotiationsAgree(string offered, string enabled, MobikeVersion? version)
    {
        for (int seed = 0; seed < 25; seed++)
        {
            Pair pair = new(
                new InitiatorOptions { OfferedVersions = Versions(offered), SupportedVersions = [MobikeVersion.Mobike, MobikeVersion.MobikeX] },
                new ResponderOptions { EnabledVersions = Versions(enabled) },
                version: null,
                seed);
            pair.Network.Loss = 0.3;
            pair.Network.Duplication = 0.3;
            pair.Network.LongestDelay = TimeSpan.FromMilliseconds(400);

            pair.Do((initiator, _) => initiator.Enable(pair.Clock.Now));

            Assert.Equal(version, pair.Responder.Ike.Version);
            Assert.Equal(version, pair.Initiator.Ike.Version);
        }
    }

    private static MobikeVersion[] Versions(string numbers) =>
        [.. numbers.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static number => (MobikeVersion)Convert.ToByte(number, 16))];
}
