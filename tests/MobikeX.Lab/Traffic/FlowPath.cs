using System.Net;

namespace MobikeX.Lab.Traffic;

/// <summary>Where a flow's packets go from and to. In transport mode a host that moves changes it.</summary>
internal sealed record FlowPath(IPEndPoint Source, IPEndPoint Destination)
{
    public static FlowPath Of(string source, string destination, int port) => new(new IPEndPoint(IPAddress.Parse(source), port), new IPEndPoint(IPAddress.Parse(destination), port));

    public FlowPath Reversed => new(Destination, Source);
}
