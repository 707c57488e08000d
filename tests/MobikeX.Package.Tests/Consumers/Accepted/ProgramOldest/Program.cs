using System;
using Icmp;

internal static class Program
{
    private static void Main()
    {
        byte[] octets = { 8, 0, 0, 0, 0, 1, 0, 9 };
        EchoMessage.TryRead(octets, out EchoMessage echo, out _, out _);
        Console.WriteLine(echo.Sequence);
    }
}
