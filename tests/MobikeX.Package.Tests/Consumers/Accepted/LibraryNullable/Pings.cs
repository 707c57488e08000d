using LibraryNullable.Wire;

namespace LibraryNullable;

public static class Pings
{
    public static ushort? Sequence(byte[] octets) => EchoMessage.TryRead(octets, out EchoMessage echo, out _, out _) ? echo.Sequence : null;
}
