using System.Runtime.InteropServices;
using MobikeX.Wfp.Interop;

namespace MobikeX.Wfp.Windows;

/// <summary>The functions that the host's IKE calls and the backend never does (fwpmu.h).</summary>
internal static partial class SetupCalls
{
    private const string Library = "fwpuclnt.dll";

    [LibraryImport(Library)]
    public static partial uint FwpmProviderContextAdd1(EngineHandle engineHandle, in FwpmProviderContext1 providerContext, nint securityDescriptor, out ulong id);

    [LibraryImport(Library)]
    public static partial uint FwpmProviderContextDeleteById0(EngineHandle engineHandle, ulong id);

    [LibraryImport(Library)]
    public static partial uint IPsecSaContextCreate1(EngineHandle engineHandle, in IpsecTraffic1 outboundTraffic, nint virtualIfTunnelInfo, out ulong inboundFilterId, out ulong id);

    [LibraryImport(Library)]
    public static partial uint IPsecSaContextSetSpi0(EngineHandle engineHandle, ulong id, in IpsecGetSpi1 getSpi, uint inboundSpi);

    [LibraryImport(Library)]
    public static partial uint IPsecSaContextAddInbound1(EngineHandle engineHandle, ulong id, in IpsecSaBundle1 inboundBundle);

    [LibraryImport(Library)]
    public static partial uint IPsecSaContextAddOutbound1(EngineHandle engineHandle, ulong id, in IpsecSaBundle1 outboundBundle);
}
