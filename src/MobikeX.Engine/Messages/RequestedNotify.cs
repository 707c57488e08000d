using MobikeX.Protocol.Ikev2;

namespace MobikeX.Engine;

/// <summary>A notify that is to be sent: its type and Notification Data.</summary>
internal readonly struct RequestedNotify
{
    public RequestedNotify(NotifyType type, byte[] data)
    {
        Type = type;
        Data = data;
    }

    public NotifyType Type { get; }

    public byte[] Data { get; }
}
