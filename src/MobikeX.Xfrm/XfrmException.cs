namespace MobikeX.Xfrm;

/// <summary>Why something could not be done in the kernel's SAD or SPD.</summary>
public enum XfrmProblem
{
    /// <summary>The kernel refused it, for the reason in the message.</summary>
    Refused,

    /// <summary>The process may not: CAP_NET_ADMIN is missing in its network namespace.</summary>
    NotPermitted,

    /// <summary>The kernel has no XFRM, or no interface to it.</summary>
    NoXfrm,

    /// <summary>The kernel lacks AH or ESP for the address family, or an algorithm.</summary>
    NoSupport,

    /// <summary>There is no such SA or policy in this network namespace.</summary>
    NotFound,

    /// <summary>There is such an SA or policy already.</summary>
    Exists,

    /// <summary>The kernel does not show keys (lockdown), so that an SA cannot be made again.</summary>
    KeysHidden,

    /// <summary>A move was cut off before its end; see <see cref="XfrmRecovery"/>.</summary>
    MoveUnfinished,

    /// <summary>What was asked for does not go together.</summary>
    Mismatch,
}

/// <summary>Something could not be done in the kernel's SAD or SPD; the message says what is missing.</summary>
public sealed class XfrmException : Exception
{
    /// <summary>Creates the exception.</summary>
    public XfrmException(XfrmProblem problem, string message, Exception? inner = null)
        : base(message, inner) => Problem = problem;

    /// <summary>Why.</summary>
    public XfrmProblem Problem { get; }

    /// <summary>The kernel's error number; 0 where the kernel was not asked.</summary>
    public int Error => InnerException is Netlink.NetlinkException kernel ? kernel.Error : 0;

    /// <summary>The kernel's own words, where it had some.</summary>
    public string? KernelText => (InnerException as Netlink.NetlinkException)?.KernelText;
}
