using MobikeX.Engine;
using MobikeX.Runtime;

namespace MobikeX.Xfrm;

/// <summary>The addresses of a pair of CHILD_SAs and its UDP encapsulation, at one moment.</summary>
internal readonly record struct ChildAddresses(AddressSet Initiator, AddressSet Responder, AddressSet Inner, ushort Port, bool IsInUdp)
{
    public static ChildAddresses Of(ChildSa child) => new(child.Initiator, child.Responder, child.Inner, child.InitiatorPort, child.IsUdpEncapsulated);

    /// <summary>What a change makes of them.</summary>
    public ChildAddresses After(in SaChange change) => new(
        change.Apply(Initiator, AddressPlaces.Header),
        change.Responder.IsNone ? Responder : new AddressSet(change.Responder),
        change.Apply(Inner, AddressPlaces.Inner),
        change.Port == 0 ? Port : change.Port,
        change.UdpEncapsulation ?? IsInUdp);

    /// <summary>The same addresses, with one of the Initiator's in use.</summary>
    public ChildAddresses Using(IpAddress address) => this with { Initiator = First(Initiator, address) };

    /// <summary>The same set, in which an address comes first.</summary>
    public static AddressSet First(AddressSet addresses, IpAddress first)
    {
        AddressSet ordered = new(first);
        for (int i = 0; i < addresses.Count; i++)
        {
            ordered = ordered.With(addresses[i]);
        }

        return ordered;
    }

    public AddressSet Local(XfrmEnd local) => local == XfrmEnd.Initiator ? Initiator : Responder;

    public AddressSet Peer(XfrmEnd local) => local == XfrmEnd.Initiator ? Responder : Initiator;

    /// <summary>True where every address in a header is of one family, as those of one SA are.</summary>
    public bool IsOfOneFamily
    {
        get
        {
            int length = Responder[0].Length;
            for (int i = 0; i < Initiator.Count; i++)
            {
                if (Initiator[i].Length != length)
                {
                    return false;
                }
            }

            return true;
        }
    }

    public void WriteTo(ChildSa child)
    {
        child.Initiator = Initiator;
        child.Responder = Responder;
        child.Inner = Inner;
        child.InitiatorPort = Port;
        child.Mode = child.ModeWith(IsInUdp);
    }
}
