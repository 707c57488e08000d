using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using Dispatch = MobikeX.Protocol.NotifyDispatcher;
using DispatchVersion1 = MobikeX.Protocol.Mobike.NotifyDispatcher;

namespace MobikeX.Ike;

/// <summary>The names that IKEv2 has for what messages are and say; numbers where it has none.</summary>
public static class IkeNames
{
    /// <summary>The name of an exchange.</summary>
    public static string Of(ExchangeType exchange) => exchange.Name() ?? $"exchange {(byte)exchange}";

    /// <summary>The name of a notify, as those have it who agreed on a version of MOBIKE.</summary>
    /// <param name="type">The notify.</param>
    /// <param name="version">The version; null before one is agreed on.</param>
    public static string Of(NotifyType type, MobikeVersion? version = null) => Known(type, version) ?? $"{(ushort)type}";

    /// <summary>The name of a notify, as those have it who agreed on a version of MOBIKE; null where it has none.</summary>
    /// <param name="type">The notify.</param>
    /// <param name="version">The version; null before one is agreed on.</param>
    public static string? Known(NotifyType type, MobikeVersion? version) =>
        version == MobikeVersion.MobikeX ? Dispatch.NameOf(type) : DispatchVersion1.NameOf(type);
}
