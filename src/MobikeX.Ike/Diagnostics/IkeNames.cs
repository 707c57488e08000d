using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>The names that IKEv2 has for what messages are and say; numbers where it has none.</summary>
public static class IkeNames
{
    /// <summary>The name of an exchange.</summary>
    public static string Of(ExchangeType exchange) => exchange.Name() ?? $"exchange {(byte)exchange}";

    /// <summary>The name of a notify.</summary>
    public static string Of(NotifyType type) => type.Name() ?? $"{(ushort)type}";
}
