using MobikeX.Engine.Tests.Simulator;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Engine.Tests;

/// <summary>What the Initiator sends: sections 6.5 to 6.8, 8 and 9, octet by octet.</summary>
public sealed class InitiatorRequestTests
{
    private static readonly IpAddress Away = Pair.Address("198.51.100.7");

    [Fact(DisplayName = "6.6: an UPDATE with nothing named carries its ID alone")]
    public void ImplicitUpdate()
    {
        Pair pair = new();

        pair.Do(static (initiator, sas) => initiator.Update(new ActionCommand(), Pair.From(Away), default, sas));

        Assert.Equal([new SentNotify(NotifyType.UpdateSaAddresses, "07000001", false)], pair.Requests[0]);
        Assert.Equal([ExchangeType.Informational], pair.Exchanges);
        Assert.Equal(Away, pair.Network.Sent[0].Packet.Source);
    }

    [Fact(DisplayName = "6.6: OLD has O, NEW has N, both have H")]
    [Requirement("R-5.1-02")]
    [Requirement("R-6.6-01")]
    [Requirement("R-11.4.3-03")]
    [Requirement("R-11.4.3-04")]
    [Requirement("R-11.4.3-05")]
    public void ExplicitUpdate()
    {
        Pair pair = new();

        pair.Do(static (initiator, sas) => initiator.Update(new ActionCommand { Old = Pair.Home, Address = Away }, Pair.FromHome, default, sas));

        // V = 1 (IPv4) in bits 1 and 2; C, O, N, H, I behind it.
        Assert.Equal([new SentNotify(NotifyType.UpdateSaAddresses, "032a0000c0000201" + "03260000c6336407" + "07000001", false)], pair.Requests[0]);
    }

    [Fact(DisplayName = "7.5: a CHECK needs OLD or NEW, so NEW is named")]
    [Requirement("R-4-03")]
    [Requirement("R-5.1-02")]
    public void CheckNamesTheAddress()
    {
        Pair pair = new();

        pair.Do(static (initiator, sas) => initiator.Update(new ActionCommand { Check = true }, Pair.From(Away), default, sas));

        Assert.Equal("03360000c6336407" + "07000001", Assert.Single(pair.Requests[0]).Data);
    }

    [Fact(DisplayName = "6.7, 6.8: ADD and REMOVE name one address, with neither O nor N")]
    [Requirement("R-6.7-02")]
    [Requirement("R-6.8-02")]
    [Requirement("R-11.4.3-06")]
    public void AddAndRemove()
    {
        Pair pair = new();
        pair.AddChild(0xc1, IpsecMode.Tunnel);

        pair.Do(static (initiator, sas) => initiator.Add(new ActionCommand { Address = Away }, Pair.FromHome, default, sas));
        pair.Do(static (initiator, sas) => initiator.Remove(new ActionCommand { Address = Away }, Pair.FromHome, default, sas));

        Assert.Equal([new SentNotify(NotifyType.AddSaAddress, "03220000c6336407" + "07000001", false)], pair.Requests[0]);
        Assert.Equal([new SentNotify(NotifyType.RemoveSaAddress, "03220000c6336407" + "07000002", false)], pair.Requests[1]);
    }

    [Fact(DisplayName = "5.2: ADD with nothing named carries its ID alone")]
    public void ImplicitAdd()
    {
        Pair pair = new();
        pair.AddChild(0xc1, IpsecMode.Tunnel);

        pair.Do(static (initiator, sas) => initiator.Add(new ActionCommand(), Pair.From(Away), default, sas));

        Assert.Equal("07000001", Assert.Single(pair.Requests[0]).Data);
        Assert.Equal(AddressSet.Of(Pair.Home, Away), pair.ChildAtResponder(0xc1)!.Initiator);
        Assert.Equal(AddressSet.Of(Pair.Home, Away), pair.ChildAtInitiator(0xc1)!.Initiator);
    }

    [Fact(DisplayName = "8, 9: SELECTORs, the action, END_OF_SELECTOR; each SELECTOR and the action have IDs of their own")]
    [Requirement("R-6.3-01")]
    [Requirement("R-6.6-03")]
    [Requirement("R-8-03")]
    [Requirement("R-8-04")]
    public void SelectorSet()
    {
        Pair pair = new();
        pair.AddChild(0xc1000001, IpsecMode.Tunnel);
        SaSelector[] selectors =
        [
            new SaSelector { ChildSpi = 0xc1000001, Mode = IpsecMode.Tunnel, Protocol = IpsecProto.Esp },
            new SaSelector { IkeSpi = Pair.IkeSpi },
            new SaSelector { Address = Pair.Home, Places = AddressPlaces.Header },
            new SaSelector { Value = SelectorValue.AllIkeSa },
        ];

        pair.Do((initiator, sas) => initiator.Update(new ActionCommand { Selectors = selectors, Address = Away }, Pair.FromHome, default, sas));

        Assert.Equal(
            [
                new SentNotify(NotifyType.Selector, "02040000c1000001" + "04010000" + "05030000" + "07000002", false),
                new SentNotify(NotifyType.Selector, "0208000000000000000000a1" + "07000003", false),
                new SentNotify(NotifyType.Selector, "03220000c0000201" + "07000004", false),
                new SentNotify(NotifyType.Selector, "06030000" + "07000005", false),
                new SentNotify(NotifyType.UpdateSaAddresses, "03260000c6336407" + "07000001", false),
                new SentNotify(NotifyType.EndOfSelector, string.Empty, false),
            ],
            pair.Requests[0]);
    }

    [Fact(DisplayName = "6.5: every alternate is a notify of its own, with H, and neither O, N nor I; none is NO_ADDITIONAL_ADDRESSES")]
    [Requirement("R-6.5-02")]
    [Requirement("R-7.2-03")]
    [Requirement("R-7.2-06")]
    public void Alternates()
    {
        Pair pair = new();
        MultihomingInformation information = new(preference: 5, @class: AddressClass.None, reachability: Reachability.Reachable, startTime: 0, lifeTime: 60);

        pair.Do((initiator, _) => initiator.OfferAlternates([new OfferedAlternate(Away, information), new OfferedAlternate(Pair.Address("2001:db8::1"), check: true)], [], default));
        pair.Do(static (initiator, _) => initiator.OfferAlternates([], [], default));

        Assert.Equal(
            [
                new SentNotify(NotifyType.AdditionalIpAddress, "03a20000" + "05004000" + "00000000" + "0000003c" + "c6336407" + "07000001", false),
                new SentNotify(NotifyType.AdditionalIpAddress, "03120000" + "20010db8000000000000000000000001" + "07000002", false),
            ],
            pair.Requests[0]);
        Assert.Equal([new SentNotify(NotifyType.NoAdditionalAddresses, string.Empty, false)], pair.Requests[1]);
    }

    [Fact(DisplayName = "RFC 4555 3.5, 3.6: version 1 has an UPDATE without data, and addresses as they are")]
    public void VersionOne()
    {
        Pair pair = new(version: MobikeVersion.Mobike);

        pair.Do(static (initiator, sas) => initiator.Update(new ActionCommand(), Pair.From(Away), default, sas));
        pair.Do(static (initiator, _) => initiator.OfferAlternates([new OfferedAlternate(Pair.Home), new OfferedAlternate(Pair.Address("2001:db8::1"))], [], default));
        pair.Do(static (initiator, _) => initiator.OfferAlternates([], [], default));

        Assert.Equal([new SentNotify(NotifyType.UpdateSaAddresses, string.Empty, false)], pair.Requests[0]);
        Assert.Equal(
            [
                new SentNotify(NotifyType.AdditionalIp4Address, "c0000201", false),
                new SentNotify(NotifyType.AdditionalIpAddress, "20010db8000000000000000000000001", false),
            ],
            pair.Requests[1]);
        Assert.Equal([new SentNotify(NotifyType.NoAdditionalAddresses, string.Empty, false)], pair.Requests[2]);
        Assert.Equal(new AddressSet(Away), pair.Initiator.Ike.Initiator);
        Assert.Equal(new AddressSet(Away), pair.Responder.Ike.Initiator);
    }

    [Fact(DisplayName = "5.6: what version 1 does not have is refused before it is sent")]
    public void VersionOneHasNoMore()
    {
        Pair pair = new(version: MobikeVersion.Mobike);
        ActionCommand[] commands =
        [
            new() { Check = true },
            new() { Old = Pair.Home },
            new() { Selectors = [new SaSelector { IkeSpi = Pair.IkeSpi }] },
            new() { Places = AddressPlaces.Inner },
        ];

        foreach (ActionCommand command in commands)
        {
            pair.Do((initiator, sas) => initiator.Update(command, Pair.FromHome, default, sas));
        }

        pair.Do(static (initiator, sas) => initiator.Add(new ActionCommand { Address = Away }, Pair.FromHome, default, sas));
        pair.Do(static (initiator, sas) => initiator.Remove(new ActionCommand { Address = Away }, Pair.FromHome, default, sas));
        pair.Do(static (initiator, _) => initiator.OfferAlternates([new OfferedAlternate(Away, check: true)], [], default));

        Assert.Empty(pair.Network.Sent);
        Assert.Equal(commands.Length + 3, pair.InitiatorEvents.Count);
        Assert.All(pair.InitiatorEvents, static told => Assert.IsType<CommandRefused>(told));
    }

    [Fact(DisplayName = "5.6: nothing is sent before a version is agreed on")]
    public void NoVersion()
    {
        Pair pair = new(version: null);

        pair.Do(static (initiator, sas) => initiator.Update(new ActionCommand(), Pair.From(Away), default, sas));

        Assert.Empty(pair.Network.Sent);
        Assert.IsType<CommandRefused>(Assert.Single(pair.InitiatorEvents));
    }
}
