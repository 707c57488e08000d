using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace MobikeX.Wfp.Interop;

/// <summary>A block of memory that the platform returned, with all that it points at.</summary>
[SupportedOSPlatform("windows")]
internal sealed class WfpBlock : SafeHandle
{
    public WfpBlock(nint block)
        : base(0, ownsHandle: true) => SetHandle(block);

    public override bool IsInvalid => handle == 0;

    public nint Address => handle;

    protected override bool ReleaseHandle()
    {
        Fwpuclnt.FwpmFreeMemory0(ref handle);
        return true;
    }
}
