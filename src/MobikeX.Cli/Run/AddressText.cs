using System.Net;
using MobikeX.Runtime;

namespace MobikeX.Cli.Run;

/// <summary>An address with its UDP port.</summary>
internal static class AddressText
{
    public static string Of(IpAddress address, ushort port) => new IPEndPoint(address.ToIPAddress(), port).ToString();
}
