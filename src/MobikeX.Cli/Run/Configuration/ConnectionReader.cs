using MobikeX.Cli.Yaml;
using MobikeX.Engine;
using MobikeX.Ike;
using MobikeX.Ike.Authentication;
using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Cli.Run.Configuration;

/// <summary>Reads what stands under <c>connections:</c>.</summary>
internal sealed class ConnectionReader(ValueReader values, CredentialReader credentials)
{
    private static readonly string[] Families = ["ipv4", "ipv6"];

    private static readonly (string Word, ReturnRoutability Value)[] Routabilities =
        [("none", ReturnRoutability.None), ("before-moving", ReturnRoutability.BeforeMoving), ("after-moving", ReturnRoutability.AfterMoving)];

    private static readonly (string Word, Uniqueness Value)[] Uniquenesses =
        [("initial-contact", Uniqueness.InitialContact), ("replace", Uniqueness.Replace), ("keep", Uniqueness.Keep), ("never", Uniqueness.Never)];

    private readonly List<IkeConnectionOptions> _read = [];
    private readonly List<string> _started = [];

    public IReadOnlyList<IkeConnectionOptions> Read => _read;

    /// <summary>The names of those that are begun at start.</summary>
    public IReadOnlyList<string> Started => _started;

    public void ReadAll(YamlValue value)
    {
        if (value is not YamlMapping { Entries.Count: > 0 } connections)
        {
            values.Faults.Add(value, $"connections is a mapping of names to connections, found {value.Kind}");
            return;
        }

        foreach (YamlEntry entry in connections.Entries)
        {
            if (ReadOne(entry.Key.Text, entry.Value) is { } connection)
            {
                _read.Add(connection);
            }
        }
    }

    private IkeConnectionOptions? ReadOne(string name, YamlValue value)
    {
        string what = $"connection '{name}'";
        if (MappingReader.Open(
            value, what, values.Faults,
            "start", "psk", "psk-file", "local", "remote", "proposals", "children", "request-address", "pools", "mobike",
            "liveness", "rekey-time", "life-time", "fragmentation", "force-encapsulation", "unique") is not { } connection)
        {
            return null;
        }

        using Secret? secret = credentials.ReadSecret(connection);
        LocalEnd? local = connection.Require("local", what) is { } localValue ? ReadLocal(localValue, secret) : null;
        RemoteEnd? remote = connection.Require("remote", what) is { } remoteValue ? ReadRemote(remoteValue, secret) : null;
        IReadOnlyList<ChildOptions> children = connection.Require("children", what) is { } list ? new ChildReader(values).ReadAll(list) : [];
        if (secret is { IsUsed: false })
        {
            values.Faults.Add(secret.At, $"{what} has a certificate and authorities, so that the pre-shared key is of no use");
        }

        if (values.Flag(connection.Take("start"), "start"))
        {
            _started.Add(name);
            if (remote is { Addresses.Count: 0 })
            {
                values.Faults.Add(connection.Take("start")!, $"{what} cannot be begun at start: the peer has no addresses");
            }
        }

        IReadOnlyList<string> families = values.AnyOf(connection.Take("request-address"), "family of addresses", Families);
        IReadOnlyList<AddressPool> pools = [.. (values.Prefixes(connection.Take("pools")) ?? []).Select(prefix => new AddressPool(prefix))];
        MobilityOptions mobility = ReadMobility(connection.Take("mobike"));
        bool fragmentation = values.Flag(connection.Take("fragmentation"), "fragmentation", otherwise: true);
        bool forcesEncapsulation = values.Flag(connection.Take("force-encapsulation"), "force-encapsulation");
        Uniqueness uniqueness = Word(connection.Take("unique"), "policy of uniqueness", Uniquenesses);
        IReadOnlyList<IkeProposal> proposals = values.Parsed<IkeProposal>(connection.Take("proposals"), IkeProposal.TryParse);
        TimeSpan? liveness = connection.Take("liveness") is { } interval ? values.Duration(interval) : null;
        (TimeSpan rekeyTime, TimeSpan lifeTime) = values.Lifetimes(connection, IkeConnectionOptions.UsualRekeyTime);

        // All of it has been looked at: what is wrong is told with what is missing.
        if (local?.Credential is null || remote?.Credential is null || local.Identity is null)
        {
            return null;
        }

        var options = new IkeConnectionOptions
        {
            Name = name,
            LocalAddresses = local.Addresses,
            RemoteAddresses = remote.Addresses,
            AcceptedFrom = remote.AcceptedFrom,
            RemotePort = remote.Port,
            LocalIdentity = local.Identity,
            RemoteIdentity = remote.Identity,
            LocalCredential = local.Credential,
            RemoteCredential = remote.Credential,
            Children = children,
            RequestIPv4Address = families.Contains(Families[0]),
            RequestIPv6Address = families.Contains(Families[1]),
            Pools = pools,
            Mobility = mobility,
            Fragmentation = fragmentation,
            ForceUdpEncapsulation = forcesEncapsulation,
            Uniqueness = uniqueness,
        };
        return options with
        {
            Proposals = proposals.Count > 0 ? proposals : options.Proposals,
            LivenessInterval = liveness ?? options.LivenessInterval,
            RekeyTime = rekeyTime,
            LifeTime = lifeTime,
        };
    }

    private LocalEnd? ReadLocal(YamlValue value, Secret? secret)
    {
        const string What = "local";
        if (MappingReader.Open(value, What, values.Faults, "addresses", "id", "certificate", "key") is not { } local)
        {
            return null;
        }

        return new LocalEnd(
            Addresses(local),
            local.Require("id", What) is { } id ? Identity(id) : null,
            credentials.ReadOwn(local, secret));
    }

    private RemoteEnd? ReadRemote(YamlValue value, Secret? secret)
    {
        if (MappingReader.Open(value, "remote", values.Faults, "addresses", "accepted-from", "port", "id", "authorities", "crls") is not { } remote)
        {
            return null;
        }

        return new RemoteEnd(
            Addresses(remote),
            values.Prefixes(remote.Take("accepted-from")) ?? [],
            (ushort)values.Number(remote, "port", 1, ushort.MaxValue, MobikeX.Protocol.Ikev2.Constants.IkePort),
            remote.Take("id") is { } id ? Identity(id) : null,
            credentials.ReadExpected(remote, secret));
    }

    private IReadOnlyList<IpAddress> Addresses(MappingReader end) => end.Take("addresses") is { } addresses ? values.Addresses(addresses) : [];

    private string? Identity(YamlValue value)
    {
        string? text = MappingReader.ScalarText(value, "id", values.Faults);
        if (text is not null && !IkeConnectionOptions.IsIdentity(text))
        {
            values.Faults.Add(value, $"'{text}' is no identity: a domain name, a mail address, an IP address or a distinguished name");
            return null;
        }

        return text;
    }

    private MobilityOptions ReadMobility(YamlValue? value)
    {
        var options = new MobilityOptions();
        if (value is null || MappingReader.Open(value, "mobike", values.Faults, "versions", "return-routability", "prohibit-nats", "follow", "offer-addresses", "accepted-addresses", "responder-patience") is not { } mobike)
        {
            return options;
        }

        IReadOnlyList<AddressPrefix>? accepted = values.Prefixes(mobike.Take("accepted-addresses"));
        return options with
        {
            Versions = mobike.Take("versions") is { } versions
                ? [.. values.Numbers(versions, (int)MobikeVersion.Mobike, (int)MobikeVersion.MobikeX, "a version of MOBIKE").Select(number => (MobikeVersion)number).Distinct()]
                : options.Versions,
            ReturnRoutability = Word(mobike.Take("return-routability"), "time of the return routability check", Routabilities, options.ReturnRoutability),
            ProhibitsNats = values.Flag(mobike.Take("prohibit-nats"), "prohibit-nats", options.ProhibitsNats),
            Follows = values.Flag(mobike.Take("follow"), "follow", options.Follows),
            OffersAddresses = values.Flag(mobike.Take("offer-addresses"), "offer-addresses", options.OffersAddresses),
            ResponderPatience = values.Duration(mobike, "responder-patience", options.ResponderPatience),
            AcceptsAddress = accepted is { Count: > 0 } ? address => options.AcceptsAddress(address) && accepted.Any(prefix => prefix.Contains(address)) : options.AcceptsAddress,
        };
    }

    /// <summary>What a word stands for.</summary>
    private T Word<T>(YamlValue? value, string what, (string Word, T Value)[] words, T otherwise = default)
        where T : struct, Enum
    {
        string? found = value is null ? null : values.OneOf(value, what, [.. words.Select(static each => each.Word)]);
        return found is null ? otherwise : Array.Find(words, each => each.Word == found).Value;
    }

    private sealed record LocalEnd(IReadOnlyList<IpAddress> Addresses, string? Identity, Credential? Credential);

    private sealed record RemoteEnd(
        IReadOnlyList<IpAddress> Addresses, IReadOnlyList<AddressPrefix> AcceptedFrom, ushort Port, string? Identity, Credential? Credential);
}
