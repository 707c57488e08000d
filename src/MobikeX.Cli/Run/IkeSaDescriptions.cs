using MobikeX.Cli.Run.Control;
using MobikeX.Engine;
using MobikeX.Ike;
using MobikeX.Protocol;

namespace MobikeX.Cli.Run;

/// <summary>Describes the IKE_SAs of an endpoint.</summary>
internal static class IkeSaDescriptions
{
    public static IkeSaDescription Of(IkePeer peer) => new()
    {
        Connection = peer.Connection.Name,
        Peer = peer.Identity,
        Role = peer.IsInitiator ? "Initiator" : "Responder",
        LocalSpi = $"{peer.LocalSpi:x16}",
        RemoteSpi = $"{peer.RemoteSpi:x16}",
        Local = AddressText.Of(peer.Path.Source, peer.Path.SourcePort),
        Remote = AddressText.Of(peer.Path.Destination, peer.Path.DestinationPort),
        Established = peer.IsEstablished,
        Nat = (peer.LocalBehindNat, peer.PeerBehindNat) switch
        {
            (true, true) => "both",
            (true, false) => "local",
            (false, true) => "remote",
            _ => null,
        },
        Mobike = (int?)peer.Sa?.Version,
        Inner = [.. peer.InnerAddresses.Select(static address => address.ToString())],
        Children = [.. peer.ChildPairs.Select(pair => Of(pair, peer.IsInitiator))],
    };

    private static ChildSaDescription Of(ChildPair pair, bool isInitiator) => new()
    {
        Name = pair.Name,
        LocalSpi = $"{pair.LocalSpi:x8}",
        RemoteSpi = $"{pair.RemoteSpi:x8}",
        Protocol = pair.Sa.Protocol.Name()!,
        Mode = pair.Sa.Mode.Name()!,
        Local = Texts(isInitiator ? pair.Sa.Initiator : pair.Sa.Responder),
        Remote = Texts(isInitiator ? pair.Sa.Responder : pair.Sa.Initiator),
        Selectors = pair.Selectors,
    };

    private static IReadOnlyList<string> Texts(AddressSet addresses)
    {
        var texts = new string[addresses.Count];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = addresses[i].ToString();
        }

        return texts;
    }
}
