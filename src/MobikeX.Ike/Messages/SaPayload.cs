using System.Buffers;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Ike.Messages;

/// <summary>Security Association: what is proposed, the preferred first, or the one proposal that was chosen (RFC 7296, section 3.3).</summary>
internal sealed record SaPayload(IReadOnlyList<Proposal> Proposals) : IkePayload(PayloadType.SecurityAssociation)
{
    internal static bool TryRead(ReadOnlySpan<byte> body, out IkePayload? payload, out WireFailure failure)
    {
        payload = null;
        if (!SaBody.TryRead(body, out SaBody value, out _, out failure))
        {
            return false;
        }

        var proposals = new List<Proposal>(value.Proposals.Count);
        foreach (ProposalSubstructure proposal in value.Proposals)
        {
            if (!TryReadTransforms(proposal, out List<Transform> transforms))
            {
                failure = OutOfOrder("transforms");
                return false;
            }

            byte[] spi = new byte[proposal.Spi.Length];
            proposal.Spi.TryWrite(spi);
            proposals.Add(new Proposal(proposal.ProposalNum, proposal.ProtocolId, spi, transforms));
            if (proposal.Last == LastProposal.Last != (proposals.Count == value.Proposals.Count))
            {
                failure = OutOfOrder("proposals");
                return false;
            }
        }

        payload = new SaPayload(proposals);
        return true;
    }

    internal override byte[] ToOctets()
    {
        var octets = new ArrayBufferWriter<byte>();
        for (int i = 0; i < Proposals.Count; i++)
        {
            Write(Proposals[i], i == Proposals.Count - 1 ? LastProposal.Last : LastProposal.More, octets);
        }

        Require(SaBody.ProposalsList.TryRead(octets.WrittenSpan, out SaBody.ProposalsList proposals, out WireFailure failure), failure);
        var value = new SaBody(proposals);
        byte[] payload = Room(value.WireLength, out Span<byte> body);
        Require(value.TryWrite(body, out _, out failure), failure);
        return payload;
    }

    private static bool TryReadTransforms(in ProposalSubstructure proposal, out List<Transform> transforms)
    {
        transforms = new List<Transform>(proposal.Transforms.Count);
        foreach (TransformSubstructure transform in proposal.Transforms)
        {
            transforms.Add(Read(transform));
            if (transform.Last == LastTransform.Last != (transforms.Count == proposal.Transforms.Count))
            {
                return false;
            }
        }

        return true;
    }

    private static Transform Read(in TransformSubstructure transform)
    {
        ushort? keyBits = null;
        bool unknown = false;
        foreach (TransformAttribute attribute in transform.Attributes)
        {
            if (keyBits is null && attribute.TryGetShortTransformAttribute(out ShortTransformAttribute number) && number.Type == TransformAttributeType.KeyLength)
            {
                keyBits = number.Value;
            }
            else
            {
                unknown = true;
            }
        }

        return new Transform(transform.TransformType, transform.TransformId, keyBits) { HasUnknownAttribute = unknown };
    }

    private static void Write(Proposal proposal, LastProposal last, ArrayBufferWriter<byte> destination)
    {
        if (proposal.Spi.Length > ShortOctets.MaximumLength)
        {
            throw new ArgumentException($"an SPI of {proposal.Spi.Length} octets has no form on the wire");
        }

        var octets = new ArrayBufferWriter<byte>();
        for (int i = 0; i < proposal.Transforms.Count; i++)
        {
            Write(proposal.Transforms[i], i == proposal.Transforms.Count - 1 ? LastTransform.Last : LastTransform.More, octets);
        }

        Require(ProposalSubstructure.TransformsList.TryRead(octets.WrittenSpan, out ProposalSubstructure.TransformsList transforms, out WireFailure failure), failure);
        var value = new ProposalSubstructure(last, proposal.Number, proposal.Protocol, new ShortOctets(proposal.Spi), transforms);
        Require(value.TryWrite(destination.GetSpan(value.WireLength), out int written, out failure), failure);
        destination.Advance(written);
    }

    private static void Write(Transform transform, LastTransform last, ArrayBufferWriter<byte> destination)
    {
        Span<byte> octets = stackalloc byte[ShortTransformAttribute.MinimumLength];
        int length = 0;
        WireFailure failure;
        if (transform.KeyBits is { } bits)
        {
            Require(new ShortTransformAttribute(TransformAttributeType.KeyLength, bits).TryWrite(octets, out length, out failure), failure);
        }

        Require(TransformSubstructure.AttributesList.TryRead(octets[..length], out TransformSubstructure.AttributesList attributes, out failure), failure);
        var value = new TransformSubstructure(last, transform.Type, transform.Id, attributes);
        Require(value.TryWrite(destination.GetSpan(value.WireLength), out int written, out failure), failure);
        destination.Advance(written);
    }

    private static WireFailure OutOfOrder(string field) =>
        new(WireFailureKind.BadValue, 0, nameof(SaBody), field, "the last one is not where it is said to be");
}
