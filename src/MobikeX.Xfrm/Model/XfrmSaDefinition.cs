using MobikeX.Engine;
using MobikeX.Runtime;

namespace MobikeX.Xfrm;

/// <summary>An SA that is to be made.</summary>
public sealed class XfrmSaDefinition
{
    /// <summary>The address that its packets come from.</summary>
    public required IpAddress Source { get; init; }

    /// <summary>The address that its packets go to.</summary>
    public required IpAddress Destination { get; init; }

    /// <summary>Its SPI; 0 is refused.</summary>
    public required uint Spi { get; init; }

    /// <summary>AH or ESP.</summary>
    public XfrmProtocol Protocol { get; init; } = XfrmProtocol.Esp;

    /// <summary>Transport or tunnel.</summary>
    public XfrmMode Mode { get; init; }

    /// <summary>What ties it to the templates of its policies.</summary>
    public uint RequestId { get; init; }

    /// <summary>An algorithm that encrypts and authenticates, instead of the other two.</summary>
    public XfrmAlgorithm? Aead { get; init; }

    /// <summary>An algorithm that encrypts.</summary>
    public XfrmAlgorithm? Encryption { get; init; }

    /// <summary>An algorithm that authenticates.</summary>
    public XfrmAlgorithm? Integrity { get; init; }

    /// <summary>How many sequence numbers the receiver tells apart; 0 for an SA that only sends.</summary>
    public uint ReplayWindow { get; init; }

    /// <summary>Whether sequence numbers have 64 bits.</summary>
    public bool ExtendedSequenceNumbers { get; init; }

    /// <summary>The UDP header around its packets, where there is one.</summary>
    public XfrmEncapsulation? Encapsulation { get; init; }

    /// <summary>Which packets it is for; left out, those that its policies say.</summary>
    public XfrmSelector? Selector { get; init; }

    /// <summary>How much it may carry; null for any amount.</summary>
    public ChildSaLimits? Limits { get; init; }

    /// <summary>The mark that its packets have.</summary>
    public XfrmMark Mark { get; init; }

    /// <summary>The XFRM interface that it belongs to; 0 for none.</summary>
    public uint InterfaceId { get; init; }
}
