using MobikeX.Engine;
using MobikeX.Runtime;

namespace MobikeX.Xfrm;

/// <summary>The addresses of a pair of CHILD_SAs as this host sees them: its own and the peer's, the one in use first.</summary>
internal static class ChildAddresses
{
    /// <summary>The same addresses, with one of the Initiator's in use.</summary>
    public static SaAddresses Using(this SaAddresses addresses, IpAddress address) => addresses with { Initiator = addresses.Initiator.Beginning(address) };

    public static AddressSet Local(this in SaAddresses addresses, XfrmEnd local) => local == XfrmEnd.Initiator ? addresses.Initiator : addresses.Responder;

    public static AddressSet Peer(this in SaAddresses addresses, XfrmEnd local) => local == XfrmEnd.Initiator ? addresses.Responder : addresses.Initiator;

    /// <summary>True where every address in a header is of one family, as those of one SA are.</summary>
    public static bool AreOfOneFamily(this in SaAddresses addresses)
    {
        int length = addresses.Responder[0].Length;
        for (int i = 0; i < addresses.Initiator.Count; i++)
        {
            if (addresses.Initiator[i].Length != length)
            {
                return false;
            }
        }

        return true;
    }
}
