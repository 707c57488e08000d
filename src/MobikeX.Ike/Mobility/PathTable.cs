using MobikeX.Engine;
using MobikeX.Runtime;

namespace MobikeX.Ike;

/// <summary>Every way between two peers, the best first (RFC 4555 section 3.2 leaves the order to the host).</summary>
/// <remarks>
/// The way in use stays as long as both its addresses are there: a change costs an exchange. After it come the addresses of this host in the
/// order that the host gave, each with the peer's current address and then with the peer's alternates, best first.
/// </remarks>
internal static class PathTable
{
    /// <summary>The ways that can be tried.</summary>
    /// <param name="current">The way in use.</param>
    /// <param name="locals">The addresses of this host, best first.</param>
    /// <param name="alternates">What the peer said of further addresses.</param>
    /// <param name="now">The time, since an alternate has a start and an end.</param>
    public static IReadOnlyList<AddressPath> Of(AddressPath current, IReadOnlyList<IpAddress> locals, AlternateList alternates, TimeSpan now)
    {
        List<IpAddress> remotes = [current.Remote];
        foreach (Alternate alternate in alternates.Usable(now))
        {
            if (!remotes.Contains(alternate.Address))
            {
                remotes.Add(alternate.Address);
            }
        }

        List<AddressPath> paths = [];
        if (locals.Contains(current.Local))
        {
            paths.Add(current);
        }

        foreach (IpAddress remote in remotes)
        {
            foreach (IpAddress local in locals)
            {
                AddressPath path = new(local, remote);
                if (path.IsOfOneFamily && !paths.Contains(path))
                {
                    paths.Add(path);
                }
            }
        }

        return paths;
    }
}
