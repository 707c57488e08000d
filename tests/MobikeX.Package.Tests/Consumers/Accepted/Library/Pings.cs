using System;
using Icmp;

namespace Library
{
    public static class Pings
    {
        public static string Describe(byte[] octets)
        {
            return EchoMessage.TryRead(octets, out EchoMessage echo, out int consumed, out var failure)
                ? echo.Type.Name() + " " + echo.Sequence + " in " + consumed
                : failure.ToString();
        }

        public static byte[] Write(ushort sequence)
        {
            var echo = new EchoMessage(type: IcmpType.Echo, checksum: 0, identifier: 1, sequence: sequence, data: new byte[] { 1, 2, 3 });
            byte[] octets = new byte[echo.WireLength];
            return echo.TryWrite(octets, out _, out var failure) ? octets : throw new InvalidOperationException(failure.ToString());
        }
    }
}
