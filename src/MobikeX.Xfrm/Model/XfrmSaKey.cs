using MobikeX.Runtime;

namespace MobikeX.Xfrm;

/// <summary>By what the kernel finds an SA: no two have the same.</summary>
/// <param name="Destination">Where its packets go to.</param>
/// <param name="Spi">Its SPI.</param>
/// <param name="Protocol">AH or ESP.</param>
/// <param name="Mark">The mark that its packets have.</param>
public readonly record struct XfrmSaKey(IpAddress Destination, uint Spi, XfrmProtocol Protocol, XfrmMark Mark = default)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{Protocol.ToString().ToUpperInvariant()} {Spi:x8} to {Destination}" + (Mark.IsNone ? string.Empty : $" with mark {Mark}");
}

/// <summary>The protocol of an SA, by its number in IP.</summary>
public enum XfrmProtocol : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The Encapsulating Security Payload (RFC 4303).</summary>
    Esp = 50,

    /// <summary>The Authentication Header (RFC 4302).</summary>
    Ah = 51,

    /// <summary>IP compression (RFC 3173), which is beside an SA and none of its own.</summary>
    Comp = 108,
}

/// <summary>How an SA wraps a packet.</summary>
public enum XfrmMode : byte
{
    /// <summary>The packet keeps its header.</summary>
    Transport = 0,

    /// <summary>The packet gets a header around it.</summary>
    Tunnel = 1,
}

/// <summary>Which packets a policy looks at.</summary>
public enum XfrmDirection : byte
{
    /// <summary>Those to this host.</summary>
    In = 0,

    /// <summary>Those that leave it.</summary>
    Out = 1,

    /// <summary>Those that it received and passes on.</summary>
    Forward = 2,
}
