using MobikeX.Engine;
using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Cli.Scenarios;

/// <summary>The SAD of one peer at one time.</summary>
/// <param name="Alternates">Of each IKE_SA by name.</param>
internal sealed record SadState(IReadOnlyList<SaState> Sas, IReadOnlyDictionary<string, AlternateState> Alternates)
{
    public static SadState Of(IReadOnlyDictionary<string, SecurityAssociation> sas, TimeSpan now) =>
        new(
            [.. sas.Select(named => SaState.Of(named.Key, named.Value))],
            sas.Where(named => named.Value is IkeSa)
                .ToDictionary(named => named.Key, named => AlternateState.Of((IkeSa)named.Value, now)));
}

/// <summary>One SA; <see cref="Mode"/> is null for an IKE_SA.</summary>
internal sealed record SaState(
    string Name, bool IsClosed, IReadOnlyList<IpAddress> Initiator, IReadOnlyList<IpAddress> Responder, IReadOnlyList<IpAddress> Inner, string? Mode)
{
    public static SaState Of(string name, SecurityAssociation sa) =>
        new(name, sa.IsClosed, List(sa.Initiator), List(sa.Responder), List(sa.Inner), (sa as ChildSa)?.Mode.Name());

    private static IpAddress[] List(AddressSet addresses)
    {
        var list = new IpAddress[addresses.Count];
        for (int i = 0; i < list.Length; i++)
        {
            list[i] = addresses[i];
        }

        return list;
    }
}

/// <summary>The alternate addresses that the peer offered for an IKE_SA.</summary>
/// <param name="Offered">All of them, as they came; a new offer makes another list.</param>
/// <param name="Usable">Those that could be used now, the best in front.</param>
internal sealed record AlternateState(AlternateList Offered, IReadOnlyList<IpAddress> Usable)
{
    public static AlternateState Of(IkeSa ike, TimeSpan now) =>
        new(ike.Alternates, [.. ike.Alternates.Usable(now).Select(alternate => alternate.Address)]);

    /// <summary>True where the offer is the same, whatever time did to it.</summary>
    public bool IsSameOfferAs(AlternateState other)
    {
        if (Offered.Count != other.Offered.Count)
        {
            return false;
        }

        for (int i = 0; i < Offered.Count; i++)
        {
            if (Offered[i].Address != other.Offered[i].Address || !Equals(Offered[i].Information, other.Offered[i].Information))
            {
                return false;
            }
        }

        return true;
    }
}
