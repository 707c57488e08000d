using MobikeX.Engine.Tests.Simulator;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Engine.Tests;

/// <summary>NATs with an UPDATE: RFC 4555 sections 3.5 and 3.9.</summary>
public sealed class InitiatorNatTests
{
    private const uint Tunnel = 0xc1;

    private static readonly IpAddress Away = Pair.Address("198.51.100.7");
    private static readonly IpAddress Inside = Pair.Address("10.0.0.7");

    [Fact(DisplayName = "RFC 4555 3.5: NAT_DETECTION_* go with an UPDATE, before it; the response carries them too")]
    public void DetectsNone()
    {
        Pair pair = Create(new InitiatorOptions());

        pair.Do(static (initiator, sas) => initiator.Update(new ActionCommand(), Pair.From(Away), default, sas));

        // SHA-1 over a1 and b1 as 64-bit SPIs, the address and port 4500.
        Assert.Equal([NotifyType.NatDetectionSourceIp, NotifyType.NatDetectionDestinationIp, NotifyType.UpdateSaAddresses], pair.Requests[0].Select(static notify => notify.Type));
        Assert.Equal(Hash("00000000000000a1" + "00000000000000b1" + "c6336407" + "1194"), pair.Requests[0][0].Data);
        Assert.Equal(Hash("00000000000000a1" + "00000000000000b1" + "cb007101" + "1194"), pair.Requests[0][1].Data);
        Assert.Equal([NotifyType.NatDetectionSourceIp, NotifyType.NatDetectionDestinationIp], pair.Responses[0].Select(static notify => notify.Type));
        AssertMode(pair, IpsecMode.Tunnel);
        Assert.False(pair.Initiator.Ike.BehindNat);
    }

    [Theory(DisplayName = "RFC 4555 3.5: behind a NAT the Responder takes the observed source, and both ends carry ESP in UDP")]
    [InlineData(OwnSaChange.WhenSent)]
    [InlineData(OwnSaChange.WhenAnswered)]
    public void DetectsNat(OwnSaChange when)
    {
        Pair pair = Create(new InitiatorOptions { OwnSaChange = when });
        pair.Network.Nat = (Away, 61000);

        pair.Do(static (initiator, sas) => initiator.Update(new ActionCommand(), Pair.From(Inside), default, sas));

        Assert.Equal(new AddressSet(Away), pair.ChildAtResponder(Tunnel)!.Initiator);
        Assert.Equal(61000, pair.ChildAtResponder(Tunnel)!.InitiatorPort);
        Assert.Equal(new AddressSet(Inside), pair.ChildAtInitiator(Tunnel)!.Initiator);
        AssertMode(pair, IpsecMode.UdpEncapsulatedTunnel);
        Assert.True(pair.Initiator.Ike.BehindNat);
        Assert.True(pair.Responder.Ike.BehindNat);
    }

    [Fact(DisplayName = "RFC 4555 3.5: once the NAT is gone, so is the encapsulation")]
    public void LeavesNat()
    {
        Pair pair = Create(new InitiatorOptions());
        pair.Network.Nat = (Away, 61000);
        pair.Do(static (initiator, sas) => initiator.Update(new ActionCommand(), Pair.From(Inside), default, sas));

        pair.Network.Nat = null;
        pair.Do(static (initiator, sas) => initiator.Update(new ActionCommand(), Pair.FromHome, default, sas));

        AssertMode(pair, IpsecMode.Tunnel);
        Assert.False(pair.Initiator.Ike.BehindNat);
        Assert.Equal(new AddressSet(Pair.Home), pair.ChildAtResponder(Tunnel)!.Initiator);
    }

    [Fact(DisplayName = "RFC 4555 3.9: NO_NATS_ALLOWED names addresses and ports, and no detection goes with it")]
    public void ProhibitsNats()
    {
        Pair pair = Create(new InitiatorOptions { ProhibitsNats = true });

        pair.Do(static (initiator, sas) => initiator.Update(new ActionCommand(), Pair.From(Away), default, sas));

        Assert.Equal(
            [new SentNotify(NotifyType.NoNatsAllowed, "c6336407" + "cb007101" + "1194" + "1194", false), new SentNotify(NotifyType.UpdateSaAddresses, "07000001", false)],
            pair.Requests[0]);
        Assert.Equal(new AddressSet(Away), pair.ChildAtResponder(Tunnel)!.Initiator);
    }

    [Theory(DisplayName = "RFC 4555 3.9: where there is a NAT all the same, nothing is updated at either end")]
    [InlineData(MobikeVersion.MobikeX)]
    [InlineData(MobikeVersion.Mobike)]
    public void RefusesNat(MobikeVersion version)
    {
        Pair pair = Create(new InitiatorOptions { ProhibitsNats = true }, version);
        pair.Network.Nat = (Away, 61000);

        pair.Do(static (initiator, sas) => initiator.Update(new ActionCommand(), Pair.From(Inside), default, sas));

        Assert.Equal(NotifyType.UnexpectedNatDetected, Assert.Single(pair.Responses[0]).Type);
        Assert.Equal(new AddressSet(Pair.Home), pair.ChildAtResponder(Tunnel)!.Initiator);
        Assert.Equal(new AddressSet(Pair.Home), pair.ChildAtInitiator(Tunnel)!.Initiator);
        Assert.IsType<ActionFailed>(pair.InitiatorEvents[^1]);
    }

    [Fact(DisplayName = "5.7: a NEW that is named is used as given, NAT or not")]
    public void NamedAddressStays()
    {
        Pair pair = Create(new InitiatorOptions());
        pair.Network.Nat = (Away, 61000);
        IpAddress named = Pair.Address("192.0.2.99");

        pair.Do((initiator, sas) => initiator.Update(new ActionCommand { Address = named }, Pair.From(Inside), default, sas));

        Assert.Equal(new AddressSet(named), pair.ChildAtResponder(Tunnel)!.Initiator);
        Assert.Equal(new AddressSet(named), pair.ChildAtInitiator(Tunnel)!.Initiator);
        AssertMode(pair, IpsecMode.Tunnel);
    }

    private static string Hash(string octets) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA1.HashData(Convert.FromHexString(octets)));

    private static void AssertMode(Pair pair, IpsecMode mode)
    {
        Assert.Equal(mode, pair.ChildAtInitiator(Tunnel)!.Mode);
        Assert.Equal(mode, pair.ChildAtResponder(Tunnel)!.Mode);
    }

    private static Pair Create(InitiatorOptions options, MobikeVersion version = MobikeVersion.MobikeX)
    {
        Pair pair = new(options, version: version, responderSpi: 0xb1);
        pair.AddChild(Tunnel, IpsecMode.Tunnel);
        return pair;
    }
}
