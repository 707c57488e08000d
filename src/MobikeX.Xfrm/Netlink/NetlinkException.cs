using System.ComponentModel;

namespace MobikeX.Xfrm.Netlink;

/// <summary>The kernel refused a request, or did not answer it.</summary>
internal sealed class NetlinkException : Exception
{
    public NetlinkException(string action, int error, string? kernelText)
        : base(Text(action, error, kernelText))
    {
        Error = error;
        KernelText = kernelText;
    }

    /// <summary>The error number.</summary>
    public int Error { get; }

    /// <summary>What the kernel says besides, where it says something.</summary>
    public string? KernelText { get; }

    private static string Text(string action, int error, string? kernelText)
    {
        string reason = new Win32Exception(error).Message;
        return kernelText is null ? $"could not {action}: {reason} (errno {error})" : $"could not {action}: {reason} (errno {error}; the kernel says: {kernelText})";
    }
}
