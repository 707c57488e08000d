namespace MobikeX.Xfrm.Layouts;

/// <summary>The message types of <c>NETLINK_XFRM</c>.</summary>
internal static class XfrmMessage
{
    public const int Family = 6;

    public const ushort NewSa = 0x10;
    public const ushort DeleteSa = 0x11;
    public const ushort GetSa = 0x12;
    public const ushort NewPolicy = 0x13;
    public const ushort DeletePolicy = 0x14;
    public const ushort GetPolicy = 0x15;
    public const ushort Expire = 0x18;
    public const ushort UpdatePolicy = 0x19;
    public const ushort UpdateSa = 0x1a;
    public const ushort FlushSa = 0x1c;
    public const ushort NewEvent = 0x1e;
    public const ushort GetEvent = 0x1f;
    public const ushort MigrateState = 0x29;
}

/// <summary>The attributes of <c>NETLINK_XFRM</c>.</summary>
internal static class XfrmAttribute
{
    public const ushort Authentication = 1;
    public const ushort Encryption = 2;
    public const ushort Compression = 3;
    public const ushort Encapsulation = 4;
    public const ushort Template = 5;
    public const ushort Sa = 6;
    public const ushort Lifetime = 9;
    public const ushort Replay = 10;
    public const ushort ReplayThreshold = 11;
    public const ushort TimerThreshold = 12;
    public const ushort LastUsed = 15;
    public const ushort PolicyType = 16;
    public const ushort Aead = 18;
    public const ushort TruncatedAuthentication = 20;
    public const ushort Mark = 21;
    public const ushort ReplayEsn = 23;
    public const ushort Padding = 27;
    public const ushort InterfaceId = 31;
    public const ushort MappingThreshold = 32;
    public const ushort SaDirection = 33;
    public const ushort NatKeepalive = 34;
}

/// <summary>The multicast groups of <c>NETLINK_XFRM</c>.</summary>
internal static class XfrmGroup
{
    public const uint Expire = 2;
    public const uint Sa = 3;
    public const uint Event = 5;
}

/// <summary>What a question for the state of an SA asks for.</summary>
internal static class XfrmEventFlags
{
    public const uint ReplayThreshold = 1;
    public const uint ReplayValue = 2;
    public const uint Lifetime = 4;
    public const uint TimerThreshold = 8;
}

/// <summary>The flags of an SA that are acted on.</summary>
internal static class XfrmSaFlags
{
    public const byte AnyFamily = 32;
    public const byte Esn = 128;
}
