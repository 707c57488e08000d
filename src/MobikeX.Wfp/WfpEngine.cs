using System.Runtime.Versioning;
using MobikeX.Runtime;
using MobikeX.Wfp.Interop;

namespace MobikeX.Wfp;

/// <summary>A session with the base filtering engine of Windows: its IPsec SA contexts and the filters that use them.</summary>
[SupportedOSPlatform("windows")]
public sealed unsafe class WfpEngine : IDisposable
{
    /// <summary>So many entries are asked for at a time.</summary>
    private const uint Page = 64;

    private readonly EngineHandle _handle;

    private delegate uint NextEntries(EngineHandle engine, EnumerationHandle enumeration, uint requested, out nint entries, out uint returned);

    private WfpEngine(EngineHandle handle) => _handle = handle;

    internal EngineHandle Handle => _handle;

    /// <summary>Opens a session; administrators may.</summary>
    /// <exception cref="PlatformNotSupportedException">This system is not Windows.</exception>
    /// <exception cref="WfpException">The engine does not run, or refuses.</exception>
    public static WfpEngine Open()
    {
        if (!OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("the Windows Filtering Platform is a part of Windows; this system has none");
        }

        return new WfpEngine(EngineHandle.Open());
    }

    /// <summary>Every pair of SAs of this host that is complete.</summary>
    /// <exception cref="WfpException">The engine refuses.</exception>
    public IReadOnlyList<WfpSa> ListSas()
    {
        IReadOnlyList<WfpFilter> filters = ListFilters();
        WfpException.ThrowIfFailed(
            Fwpuclnt.IPsecSaContextCreateEnumHandle0(_handle, 0, out nint started), nameof(Fwpuclnt.IPsecSaContextCreateEnumHandle0));
        List<SaContextEntry> contexts = ListAll(
            started,
            Fwpuclnt.IPsecSaContextEnum1,
            nameof(Fwpuclnt.IPsecSaContextEnum1),
            Fwpuclnt.IPsecSaContextDestroyEnumHandle0,
            static entry => SaContextEntry.Read((IpsecSaContext1*)entry));
        return [.. contexts.Select(entry => entry.ToSa(filters, entry.IsTunnel ? PolicyKey(entry.FilterOrPolicyIds[0]) : Guid.Empty))];
    }

    /// <summary>Every filter that hands traffic to IPsec at a transport layer, whoever added it.</summary>
    /// <exception cref="WfpException">The engine refuses.</exception>
    public IReadOnlyList<WfpFilter> ListFilters()
    {
        WfpException.ThrowIfFailed(Fwpuclnt.FwpmFilterCreateEnumHandle0(_handle, 0, out nint started), nameof(Fwpuclnt.FwpmFilterCreateEnumHandle0));
        return ListAll(
            started,
            Fwpuclnt.FwpmFilterEnum0,
            nameof(Fwpuclnt.FwpmFilterEnum0),
            Fwpuclnt.FwpmFilterDestroyEnumHandle0,
            static entry => WfpFilterReader.Read((FwpmFilter0*)entry));
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    internal WfpBlock GetContext(ulong id)
    {
        WfpException.ThrowIfFailed(Fwpuclnt.IPsecSaContextGetById1(_handle, id, out nint context), nameof(Fwpuclnt.IPsecSaContextGetById1));
        return new WfpBlock(context);
    }

    internal void UpdateContext(IpsecSaContext1* context, IpsecSaContextUpdate parts) =>
        WfpException.ThrowIfFailed(Fwpuclnt.IPsecSaContextUpdate0(_handle, (ulong)parts, context), nameof(Fwpuclnt.IPsecSaContextUpdate0));

    internal void DeleteContext(ulong id) =>
        WfpException.ThrowIfFailed(Fwpuclnt.IPsecSaContextDeleteById0(_handle, id), nameof(Fwpuclnt.IPsecSaContextDeleteById0));

    internal void DeleteFilter(ulong id) =>
        WfpException.ThrowIfFailed(Fwpuclnt.FwpmFilterDeleteById0(_handle, id), nameof(Fwpuclnt.FwpmFilterDeleteById0));

    /// <summary>Adds a filter that is like another in all but its addresses; none: as in the other.</summary>
    /// <returns>Its identifier.</returns>
    internal ulong CopyFilter(ulong id, ulong context, IpAddress local, IpAddress remote)
    {
        WfpException.ThrowIfFailed(Fwpuclnt.FwpmFilterGetById0(_handle, id, out nint found), nameof(Fwpuclnt.FwpmFilterGetById0));
        using var block = new WfpBlock(found);
        FwpmFilter0 copy = *(FwpmFilter0*)found;
        FwpAddress localOctets = WfpAddresses.Write(local), remoteOctets = WfpAddresses.Write(remote);
        var conditions = new FwpmFilterCondition0[copy.NumFilterConditions];
        new ReadOnlySpan<FwpmFilterCondition0>((void*)copy.FilterCondition, conditions.Length).CopyTo(conditions);
        for (int i = 0; i < conditions.Length; i++)
        {
            conditions[i].ConditionValue = WfpFilterReader.EndOf(conditions[i].FieldKey) switch
            {
                true when !local.IsNone => ValueOf(local, &localOctets),
                false when !remote.IsNone => ValueOf(remote, &remoteOctets),
                _ => conditions[i].ConditionValue,
            };
        }

        fixed (FwpmFilterCondition0* at = conditions)
        fixed (char* description = WfpFilterReader.DescriptionFor(context))
        {
            copy.DisplayData.Description = (nint)description;
            copy.FilterCondition = (nint)at;
            copy.FilterKey = Guid.Empty;
            copy.FilterId = 0;
            copy.EffectiveWeight = default;
            WfpException.ThrowIfFailed(Fwpuclnt.FwpmFilterAdd0(_handle, copy, 0, out ulong added), nameof(Fwpuclnt.FwpmFilterAdd0));
            return added;
        }
    }

    /// <summary>Does something to filters, all of it or nothing.</summary>
    internal void InTransaction(Action change)
    {
        WfpException.ThrowIfFailed(Fwpuclnt.FwpmTransactionBegin0(_handle, 0), nameof(Fwpuclnt.FwpmTransactionBegin0));
        bool committed = false;
        try
        {
            change();
            WfpException.ThrowIfFailed(Fwpuclnt.FwpmTransactionCommit0(_handle), nameof(Fwpuclnt.FwpmTransactionCommit0));
            committed = true;
        }
        finally
        {
            if (!committed)
            {
                // A commit that failed has ended the transaction; what this then answers changes nothing.
                _ = Fwpuclnt.FwpmTransactionAbort0(_handle);
            }
        }
    }

    /// <summary>The key by which filters name the policy of a tunnel; empty where the policy is gone.</summary>
    internal Guid PolicyKey(ulong id)
    {
        uint code = Fwpuclnt.FwpmProviderContextGetById1(_handle, id, out nint found);
        if (code is WfpResult.ProviderContextNotFound)
        {
            return Guid.Empty;
        }

        WfpException.ThrowIfFailed(code, nameof(Fwpuclnt.FwpmProviderContextGetById1));
        using var block = new WfpBlock(found);
        return ((FwpmProviderContext1*)found)->ProviderContextKey;
    }

    /// <summary>Goes through an enumeration to its end, and keeps what can be read.</summary>
    private List<T> ListAll<T>(nint started, NextEntries next, string call, Func<nint, nint, uint> destroy, Func<nint, T?> read)
        where T : class
    {
        List<T> all = [];
        using var enumeration = new EnumerationHandle(_handle, started, destroy);
        uint returned;
        do
        {
            WfpException.ThrowIfFailed(next(_handle, enumeration, Page, out nint entries, out returned), call);
            using var block = new WfpBlock(entries);
            for (uint i = 0; entries != 0 && i < returned; i++)
            {
                if (read(((nint*)entries)[i]) is { } entry)
                {
                    all.Add(entry);
                }
            }
        }
        while (returned == Page);
        return all;
    }

    private static FwpValue0 ValueOf(IpAddress address, FwpAddress* octets) => address.IsIPv6
        ? new FwpValue0 { Type = FwpDataType.ByteArray16, Union = (ulong)octets }
        : new FwpValue0 { Type = FwpDataType.UInt32, Union = octets->First };
}
