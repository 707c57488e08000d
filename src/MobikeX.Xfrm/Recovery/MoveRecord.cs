using System.Text;
using MobikeX.Xfrm.Netlink;

namespace MobikeX.Xfrm;

/// <summary>Moves as octets: a series of attributes, each with an SA or a policy in the kernel's own form.</summary>
internal static class MoveRecord
{
    private enum Part : ushort
    {
        Name = 1,
        OutboundBefore = 2,
        InboundBefore = 3,
        PolicyBefore = 4,
        OutboundAfter = 5,
        InboundAfter = 6,
        PolicyAfter = 7,
    }

    /// <summary>The moves; the octets are those behind the header of the request, which zeroes them when it is disposed of.</summary>
    public static NetlinkRequest Write(IReadOnlyList<ChildMove> moves)
    {
        var body = new NetlinkRequest(0, NetlinkFlags.None);
        foreach (ChildMove move in moves)
        {
            body.WriteAttribute((ushort)Part.Name, Encoding.UTF8.GetBytes(move.Name));
            Write(body, move.From, Part.OutboundBefore, Part.InboundBefore, Part.PolicyBefore);
            Write(body, move.To, Part.OutboundAfter, Part.InboundAfter, Part.PolicyAfter);
        }

        return body;
    }

    public static ReadOnlySpan<byte> OctetsOf(NetlinkRequest body) => body.Octets[NetlinkHeader.Size..];

    /// <summary>Reads moves; false where the octets are none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> octets, out IReadOnlyList<ChildMove> moves)
    {
        List<Draft> drafts = [];
        moves = [];
        foreach (NetlinkAttribute attribute in NetlinkAttribute.In(octets))
        {
            if (attribute.Type == (ushort)Part.Name)
            {
                drafts.Add(new Draft(Encoding.UTF8.GetString(attribute.Value)));
            }
            else if (drafts.Count == 0 || !drafts[^1].TryTake((Part)attribute.Type, attribute.Value))
            {
                return false;
            }
        }

        moves = [.. drafts.Select(static draft => draft.ToMove())];
        return drafts.Count > 0;
    }

    private static void Write(NetlinkRequest body, ChildPicture picture, Part outbound, Part inbound, Part policy)
    {
        if (picture.Outbound is { } sent)
        {
            body.WriteAttribute((ushort)outbound, sent.Octets);
        }

        foreach (XfrmSa received in picture.Inbound)
        {
            body.WriteAttribute((ushort)inbound, received.Octets);
        }

        foreach (XfrmPolicy each in picture.Policies)
        {
            body.WriteAttribute((ushort)policy, each.Octets);
        }
    }

    private sealed class Draft(string name)
    {
        private readonly PictureDraft _before = new();
        private readonly PictureDraft _after = new();

        public bool TryTake(Part part, ReadOnlySpan<byte> octets)
        {
            PictureDraft picture = part < Part.OutboundAfter ? _before : _after;
            switch (part)
            {
                case Part.OutboundBefore or Part.OutboundAfter when XfrmSa.TryRead(octets, out XfrmSa outbound):
                    picture.Outbound = outbound;
                    return true;
                case Part.InboundBefore or Part.InboundAfter when XfrmSa.TryRead(octets, out XfrmSa inbound):
                    picture.Inbound.Add(inbound);
                    return true;
                case Part.PolicyBefore or Part.PolicyAfter when XfrmPolicy.TryRead(octets, out XfrmPolicy policy):
                    picture.Policies.Add(policy);
                    return true;
                default:
                    return false;
            }
        }

        public ChildMove ToMove() => new() { Name = name, From = _before.ToPicture(), To = _after.ToPicture() };
    }

    private sealed class PictureDraft
    {
        public XfrmSa? Outbound { get; set; }

        public List<XfrmSa> Inbound { get; } = [];

        public List<XfrmPolicy> Policies { get; } = [];

        public ChildPicture ToPicture() => new() { Outbound = Outbound, Inbound = Inbound, Policies = Policies };
    }
}
