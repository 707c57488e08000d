namespace MobikeX.Xfrm.Netlink;

/// <summary>The error numbers of Linux that are acted on.</summary>
internal static class Errno
{
    public const int NotPermitted = 1;
    public const int NoEntry = 2;
    public const int NoProcess = 3;
    public const int Interrupted = 4;
    public const int TryAgain = 11;
    public const int Exists = 17;
    public const int Invalid = 22;
    public const int NoSystemCall = 38;
    public const int NoProtocolOption = 92;
    public const int ProtocolNotSupported = 93;
    public const int FamilyNotSupported = 97;
    public const int AddressNotAvailable = 99;
    public const int NoBufferSpace = 105;
}
