namespace MobikeX.Xfrm;

/// <summary>Names network namespaces as the kernel does.</summary>
internal static class NetworkNamespaces
{
    private const string OfThread = "/proc/thread-self/ns/net";

    /// <summary>The one that the calling thread is in, such as <c>net:[4026531840]</c>.</summary>
    public static string OfThisThread() => new FileInfo(OfThread).LinkTarget ?? "net:[unknown]";

    /// <summary>The number in a name.</summary>
    public static string NumberOf(string networkNamespace) =>
        new([.. networkNamespace.Where(char.IsAsciiDigit)]);
}
