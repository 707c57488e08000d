using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace MobikeX.Wfp.Interop;

/// <summary>A session with the base filtering engine. No dynamic one: contexts may not be touched in such a session.</summary>
[SupportedOSPlatform("windows")]
internal sealed class EngineHandle : SafeHandle
{
    private EngineHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    public static EngineHandle Open()
    {
        WfpException.ThrowIfFailed(Fwpuclnt.FwpmEngineOpen0(0, WfpNumbers.AuthenticationByWindows, 0, 0, out nint session), nameof(Fwpuclnt.FwpmEngineOpen0));
        return Of(session);
    }

    /// <summary>Takes charge of a session that was opened.</summary>
    public static EngineHandle Of(nint session)
    {
        var opened = new EngineHandle();
        opened.SetHandle(session);
        return opened;
    }

    protected override bool ReleaseHandle() => Fwpuclnt.FwpmEngineClose0(handle) == 0;
}
