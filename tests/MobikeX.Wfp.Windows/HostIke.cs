using System.Security.Cryptography;
using MobikeX.Engine;
using MobikeX.Runtime;
using MobikeX.Wfp.Interop;

namespace MobikeX.Wfp.Windows;

/// <summary>Sets SA contexts up with their filters as the host's IKE does, and takes down what is left of them. The keys are random: nothing is ever sent.</summary>
internal sealed unsafe class HostIke(WfpEngine engine) : IDisposable
{
    private const uint CalloutTerminating = 0x5003;
    private const int EspAuthAndCipher = 4;
    private const int Ikev2TunnelPolicy = 9;

    // AES-CBC with 128 bits, and HMAC-SHA-256-128.
    private static readonly IpsecSaTransform Cipher = new() { Type = 3, Config = 3 };
    private static readonly IpsecSaTransform Auth = new() { Type = 2, Config = 2 };

    private readonly List<ulong> _contexts = [];
    private readonly List<ulong> _policies = [];
    private readonly List<ulong> _filters = [];

    /// <summary>Makes a pair of SAs in transport mode, with a filter for each direction.</summary>
    /// <returns>The identifier of its context.</returns>
    public ulong AddTransport(IpAddress local, IpAddress remote, uint inboundSpi, uint outboundSpi, (ushort Local, ushort Remote)? udp = null)
    {
        bool isIPv6 = local.IsIPv6;
        ulong inbound = AddFilter(WfpDirection.Inbound, false, isIPv6, Host(local), Host(remote));
        ulong outbound = AddFilter(WfpDirection.Outbound, false, isIPv6, Host(local), Host(remote));
        return AddContext(local, remote, IpsecTrafficType.Transport, inbound, outbound, inboundSpi, outboundSpi, udp);
    }

    /// <summary>Makes a pair of SAs in tunnel mode, with a policy, and a filter for each direction.</summary>
    /// <returns>The identifier of its context.</returns>
    public ulong AddTunnel(
        IpAddress local, IpAddress remote, AddressPrefix localInner, AddressPrefix remoteInner, uint inboundSpi, uint outboundSpi, (ushort Local, ushort Remote)? udp = null)
    {
        var key = Guid.NewGuid();
        ulong policy = AddPolicy(key, local, remote);
        AddFilter(WfpDirection.Inbound, true, localInner.Address.IsIPv6, localInner, remoteInner, key);
        AddFilter(WfpDirection.Outbound, true, localInner.Address.IsIPv6, localInner, remoteInner, key);
        return AddContext(local, remote, IpsecTrafficType.Tunnel, policy, policy, inboundSpi, outboundSpi, udp);
    }

    /// <summary>Makes another pair of SAs for the traffic of one, as at a rekeying.</summary>
    public void AddContextOn(WfpSa other, uint inboundSpi, uint outboundSpi)
    {
        ulong FilterOf(WfpDirection direction) => other.Filters.Single(filter => filter.Direction == direction).Id;
        AddContext(
            other.Local[0], other.Remote[0], IpsecTrafficType.Transport, FilterOf(WfpDirection.Inbound), FilterOf(WfpDirection.Outbound), inboundSpi, outboundSpi, null);
    }

    /// <summary>Adds a filter that hands traffic to IPsec.</summary>
    public ulong AddFilter(WfpDirection direction, bool isTunnel, bool isIPv6, AddressPrefix local, AddressPrefix remote, Guid policy = default)
    {
        FwpAddress localOctets = WfpAddresses.Write(local.Address), remoteOctets = WfpAddresses.Write(remote.Address);
        FwpV4AddrAndMask localMasked = Masked(local), remoteMasked = Masked(remote);
        FwpV6AddrAndMask localPrefixed = new() { Addr = localOctets, PrefixLength = local.Length }, remotePrefixed = new() { Addr = remoteOctets, PrefixLength = remote.Length };
        FwpmFilterCondition0* conditions = stackalloc FwpmFilterCondition0[]
        {
            new() { FieldKey = WfpNumbers.IpLocalAddress, ConditionValue = ValueOf(local, &localMasked, &localPrefixed, &localOctets) },
            new() { FieldKey = WfpNumbers.IpRemoteAddress, ConditionValue = ValueOf(remote, &remoteMasked, &remotePrefixed, &remoteOctets) },
        };
        fixed (char* name = "MOBIKE-X contract")
        {
            FwpmFilter0 filter = new()
            {
                DisplayData = new() { Name = (nint)name },
                Flags = policy == Guid.Empty ? 0 : WfpNumbers.FilterHasProviderContext,
                LayerKey = LayerOf(direction, isIPv6),
                NumFilterConditions = 2,
                FilterCondition = (nint)conditions,
                Action = new() { Type = CalloutTerminating, CalloutKey = CalloutOf(direction, isTunnel, isIPv6) },
                Context = FwpmFilter0.FilterContext.Of(policy),
            };
            WfpException.ThrowIfFailed(Fwpuclnt.FwpmFilterAdd0(engine.Handle, filter, 0, out ulong id), nameof(Fwpuclnt.FwpmFilterAdd0));
            _filters.Add(id);
            return id;
        }
    }

    /// <summary>Takes down what it made, and the filters that were added for its contexts since.</summary>
    public void Dispose()
    {
        foreach (ulong context in _contexts)
        {
            _ = Fwpuclnt.IPsecSaContextDeleteById0(engine.Handle, context);
        }

        foreach (ulong filter in engine.ListFilters().Where(filter => _contexts.Contains(filter.AddedFor)).Select(filter => filter.Id).Concat(_filters).ToArray())
        {
            _ = Fwpuclnt.FwpmFilterDeleteById0(engine.Handle, filter);
        }

        foreach (ulong policy in _policies)
        {
            _ = SetupCalls.FwpmProviderContextDeleteById0(engine.Handle, policy);
        }
    }

    private static AddressPrefix Host(IpAddress address) => new(address, address.Length * 8);

    private static FwpV4AddrAndMask Masked(AddressPrefix prefix) => prefix.Address.IsIPv4
        ? new() { Addr = WfpAddresses.Write(prefix.Address).First, Mask = (uint)((ulong)uint.MaxValue << (32 - prefix.Length)) }
        : default;

    private static FwpValue0 ValueOf(AddressPrefix prefix, FwpV4AddrAndMask* masked, FwpV6AddrAndMask* prefixed, FwpAddress* octets) =>
        (prefix.Address.IsIPv6, prefix.Length == prefix.Address.Length * 8) switch
        {
            (false, true) => new() { Type = FwpDataType.UInt32, Union = octets->First },
            (false, false) => new() { Type = FwpDataType.V4AddrMask, Union = (ulong)masked },
            (true, true) => new() { Type = FwpDataType.ByteArray16, Union = (ulong)octets },
            (true, false) => new() { Type = FwpDataType.V6AddrMask, Union = (ulong)prefixed },
        };

    private static Guid LayerOf(WfpDirection direction, bool isIPv6) => (direction, isIPv6) switch
    {
        (WfpDirection.Inbound, false) => WfpNumbers.InboundTransportV4,
        (WfpDirection.Inbound, true) => WfpNumbers.InboundTransportV6,
        (_, false) => WfpNumbers.OutboundTransportV4,
        (_, true) => WfpNumbers.OutboundTransportV6,
    };

    private static Guid CalloutOf(WfpDirection direction, bool isTunnel, bool isIPv6) => (direction, isTunnel, isIPv6) switch
    {
        (WfpDirection.Inbound, false, false) => WfpNumbers.CalloutInboundTransportV4,
        (WfpDirection.Inbound, false, true) => WfpNumbers.CalloutInboundTransportV6,
        (WfpDirection.Inbound, true, false) => WfpNumbers.CalloutInboundTunnelV4,
        (WfpDirection.Inbound, true, true) => WfpNumbers.CalloutInboundTunnelV6,
        (_, false, false) => WfpNumbers.CalloutOutboundTransportV4,
        (_, false, true) => WfpNumbers.CalloutOutboundTransportV6,
        (_, true, false) => WfpNumbers.CalloutOutboundTunnelV4,
        (_, true, true) => WfpNumbers.CalloutOutboundTunnelV6,
    };

    private ulong AddPolicy(Guid key, IpAddress local, IpAddress remote)
    {
        IpsecAuthAndCipherTransform0 algorithms = new() { Auth = Auth, Cipher = Cipher };
        IpsecSaTransform0 transform = new() { TransformType = EspAuthAndCipher, Transform = (nint)(&algorithms) };
        IpsecProposal0 proposal = new()
        {
            Lifetime = Lifetime(),
            NumSaTransforms = 1,
            SaTransforms = (nint)(&transform),
        };
        IpsecTunnelPolicy1 policy = new()
        {
            NumIpsecProposals = 1,
            IpsecProposals = (nint)(&proposal),
            TunnelEndpoints = new() { IpVersion = WfpAddresses.VersionOf(local), Local = WfpAddresses.Write(local), Remote = WfpAddresses.Write(remote) },
            IdleTimeoutSeconds = 300,
            IdleTimeoutSecondsFailOver = 60,
        };
        fixed (char* name = "MOBIKE-X contract")
        {
            FwpmProviderContext1 context = new()
            {
                ProviderContextKey = key,
                DisplayData = new() { Name = (nint)name },
                Type = Ikev2TunnelPolicy,
                Policy = (nint)(&policy),
            };
            WfpException.ThrowIfFailed(
                SetupCalls.FwpmProviderContextAdd1(engine.Handle, context, 0, out ulong id), nameof(SetupCalls.FwpmProviderContextAdd1));
            _policies.Add(id);
            return id;
        }
    }

    private ulong AddContext(
        IpAddress local, IpAddress remote, IpsecTrafficType type, ulong inbound, ulong outbound, uint inboundSpi, uint outboundSpi, (ushort Local, ushort Remote)? udp)
    {
        IpsecTraffic1 traffic = new()
        {
            IpVersion = WfpAddresses.VersionOf(local),
            Local = WfpAddresses.Write(local),
            Remote = WfpAddresses.Write(remote),
            TrafficType = type,
            FilterOrPolicyId = outbound,
        };
        WfpException.ThrowIfFailed(
            SetupCalls.IPsecSaContextCreate1(engine.Handle, traffic, 0, out _, out ulong id), nameof(SetupCalls.IPsecSaContextCreate1));
        _contexts.Add(id);
        IpsecV4UdpEncapsulation0 ports = new() { LocalUdpEncapPort = udp?.Local ?? 0, RemoteUdpEncapPort = udp?.Remote ?? 0 };
        IpsecGetSpi1 getSpi = new()
        {
            InboundIpsecTraffic = traffic with { FilterOrPolicyId = inbound },
            IpVersion = traffic.IpVersion,
            InboundUdpEncapsulation = udp is null ? 0 : (nint)(&ports),
        };
        WfpException.ThrowIfFailed(SetupCalls.IPsecSaContextSetSpi0(engine.Handle, id, getSpi, inboundSpi), nameof(SetupCalls.IPsecSaContextSetSpi0));
        AddSa(id, traffic.IpVersion, inboundSpi, SetupCalls.IPsecSaContextAddInbound1, nameof(SetupCalls.IPsecSaContextAddInbound1));
        AddSa(id, traffic.IpVersion, outboundSpi, SetupCalls.IPsecSaContextAddOutbound1, nameof(SetupCalls.IPsecSaContextAddOutbound1));
        return id;
    }

    private delegate uint AddBundle(EngineHandle handle, ulong id, in IpsecSaBundle1 bundle);

    private void AddSa(ulong id, FwpIpVersion version, uint spi, AddBundle add, string call)
    {
        byte[] cipherKey = RandomNumberGenerator.GetBytes(16), authKey = RandomNumberGenerator.GetBytes(32);
        fixed (byte* cipherAt = cipherKey, authAt = authKey)
        {
            IpsecSaAuthAndCipherInformation0 keys = new()
            {
                Cipher = new() { Transform = Cipher, Key = new() { Size = (uint)cipherKey.Length, Data = (nint)cipherAt } },
                Auth = new() { Transform = Auth, Key = new() { Size = (uint)authKey.Length, Data = (nint)authAt } },
            };
            IpsecSa0 sa = new() { Spi = spi, SaTransformType = EspAuthAndCipher, Information = (nint)(&keys) };
            IpsecSaBundle1 bundle = new()
            {
                Lifetime = Lifetime(),
                IdleTimeoutSeconds = 300,
                NumSAs = 1,
                SaList = (nint)(&sa),
                IpVersion = version,
            };
            WfpException.ThrowIfFailed(add(engine.Handle, id, bundle), call);
        }
    }

    private static IpsecSaLifetime0 Lifetime() => new() { LifetimeSeconds = 3600, LifetimeKilobytes = 100_000, LifetimePackets = 0x7FFFFFFF };
}
