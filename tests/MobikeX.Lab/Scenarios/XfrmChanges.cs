using MobikeX.Engine;
using MobikeX.Lab.Network;
using MobikeX.Lab.Xfrm;
using MobikeX.Runtime;
using MobikeX.Xfrm;

namespace MobikeX.Lab.Scenarios;

/// <summary>Every kind of change, at both ends, with packets between.</summary>
internal sealed class XfrmChanges() : Scenario("xfrm-changes", "SAs change family, UDP encapsulation and inner address, get and lose addresses, and close, and packets go on")
{
    private static readonly LabShape Tunnel = new("tunnel", LabProtection.Gcm, IsTunnel: true);
    private static readonly LabShape Transport = new("transport", LabProtection.Gcm, IsTunnel: false);
    private static readonly LabShape Open = new("transport without selector", LabProtection.Gcm, IsTunnel: false, NamesHosts: false);
    private static readonly IpAddress Link1 = Tunnel.Here, Link2 = Tunnel.There;
    private static readonly IpAddress Link2V6 = IpAddress.Parse(LabNetwork.Link2V6), GatewayV6 = IpAddress.Parse(LabNetwork.GatewayV6);

    public override TimeSpan Patience => TimeSpan.FromSeconds(150);

    public override void Run(ScenarioRun run)
    {
        using var network = new LabNetwork();
        foreach (LabShape shape in (LabShape[])[Tunnel, Transport, Open])
        {
            With(network, shape, pair => ChangeFamily(pair, shape));
            With(network, shape, pair => ChangeEncapsulation(pair, shape));
            With(network, shape, pair => MakeBeforeBreak(pair, shape));
            With(network, shape, RemoveTheLast);
            run.Note(shape.Name);
        }

        With(network, Tunnel, ChangeInner);
    }

    private static void With(LabNetwork network, LabShape shape, Action<LabPair> change)
    {
        using var pair = new LabPair(network);
        pair.Install(shape);
        pair.OpenEncapsulation();
        pair.Ping(shape);
        change(pair);
    }

    private static void ChangeFamily(LabPair pair, LabShape shape)
    {
        pair.Apply(SaChange.Update(AddressPlaces.Header, default, Link2V6).Along(GatewayV6, 0, null));
        pair.Ping(shape);
        pair.Apply(SaChange.Update(AddressPlaces.Header, Link2V6, Link1).Along(shape.Gateway, 0, null));
        pair.Ping(shape);
    }

    private static void ChangeEncapsulation(LabPair pair, LabShape shape)
    {
        pair.Apply(SaChange.Update(AddressPlaces.Header, default, Link2).Along(default, 4500, true));
        Assert.Equal(new XfrmEncapsulation(4500, 4500), Single(pair.Gateway, pair.Gateway.Child.Spi).Encapsulation);
        pair.Ping(shape);
        pair.Apply(SaChange.Update(AddressPlaces.None, default, default).Along(default, 0, false));
        Assert.Null(Single(pair.Gateway, pair.Gateway.Child.Spi).Encapsulation);
        pair.Ping(shape);
    }

    private static void MakeBeforeBreak(LabPair pair, LabShape shape)
    {
        pair.Apply(SaChange.Add(AddressPlaces.Header, Link2));
        pair.Ping(shape, shape.IsTunnel ? null : Link1);
        pair.Use(Link2);
        Assert.Equal(1, pair.Gateway.Client.ListSas().Count(sa => sa.Spi == pair.Gateway.Child.Spi));
        Assert.Equal(Link2, Single(pair.Gateway, pair.Gateway.Child.Spi).Destination);
        pair.Ping(shape, shape.IsTunnel ? null : Link2);
        pair.Apply(SaChange.Remove(AddressPlaces.Header, Link1));
        pair.Ping(shape);
        Assert.Equal(2, pair.Mobile.Client.ListSas().Count);
        Assert.Equal(2, pair.Gateway.Client.ListSas().Count);
        if (shape.NamesHosts && !shape.IsTunnel)
        {
            Assert.Equal(XfrmSelector.Between(Link2, shape.Gateway), Single(pair.Gateway, LabPair.ResponderSpi(1)).Selector);
        }
    }

    private static void RemoveTheLast(LabPair pair)
    {
        pair.Apply(SaChange.Remove(AddressPlaces.Header, Link1));
        Assert.True(pair.Gateway.Child.IsClosed);
        Assert.Equal(string.Empty, pair.Gateway.Dump());
        Assert.Equal(string.Empty, pair.Mobile.Dump());
    }

    private static void ChangeInner(LabPair pair)
    {
        // Another address that the mobile host has, so that something can be sent from it.
        pair.Apply(SaChange.Update(AddressPlaces.Inner, IpAddress.Parse(LabNetwork.InnerMobile), IpAddress.Parse(LabNetwork.Home)));
        pair.Ping(Tunnel);
        Assert.DoesNotContain(pair.Mobile.Client.ListPolicies(), static policy => policy.Selector.Source.Address == IpAddress.Parse(LabNetwork.InnerMobile));
    }

    private static XfrmSa Single(LabEnd end, uint spi) => end.Client.ListSas().Single(sa => sa.Spi == spi);
}
