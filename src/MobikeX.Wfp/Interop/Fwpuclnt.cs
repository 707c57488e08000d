using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace MobikeX.Wfp.Interop;

/// <summary>The functions of fwpuclnt.dll that the backend calls (fwpmu.h). Each answers 0 or an error, and sets no last error.</summary>
[SupportedOSPlatform("windows")]
internal static unsafe partial class Fwpuclnt
{
    private const string Library = "fwpuclnt.dll";

    [LibraryImport(Library)]
    public static partial uint FwpmEngineOpen0(nint serverName, uint authnService, nint authIdentity, nint session, out nint engineHandle);

    [LibraryImport(Library)]
    public static partial uint FwpmEngineClose0(nint engineHandle);

    [LibraryImport(Library)]
    public static partial void FwpmFreeMemory0(ref nint block);

    [LibraryImport(Library)]
    public static partial uint FwpmTransactionBegin0(EngineHandle engineHandle, uint flags);

    [LibraryImport(Library)]
    public static partial uint FwpmTransactionCommit0(EngineHandle engineHandle);

    [LibraryImport(Library)]
    public static partial uint FwpmTransactionAbort0(EngineHandle engineHandle);

    [LibraryImport(Library)]
    public static partial uint FwpmFilterAdd0(EngineHandle engineHandle, in FwpmFilter0 filter, nint securityDescriptor, out ulong id);

    [LibraryImport(Library)]
    public static partial uint FwpmFilterDeleteById0(EngineHandle engineHandle, ulong id);

    [LibraryImport(Library)]
    public static partial uint FwpmFilterGetById0(EngineHandle engineHandle, ulong id, out nint filter);

    [LibraryImport(Library)]
    public static partial uint FwpmFilterCreateEnumHandle0(EngineHandle engineHandle, nint enumTemplate, out nint enumHandle);

    [LibraryImport(Library)]
    public static partial uint FwpmFilterEnum0(EngineHandle engineHandle, EnumerationHandle enumHandle, uint numEntriesRequested, out nint entries, out uint numEntriesReturned);

    [LibraryImport(Library)]
    public static partial uint FwpmFilterDestroyEnumHandle0(nint engineHandle, nint enumHandle);

    [LibraryImport(Library)]
    public static partial uint FwpmProviderContextGetById1(EngineHandle engineHandle, ulong id, out nint providerContext);

    [LibraryImport(Library)]
    public static partial uint IPsecSaContextCreateEnumHandle0(EngineHandle engineHandle, nint enumTemplate, out nint enumHandle);

    [LibraryImport(Library)]
    public static partial uint IPsecSaContextEnum1(EngineHandle engineHandle, EnumerationHandle enumHandle, uint numEntriesRequested, out nint entries, out uint numEntriesReturned);

    [LibraryImport(Library)]
    public static partial uint IPsecSaContextDestroyEnumHandle0(nint engineHandle, nint enumHandle);

    [LibraryImport(Library)]
    public static partial uint IPsecSaContextGetById1(EngineHandle engineHandle, ulong id, out nint saContext);

    [LibraryImport(Library)]
    public static partial uint IPsecSaContextUpdate0(EngineHandle engineHandle, ulong flags, IpsecSaContext1* newValues);

    [LibraryImport(Library)]
    public static partial uint IPsecSaContextDeleteById0(EngineHandle engineHandle, ulong id);
}
