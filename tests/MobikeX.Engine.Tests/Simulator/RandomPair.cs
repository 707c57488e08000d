using MobikeX.Engine.Memory;
using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Engine.Tests.Simulator;

/// <summary>A pair with SAs, policies, a network and commands drawn from a seed, and what must hold all the while.</summary>
internal sealed class RandomPair
{
    private static readonly IpAddress[] Addresses = [.. Enumerable.Range(1, 6).Select(static number => Pair.Address($"198.51.100.{number}")), Pair.Home, Pair.Address("2001:db8::7")];
    private static readonly IpAddress[] InnerAddresses = [.. Enumerable.Range(1, 4).Select(static number => Pair.Address($"10.0.0.{number}"))];

    private const ulong SecondIkeSpi = 0xa2;
    private const ulong StrangeIkeSpi = 0xa3;

    private readonly Random _random;
    private readonly Pair _pair;
    private readonly List<uint> _spis = [];
    private readonly Dictionary<SimulatorHost, List<IkeSa>> _ikeSas = [];
    private readonly Dictionary<uint, (MemorySadEntry Initiator, MemorySadEntry Responder)> _entries = [];
    private readonly bool _isMobike;
    private readonly ReturnRoutability _routability;
    private readonly IpAddress _refused;
    private readonly HashSet<string> _offered = [""];
    private IReadOnlyList<string> _agreed = [];
    private int _asked;
    private int _ended;

    public RandomPair(int seed)
    {
        _random = new Random(seed);
        _isMobike = Chance(0.2);
        _routability = Chance(0.3) ? ReturnRoutability.AfterMoving : Chance(0.4) ? ReturnRoutability.BeforeMoving : ReturnRoutability.None;
        _refused = Pick(Addresses);
        _pair = new Pair(
            new InitiatorOptions { OwnSaChange = Chance(0.5) ? OwnSaChange.WhenSent : OwnSaChange.WhenAnswered },
            new ResponderOptions
            {
                AcceptsAddress = address => address != _refused,
                ReturnRoutability = _routability,
                FillCookie = _random.NextBytes,
            },
            _isMobike ? MobikeVersion.Mobike : MobikeVersion.MobikeX,
            seed,
            Chance(0.5) ? 0xb1u : 0);
        AddressPrefix[] allowed = [.. Addresses.Concat(InnerAddresses).Where(_ => Chance(0.8)).Select(static address => new AddressPrefix(address, address.Length * 8))];
        _pair.ResponderHost.Backend.AllowedSelectors = Chance(0.5) ? allowed : null;
        _pair.Network.Loss = 0.4 * _random.NextDouble();
        _pair.Network.Duplication = 0.3 * _random.NextDouble();
        _pair.Network.LongestDelay = TimeSpan.FromSeconds(3 * _random.NextDouble());
        _pair.InitiatorHost.SlowChanges = Chance(0.5) ? 0.5 : 0;
        _pair.ResponderHost.SlowChanges = Chance(0.5) ? 0.5 : 0;
        AddSas();
        _pair.InitiatorHost.Told = Watch;
        _pair.InitiatorHost.Backend.Stepped = static child => AssertCovered(child);
        _pair.ResponderHost.Backend.Stepped = static child => AssertCovered(child);
        _agreed = State(_pair.InitiatorHost);
    }

    /// <summary>What happened, for two runs of a seed to be compared.</summary>
    public IEnumerable<string> Trace => _pair.Network.Sent.Select(static datagram => $"{datagram.FromInitiator} {datagram.IsResponse} {datagram.MessageId} {string.Join(' ', datagram.Notifies)}");

    /// <summary>Actions that both ends have done, and actions that were refused or failed.</summary>
    public (int Done, int NotDone) Outcomes => (_pair.InitiatorEvents.OfType<ActionAccepted>().Count(), _pair.InitiatorEvents.OfType<ActionFailed>().Count());

    public void Run()
    {
        // Close together, the next action often comes while an address of the one before is being checked.
        int commands = _random.Next(3, 12);
        int span = Chance(0.5) ? 40 : 8;
        for (int i = 0; i < commands; i++)
        {
            _pair.Clock.After(TimeSpan.FromSeconds(span * _random.NextDouble()), Command);
        }

        if (!_isMobike && Chance(0.4))
        {
            // While actions are under way: some cross it. Sometimes the use of MOBIKE-X is taken up again, and some of the actions come under that.
            _pair.Clock.After(TimeSpan.FromSeconds(span * _random.NextDouble()), Deactivate);
            _pair.Clock.After(TimeSpan.FromSeconds(span * _random.NextDouble()), () => _pair.Start((initiator, _) => initiator.Enable(_pair.Clock.Now)));
        }

        _pair.Run();
        Assert.Equal(_asked, _ended);
        if (!HasMoveGivenUp)
        {
            Assert.Equal(State(_pair.InitiatorHost), State(_pair.ResponderHost));
        }

        Assert.All(_ikeSas.Values, static ikeSas => Assert.Equal(new AddressSet(Pair.Home), ikeSas[^1].Initiator));
        AssertOneOutboundState();
        AssertNothingIsAwaited();
        if (!_isMobike && Chance(0.5))
        {
            EndUse();
        }
    }

    /// <summary>A move that waited for a cookie was given up, or failed when it came: what is told of that is that the ends differ.</summary>
    private bool HasMoveGivenUp => _pair.ResponderEvents.Any(static told => told is MoveFailed or ReturnRoutabilityFailed);

    private static void AssertCovered(ChildSa child)
    {
        MemorySadEntry entry = (MemorySadEntry)child.BackendState!;
        for (int i = 0; i < child.SelectorAddresses.Count; i++)
        {
            Assert.True(entry.Covered.Contains(child.SelectorAddresses[i]), $"no policy covers {child.SelectorAddresses[i]} of {child}");
        }
    }

    /// <summary>Beside the IKE_SA of the pair one of the same peers, and one of a stranger that no command reaches.</summary>
    private void AddSas()
    {
        (IkeSa AtInitiator, IkeSa AtResponder) same = _pair.AddIke(SecondIkeSpi, ofStranger: false);
        (IkeSa AtInitiator, IkeSa AtResponder) strange = _pair.AddIke(StrangeIkeSpi, ofStranger: true);
        _ikeSas.Add(_pair.InitiatorHost, [_pair.Initiator.Ike, same.AtInitiator, strange.AtInitiator]);
        _ikeSas.Add(_pair.ResponderHost, [_pair.Responder.Ike, same.AtResponder, strange.AtResponder]);
        int children = _random.Next(0, 5);
        for (uint i = 0; i < children; i++)
        {
            uint spi = 0xc1000000 + i;
            bool tunnel = Chance(0.6);
            string[] addresses = [.. Addresses.Where(_ => Chance(0.3)).Select(static address => address.ToString())];
            _pair.AddChild(spi, Chance(0.8) ? IpsecProto.Esp : IpsecProto.Ah, tunnel ? IpsecMode.Tunnel : IpsecMode.Transport, tunnel && Chance(0.7) ? Pick(InnerAddresses).ToString() : null, addresses);
            _spis.Add(spi);
            _entries.Add(spi, (_pair.InitiatorHost.Backend[_pair.ChildAtInitiator(spi)!]!, _pair.ResponderHost.Backend[_pair.ChildAtResponder(spi)!]!));
        }
    }

    private void Command()
    {
        if (Chance(0.2))
        {
            _pair.ResponderHost.Backend.FailNext(_random.Next(0, 3));
        }

        SendTraffic();
        int kind = _random.Next(0, _isMobike ? 3 : 6);
        _pair.Start((initiator, sas) =>
        {
            PacketAddresses packet = Pair.From(Pick(Addresses));
            switch (kind)
            {
                case 0 or 1:
                    _asked++;
                    initiator.Update(Action(isUpdate: true), packet, _pair.Clock.Now, sas);
                    break;
                case 2:
                    Offer(initiator);
                    break;
                case 3 or 4:
                    _asked++;
                    initiator.Add(Action(isUpdate: false), packet, _pair.Clock.Now, sas);
                    break;
                default:
                    _asked++;
                    initiator.Remove(Action(isUpdate: false), packet, _pair.Clock.Now, sas);
                    break;
            }
        });
        if (Chance(0.2))
        {
            _pair.Responder.OfferAlternates([new OfferedAlternate(Pick(Addresses))], _pair.Clock.Now);
            _pair.ResponderHost.Pump();
        }
    }

    /// <summary>A list for the IKE_SA, which is to be the Responder's; or, under version 2, a CHECK or an offer for some SA, which changes no list.</summary>
    private void Offer(MobikeXInitiator initiator)
    {
        if (!_isMobike && Chance(0.3))
        {
            bool isCheck = Chance(0.5);
            initiator.OfferAlternates([new OfferedAlternate(Pick(Addresses), check: isCheck)], isCheck && Chance(0.5) ? [] : [Selector()], _pair.Clock.Now);
            return;
        }

        IpAddress[] list = [.. Addresses.Where(address => address != _refused && Chance(0.3))];
        _offered.Add(string.Join(',', list));
        initiator.OfferAlternates([.. list.Select(static address => new OfferedAlternate(address))], [], _pair.Clock.Now);
    }

    private ActionCommand Action(bool isUpdate)
    {
        if (_isMobike)
        {
            return new ActionCommand { Candidates = [.. Addresses.Where(_ => Chance(0.2))] };
        }

        AddressPlaces places = Chance(0.8) ? AddressPlaces.Header : Chance(0.5) ? AddressPlaces.Inner : AddressPlaces.Header | AddressPlaces.Inner;
        IpAddress[] pool = places == AddressPlaces.Inner ? InnerAddresses : Addresses;
        return new ActionCommand
        {
            Selectors = Chance(0.5) ? [] : [Selector(), .. Chance(0.3) ? new[] { Selector() } : []],
            Check = Chance(0.2),
            Places = places,
            Old = isUpdate && Chance(0.4) ? Pick(pool) : null,
            Address = Chance(0.7) ? Pick(pool) : null,
            Candidates = isUpdate ? [.. pool.Where(_ => Chance(0.2))] : [],
        };
    }

    private SaSelector Selector() => _random.Next(0, 8) switch
    {
        0 when _spis.Count > 0 => new SaSelector { ChildSpi = Pick(_spis) },
        1 => new SaSelector { Address = Pick(Addresses), Places = AddressPlaces.Header },
        2 => new SaSelector { Mode = Chance(0.5) ? IpsecMode.Tunnel : IpsecMode.Transport },
        3 => new SaSelector { Value = SelectorValue.IkeSaAndChildSa },
        4 => new SaSelector { Value = SelectorValue.AllIkeSa },
        5 => new SaSelector { Protocol = Chance(0.5) ? IpsecProto.Esp : IpsecProto.Ah },
        6 => new SaSelector { IkeSpi = Chance(0.5) ? SecondIkeSpi : StrangeIkeSpi },
        _ => new SaSelector { IkeSpi = Pair.IkeSpi },
    };

    /// <summary>When an action has ended nothing is on its way, so that both ends can be compared; an action not done has changed nothing.</summary>
    private void Watch(EngineEvent told)
    {
        switch (told)
        {
            case ActionAccepted { Action: ActionTrait.Alternate }:
                Assert.Contains(Alternates(_pair.Responder.Ike), _offered);
                break;
            case ActionAccepted { Check: false }:
                _ended++;
                _agreed = State(_pair.ResponderHost);
                AssertAgreed();
                break;
            case ActionAccepted or ActionFailed { Action: not ActionTrait.Alternate }:
                _ended++;
                AssertAgreed();
                break;
            case CommandRefused { Identifier: not null }:
                _ended++;
                AssertAgreed();
                break;
        }
    }

    /// <summary>Where the Responder moves its CHILD_SAs once a cookie has come, that is still to happen.</summary>
    private void AssertAgreed()
    {
        if (_routability != ReturnRoutability.BeforeMoving)
        {
            Assert.Equal(_agreed, State(_pair.ResponderHost));
            Assert.Equal(_agreed, State(_pair.InitiatorHost));
        }
    }

    private void AssertNothingIsAwaited()
    {
        foreach (MobikeXEngine engine in new MobikeXEngine[] { _pair.Initiator, _pair.Responder })
        {
            Assert.Null(engine.NextDeadline);
            Assert.False(engine.TryPollEffect(out _));
            Assert.False(engine.TryPollTransmit(out _));
        }
    }

    private static string Alternates(IkeSa ike) => string.Join(',', Enumerable.Range(0, ike.Alternates.Count).Select(index => ike.Alternates[index].Address));

    private IReadOnlyList<string> State(SimulatorHost host)
    {
        List<string> state = [.. _ikeSas[host].Select(static ike => $"{ike} {Text(ike.Initiator)} {Text(ike.Responder)}")];
        foreach (uint spi in _spis)
        {
            ChildSa? child = host.Backend.Directory.FindChildSa(host.Engine.Ike, spi);
            state.Add(child is null ? $"{spi:x} closed" : $"{spi:x} {Text(child.Initiator)} {Text(child.Inner)} {Text(child.Responder)} {child.Mode}");
        }

        return state;
    }

    private static string Text(AddressSet set) =>
        string.Join(',', Enumerable.Range(0, set.Count).Select(index => set[index].ToString()).Order(StringComparer.Ordinal));

    private void SendTraffic()
    {
        foreach (uint spi in _spis)
        {
            if (_pair.ChildAtInitiator(spi) is { } child)
            {
                ulong before = _entries[spi].Initiator.LastSent;
                Assert.Equal(before + 1, _pair.InitiatorHost.Backend[child]!.Send(100));
            }
        }
    }

    /// <summary>An open SA has the one state it was given, whose counter went on; a closed one has none.</summary>
    private void AssertOneOutboundState()
    {
        foreach (uint spi in _spis)
        {
            ChildSa? initiator = _pair.ChildAtInitiator(spi);
            ChildSa? responder = _pair.ChildAtResponder(spi);
            Assert.Same(initiator is null ? null : _entries[spi].Initiator, initiator?.BackendState);
            Assert.Same(responder is null ? null : _entries[spi].Responder, responder?.BackendState);
        }
    }

    private void Deactivate()
    {
        if (Chance(0.5))
        {
            _pair.Start((initiator, _) => initiator.Deactivate(_pair.Clock.Now));
        }
        else
        {
            _pair.Responder.Deactivate(_pair.Clock.Now);
            _pair.ResponderHost.Pump();
        }
    }

    private void EndUse()
    {
        Deactivate();
        _pair.Run();
        _asked++;
        _pair.Do((initiator, sas) => initiator.Update(new ActionCommand(), Pair.From(Pick(Addresses)), _pair.Clock.Now, sas));
        Assert.Equal(_asked, _ended);
        Assert.IsType<CommandRefused>(_pair.InitiatorEvents[^1]);
        Assert.Null(_pair.Initiator.Ike.Version);
        Assert.Null(_pair.Responder.Ike.Version);
        Assert.Empty(Alternates(_pair.Responder.Ike));
    }

    private bool Chance(double probability) => _random.NextDouble() < probability;

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];
}
