using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace MobikeX.Wfp.Interop;

/// <summary>An enumeration under way; it holds on to its session, which must outlive it.</summary>
[SupportedOSPlatform("windows")]
internal sealed class EnumerationHandle : SafeHandle
{
    private readonly EngineHandle _engine;
    private readonly Func<nint, nint, uint> _destroy;

    public EnumerationHandle(EngineHandle engine, nint enumeration, Func<nint, nint, uint> destroy)
        : base(0, ownsHandle: true)
    {
        bool held = false;
        engine.DangerousAddRef(ref held);
        _engine = engine;
        _destroy = destroy;
        SetHandle(enumeration);
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        bool destroyed = _destroy(_engine.DangerousGetHandle(), handle) == 0;
        _engine.DangerousRelease();
        return destroyed;
    }
}
