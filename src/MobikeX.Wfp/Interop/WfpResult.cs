using System.ComponentModel;

namespace MobikeX.Wfp.Interop;

/// <summary>Results of the platform's functions (winerror.h, "WFP Error Codes") in words.</summary>
internal static class WfpResult
{
    public const uint FilterNotFound = 0x80320003;
    public const uint ProviderContextNotFound = 0x80320006;
    public const uint NotFound = 0x80320008;

    private const uint FirstOfPlatform = 0x80320000;

    private static readonly Dictionary<uint, string> Words = new()
    {
        [0x05] = "access is denied: administrators and the IKE service may do this",
        [0x57] = "a parameter is wrong",
        [0x06D9] = "the base filtering engine is not running",
        [0x06E4] = "the base filtering engine cannot be reached this way",
        [0x80320001] = "there is no such callout",
        [0x80320002] = "there is no such filter condition",
        [FilterNotFound] = "there is no such filter",
        [0x80320004] = "there is no such layer",
        [0x80320005] = "there is no such provider",
        [ProviderContextNotFound] = "there is no such provider context",
        [0x80320007] = "there is no such sublayer",
        [NotFound] = "there is no such object",
        [0x80320009] = "there is such an object already",
        [0x8032000A] = "the object is in use by another",
        [0x8032000B] = "not in a dynamic session",
        [0x8032000C] = "the object is of another session",
        [0x8032000D] = "no transaction is in progress",
        [0x8032000E] = "not while a transaction is in progress",
        [0x8032000F] = "the transaction was aborted by the engine",
        [0x80320010] = "the session was aborted by the engine",
        [0x80320011] = "the transaction is read-only",
        [0x80320012] = "another transaction took too long",
        [0x80320014] = "the layer does not go with this",
        [0x80320015] = "only clients in the kernel may do this",
        [0x80320016] = "the lifetimes of the objects do not go together",
        [0x8032001A] = "the traffic of inbound and outbound SA does not go together",
        [0x8032001B] = "the SA context is not in a state for this",
        [0x8032001C] = "a pointer is null",
        [0x8032001D] = "the enumeration is not one of this session",
        [0x8032001E] = "the flags are wrong",
        [0x80320027] = "a value is of a wrong type",
        [0x80320028] = "a value is out of bounds",
        [0x80320029] = "a reserved value is set",
        [0x8032002A] = "two filter conditions are the same",
        [0x8032002C] = "the action does not go with the layer",
        [0x8032002E] = "the context does not go with the layer",
        [0x80320034] = "the provider context is not of the kind that the filter needs",
        [0x80320035] = "a parameter is wrong",
    };

    public static string Describe(uint code) =>
        Words.TryGetValue(code, out string? words) ? words
        : (code & 0xFFFF0000) == FirstOfPlatform ? "an error of the Windows Filtering Platform"
        : new Win32Exception(unchecked((int)code)).Message;
}
