using MobikeX.Engine.Tests.Simulator;
using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Engine.Tests;

/// <summary>A command that cannot be written as it stands is refused: without the part that is missing it would ask for more, or for something else.</summary>
public sealed class InitiatorRefusedCommandTests
{
    private const uint Tunnel = 0xc1;

    private static readonly IpAddress Away = Pair.Address("198.51.100.7");
    private static readonly MultihomingInformation Unwritable = new(0, AddressClass.None, (Reachability)7, 0, 0);

    private static readonly Dictionary<string, ActionCommand> Commands = new()
    {
        ["a CHECK of no address"] = new() { Address = default(IpAddress), Check = true },
        ["a candidate that is no address"] = new() { Candidates = [Away, default] },
        ["information that R has no bits for"] = new() { Address = Away, Check = true, Information = Unwritable },
        ["a SELECTOR of no address"] = new() { Address = Away, Selectors = [new SaSelector { Address = default(IpAddress), Mode = IpsecMode.Tunnel }] },
        ["a SELECTOR of nothing"] = new() { Address = Away, Selectors = [new SaSelector()] },
    };

    public static TheoryData<string> Names => [.. Commands.Keys];

    [Theory(DisplayName = "6.6 to 6.8: what cannot be written is not sent in part")]
    [MemberData(nameof(Names))]
    public void Actions(string name)
    {
        Pair pair = new();
        pair.AddChild(Tunnel, IpsecMode.Tunnel);
        ActionCommand command = Commands[name];

        pair.Do((initiator, sas) => initiator.Update(command, Pair.From(Away), default, sas));
        pair.Do((initiator, sas) => initiator.Add(command, Pair.From(Away), default, sas));
        pair.Do((initiator, sas) => initiator.Remove(command, Pair.From(Away), default, sas));

        AssertRefused(pair, 3);
    }

    [Fact(DisplayName = "6.6: an UPDATE of no OLD_IP would be one of every address")]
    public void NoOld()
    {
        Pair pair = new();
        pair.AddChild(Tunnel, IpsecMode.Tunnel);

        pair.Do(static (initiator, sas) => initiator.Update(new ActionCommand { Old = default(IpAddress), Address = Away }, Pair.FromHome, default, sas));
        pair.Do(static (initiator, sas) => initiator.Add(new ActionCommand { Old = Pair.Home, Address = Away }, Pair.FromHome, default, sas));

        AssertRefused(pair, 2);
    }

    [Theory(DisplayName = "6.6: a packet has a source, and where it is named a destination of the same family")]
    [InlineData(MobikeVersion.Mobike)]
    [InlineData(MobikeVersion.MobikeX)]
    public void NoPacket(MobikeVersion version)
    {
        Pair pair = new(new InitiatorOptions { ProhibitsNats = true }, version: version);
        pair.AddChild(Tunnel, IpsecMode.Tunnel);

        pair.Do(static (initiator, sas) => initiator.Update(new ActionCommand(), default, default, sas));
        pair.Do(static (initiator, sas) => initiator.Update(new ActionCommand(), Pair.From(Pair.Address("2001:db8::1")), default, sas));

        AssertRefused(pair, 2);
    }

    [Theory(DisplayName = "6.5: of alternates all are written, or none is sent")]
    [InlineData(MobikeVersion.Mobike)]
    [InlineData(MobikeVersion.MobikeX)]
    public void Alternates(MobikeVersion version)
    {
        Pair pair = new(version: version);
        pair.AddChild(Tunnel, IpsecMode.Tunnel);

        pair.Do(static (initiator, _) => initiator.OfferAlternates([new OfferedAlternate(Away), new OfferedAlternate(default)], [], default));
        pair.Do(static (initiator, _) => initiator.OfferAlternates([new OfferedAlternate(Away)], [new SaSelector { Address = default(IpAddress) }], default));

        AssertRefused(pair, 2);
        Assert.Equal(0, pair.Responder.Ike.Alternates.Count);
    }

    [Fact(DisplayName = "6.5: information that cannot be written is not left out")]
    public void AlternateInformation()
    {
        Pair pair = new();

        pair.Do(static (initiator, _) => initiator.OfferAlternates([new OfferedAlternate(Away, Unwritable, check: true)], [], default));

        AssertRefused(pair, 1);
    }

    private static void AssertRefused(Pair pair, int commands)
    {
        Assert.Empty(pair.Network.Sent);
        Assert.Equal(commands, pair.InitiatorEvents.Count);
        Assert.All(pair.InitiatorEvents, static told => Assert.IsType<CommandRefused>(told));
        Assert.Equal(new AddressSet(Pair.Home), pair.Initiator.Ike.Initiator);
        Assert.Equal(new AddressSet(Pair.Home), (pair.ChildAtInitiator(Tunnel) ?? (SecurityAssociation)pair.Initiator.Ike).Initiator);
    }
}
