using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Messages;

/// <summary>Why a message cannot be taken.</summary>
internal enum MessageFaultKind
{
    /// <summary>There is no IKE header that could be answered: nothing is.</summary>
    Dropped,

    /// <summary>A higher major version than ours (RFC 7296, section 2.5).</summary>
    InvalidMajorVersion,

    /// <summary>What the message says of itself is not so (section 3.10.1).</summary>
    InvalidSyntax,

    /// <summary>A payload of a type that is not known has its critical flag set (section 2.5).</summary>
    UnsupportedCriticalPayload,
}

/// <summary>Why a message cannot be taken, and what it is answered with.</summary>
/// <param name="Kind">Which fault it is.</param>
/// <param name="Reason">In words.</param>
/// <param name="Payload">The type of a critical payload that is not known.</param>
internal readonly record struct MessageFault(MessageFaultKind Kind, string Reason, PayloadType Payload = PayloadType.NoNextPayload)
{
    /// <summary>The notify that a request with this fault is answered with; null where it is dropped.</summary>
    internal NotifyValue? Answer() => Kind switch
    {
        MessageFaultKind.InvalidMajorVersion => new NotifyValue(NotifyType.InvalidMajorVersion, [(byte)Constants.MajorVersion]),
        MessageFaultKind.InvalidSyntax => new NotifyValue(NotifyType.InvalidSyntax),
        MessageFaultKind.UnsupportedCriticalPayload => new NotifyValue(NotifyType.UnsupportedCriticalPayload, [(byte)Payload]),
        _ => null,
    };
}
