using MobikeX.Engine;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Backend.Contract;

/// <summary>What becomes of pairs of CHILD_SAs that a key exchange has negotiated. This host is the Responder.</summary>
public abstract class InstallationContract(IBackendUnderTest underTest) : BackendContract(underTest)
{
    private const int KeyOctets = 20;
    private static readonly IpAddress Another = IpAddress.Parse("10.0.0.3");

    private IChildSaInstaller Installer => (IChildSaInstaller)Backend;

    [Fact]
    public void An_installed_pair_is_known_covered_and_moves()
    {
        ChildSa child = Negotiated(3);
        Install(child);
        Assert.Same(child, Backend.Directory.FindChildSa(Ike, child.Spi));
        Assert.True(UnderTest.CoveredBy(child).Contains(Another));
        Apply(SaChange.Update(AddressPlaces.Header, default, Away), child);
        Assert.Equal(Addresses(Away), child.Initiator);
    }

    [Fact]
    public void A_new_pair_has_carried_nothing()
    {
        ChildSa child = Negotiated(3);
        Assert.Null(Installer.UsageOf(child));
        Install(child);
        Assert.Equal(default(ChildSaUsage), Installer.UsageOf(child));
    }

    [Fact]
    public void A_failed_installation_leaves_nothing()
    {
        ChildSa child = Negotiated(3);
        UnderTest.FailNextChangeAfter(0);
        Refuse(child);
        Assert.Null(Backend.Directory.FindChildSa(Ike, child.Spi));
        Install(child);
        Assert.Null(Installer.LastFailure);
    }

    [Fact]
    public void A_pair_is_installed_once()
    {
        ChildSa child = Negotiated(3);
        Install(child);
        Refuse(child);
        Assert.Same(child, Backend.Directory.FindChildSa(Ike, child.Spi));
        Assert.False(child.IsClosed);
    }

    [Fact]
    public void A_pair_of_an_IKE_SA_that_is_not_known_is_refused()
    {
        var unknown = new IkeSa(0xa2, "other@example.org", "psk", new AddressSet(Home), new AddressSet(Gateway));
        Refuse(new ChildSa(unknown, 0xc1000003, IpsecProto.Esp, IpsecMode.Tunnel, new AddressSet(Home), new AddressSet(Gateway), new AddressSet(Another), Tunnel.Remote));
    }

    [Fact]
    public void A_pair_that_replaces_another_has_its_policies_when_that_goes()
    {
        ChildSa old = Negotiated(3), replacing = Negotiated(4);
        Install(old);
        Install(replacing, old);
        Assert.True(Installer.TryRemove(old), Installer.LastFailure);
        Assert.True(old.IsClosed);
        Assert.False(replacing.IsClosed);
        Assert.True(UnderTest.CoveredBy(replacing).Contains(Another));
        Apply(SaChange.Update(AddressPlaces.Header, default, Away), replacing);
    }

    [Fact]
    public void A_removed_pair_is_closed_and_another_may_come_in_its_place()
    {
        ChildSa child = Negotiated(3);
        Install(child);
        Assert.True(Installer.TryRemove(child), Installer.LastFailure);
        Assert.True(child.IsClosed);
        Assert.Null(Backend.Directory.FindChildSa(Ike, child.Spi));
        Assert.False(Installer.TryRemove(child));
        Assert.NotNull(Installer.LastFailure);
        Install(Negotiated(3));
    }

    private static ChildSaSetup Setup(ChildSa child, ChildSa? replaces) => new()
    {
        IsInitiator = false,
        ResponderSpi = child.Spi + 0x01000000,
        Encryption = EncryptionAlgorithm.AesGcm16,
        Outbound = Keys(1),
        Inbound = Keys(2),
        Local = [new TrafficRange(IpAddress.Parse("10.1.0.0"), IpAddress.Parse("10.1.255.255"))],
        Remote = [new TrafficRange(Another, Another)],
        Replaces = replaces,
        SendsOnReplaced = replaces is not null,
    };

    private static ChildSaKeys Keys(byte first) => new([.. Enumerable.Range(first, KeyOctets).Select(static i => (byte)i)], []);

    private ChildSa Negotiated(uint number) => new(
        Ike, 0xc1000000 + number, IpsecProto.Esp, IpsecMode.Tunnel, new AddressSet(Home), new AddressSet(Gateway), new AddressSet(Another), Tunnel.Remote);

    private void Install(ChildSa child, ChildSa? replaces = null)
    {
        using ChildSaSetup setup = Setup(child, replaces);
        Assert.True(Installer.TryInstall(child, setup), Installer.LastFailure);
    }

    private void Refuse(ChildSa child)
    {
        using ChildSaSetup setup = Setup(child, null);
        Assert.False(Installer.TryInstall(child, setup));
        Assert.NotNull(Installer.LastFailure);
    }
}
