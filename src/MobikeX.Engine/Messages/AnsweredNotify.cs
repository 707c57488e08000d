using MobikeX.Protocol.Ikev2;

namespace MobikeX.Engine;

/// <summary>An error or a warning of a response, and the identifier of its ID parameter.</summary>
internal readonly struct AnsweredNotify
{
    public AnsweredNotify(NotifyType type, ushort? identifier)
    {
        Type = type;
        Identifier = identifier;
    }

    public NotifyType Type { get; }

    public ushort? Identifier { get; }
}
