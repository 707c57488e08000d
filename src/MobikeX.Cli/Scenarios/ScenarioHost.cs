using MobikeX.Engine;
using MobikeX.Engine.Memory;
using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Cli.Scenarios;

/// <summary>One of the two peers while a scenario runs: its engine and its own SAD.</summary>
internal sealed class ScenarioHost
{
    private readonly Dictionary<string, SecurityAssociation> _sas = [];
    private readonly Scenario _scenario;

    public ScenarioHost(PeerRole role, Scenario scenario)
    {
        _scenario = scenario;
        Role = role;
        Backend = new MemoryIpsecBackend { AllowedSelectors = role == PeerRole.Responder ? scenario.Policy.Spd : null };
        foreach (ScenarioIkeSa sa in scenario.IkeSas)
        {
            var ike = new IkeSa(
                sa.Spi,
                role == PeerRole.Responder ? sa.Identity : scenario.Responder.Identity,
                sa.Authentication,
                Set(sa.Initiator),
                Set(sa.Responder));
            _sas.Add(sa.Name, ike);
            Backend.Add(ike);
        }

        foreach (ScenarioChildSa sa in scenario.ChildSas)
        {
            var child = new ChildSa(
                (IkeSa)_sas[sa.Ike],
                sa.Spi,
                ProtocolNames.Protocol(sa.Protocol),
                ProtocolNames.Mode(sa.Mode),
                Set(sa.Initiator),
                Set(sa.Responder),
                Set(sa.Inner),
                sa.Remote);
            _sas.Add(sa.Name, child);
            Backend.Add(child);
        }

        Ike = (IkeSa)_sas[scenario.Current.Name];
        Ike.Version = (MobikeVersion?)scenario.Version;
        Engine = NewEngine(NegotiationSide.WithAll);
    }

    public PeerRole Role { get; }

    /// <summary>The IKE_SA that the messages run on.</summary>
    public IkeSa Ike { get; }

    public MobikeXEngine Engine { get; private set; }

    public MemoryIpsecBackend Backend { get; }

    /// <summary>Takes a new engine, with which no version is agreed yet.</summary>
    public void BeginNegotiation(NegotiationSide side)
    {
        Ike.Version = null;
        Engine = NewEngine(side);
    }

    public SadState Sad(TimeSpan now) => SadState.Of(_sas, now);

    public string? NameOf(SecurityAssociation sa) => _sas.FirstOrDefault(named => named.Value == sa).Key;

    /// <summary>The same SAs as another host knows them.</summary>
    public SaSelection Counterparts(SaSelection sas, ScenarioHost other)
    {
        var found = new SaSelection();
        for (int i = 0; i < sas.Count; i++)
        {
            if (NameOf(sas[i]) is { } name)
            {
                found.Add(other._sas[name]);
            }
        }

        return found;
    }

    private MobikeXEngine NewEngine(NegotiationSide side) => Role == PeerRole.Initiator
        ? new MobikeXInitiator(Ike, new InitiatorOptions
        {
            KnowsVersions = !side.Rfc4555,
            OfferedVersions = Versions(side.Enabled),
            SupportedVersions = Versions(side.Supported),
            OffersAgain = side.Retry,
            OwnSaChange = _scenario.Initiator.OwnSas,
        })
        : new MobikeXResponder(Ike, new ResponderOptions
        {
            AcceptsAddress = _scenario.Policy.TakesLocally,
            ReturnRoutability = _scenario.Responder.Routability,
            FillCookie = FillCookie,
            KnowsMobike = side.Knows,
            KnowsVersions = !side.Rfc4555,
            EnabledVersions = Versions(side.Enabled),
        });

    /// <summary>The same octets in every run, since nobody is there who could guess them.</summary>
    private static void FillCookie(byte[] cookie)
    {
        for (int i = 0; i < cookie.Length; i++)
        {
            cookie[i] = (byte)i;
        }
    }

    private static MobikeVersion[] Versions(IReadOnlyList<int> numbers) => [.. numbers.Select(number => (MobikeVersion)number)];

    private static AddressSet Set(IReadOnlyList<IpAddress> addresses) => AddressSet.Of([.. addresses]);
}
