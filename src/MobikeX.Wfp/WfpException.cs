using MobikeX.Wfp.Interop;

namespace MobikeX.Wfp;

/// <summary>Something could not be done in the Windows Filtering Platform; the message names the call, and says in words why.</summary>
public sealed class WfpException : Exception
{
    /// <summary>Creates the exception of something that the platform was not asked for.</summary>
    public WfpException(string message)
        : base(message)
    {
    }

    private WfpException(string call, uint code)
        : base($"{call}: {WfpResult.Describe(code)} (0x{code:X8})")
    {
        Call = call;
        Code = code;
    }

    /// <summary>The function that failed; null where the platform was not asked.</summary>
    public string? Call { get; }

    /// <summary>What it returned: an FWP_E, RPC or Win32 code; 0 where the platform was not asked.</summary>
    public uint Code { get; }

    internal static void ThrowIfFailed(uint code, string call)
    {
        if (code != 0)
        {
            throw new WfpException(call, code);
        }
    }
}
