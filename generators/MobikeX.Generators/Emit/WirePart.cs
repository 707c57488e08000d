using MobikeX.Generators.Model;

namespace MobikeX.Generators.Emit;

/// <summary>A stretch of the wire that is read at once and starts on an octet boundary.</summary>
internal abstract class WirePart
{
    private const int Word = 4;

    /// <summary>Octets, where every value has the same number of them.</summary>
    public abstract int? FixedLength { get; }

    /// <summary>The fields in it, each with the octet of the part that it starts in.</summary>
    public abstract IEnumerable<(FieldShape Field, int Octet)> Fields { get; }

    /// <summary>Cuts a struct into parts: fields share one where they share an octet, or where a processor takes them in one load.</summary>
    public static IReadOnlyList<WirePart> Cut(IReadOnlyList<FieldShape> fields, ByteOrder order, Func<FieldShape, bool> isMeasure) =>
        order == ByteOrder.BigEndian ? Join(Cut(fields), isMeasure) : Cut(fields);

    private static List<WirePart> Join(IReadOnlyList<WirePart> parts, Func<FieldShape, bool> isMeasure)
    {
        List<WirePart> joined = [];
        int index = 0;
        while (index < parts.Count)
        {
            int end = WordEnd(parts, index, isMeasure);
            WirePart part = end == index + 1 ? parts[index] : BitPart.Of(parts.Skip(index).Take(end - index).Cast<BitPart>());
            if (joined.Count > 0 && joined[joined.Count - 1] is BitPart last && part is BitPart next && ArePair(last, next))
            {
                joined[joined.Count - 1] = BitPart.Of([last, next]);
            }
            else
            {
                joined.Add(part);
            }

            index = end;
        }

        return joined;
    }

    // Two words that several fields fill each are one load of eight octets. Flags keep to the octets of their own word.
    private static bool ArePair(BitPart first, BitPart second) =>
        first.Octets == Word && second.Octets == Word && first.IsShared && second.IsShared
        && !second.Slots.Any(slot => slot.Field.Model is ConstantField or FlagField)
        && !first.Slots.Any(slot => slot.Field.Model is NumberField { Measures: "rest" });

    // Four octets that several fields fill. A constant stays first, since it is checked first, and a measure last, since what is behind it may not be there.
    private static int WordEnd(IReadOnlyList<WirePart> parts, int start, Func<FieldShape, bool> isMeasure)
    {
        int octets = 0;
        for (int i = start; i < parts.Count && parts[i] is BitPart part; i++)
        {
            octets += part.Octets;
            if (octets > Word || (i > start && part.Slots.Any(slot => slot.Field.Model is ConstantField)))
            {
                break;
            }

            if (octets == Word)
            {
                return i + 1;
            }

            if (part.Slots.Any(slot => isMeasure(slot.Field)))
            {
                break;
            }
        }

        return start + 1;
    }

    private static List<WirePart> Cut(IReadOnlyList<FieldShape> fields)
    {
        List<WirePart> parts = [];
        List<(FieldShape Field, int Start, int Bits)> open = [];
        int bit = 0;
        foreach (FieldShape field in fields)
        {
            if (field.Model.CountBits() is not int bits)
            {
                parts.Add(new OctetPart(field));
                continue;
            }

            open.Add((field, bit, bits));
            bit += bits;
            if (bit % 8 == 0)
            {
                parts.Add(new BitPart(open, bit));
                open.Clear();
                bit = 0;
            }
        }

        return parts;
    }
}

/// <summary>Numbers and flags that together fill whole octets.</summary>
internal sealed class BitPart : WirePart
{
    public BitPart(IReadOnlyList<(FieldShape Field, int Start, int Bits)> fields, int bits)
    {
        Octets = bits / 8;
        Slots = fields.Select(slot => new BitSlot(slot.Field, slot.Start / 8, bits - slot.Start - slot.Bits, slot.Bits)).ToArray();
    }

    /// <summary>Parts that follow each other as one.</summary>
    public static BitPart Of(IEnumerable<BitPart> parts)
    {
        List<(FieldShape Field, int Start, int Bits)> fields = [];
        int start = 0;
        foreach (BitPart part in parts)
        {
            int bits = part.Octets * 8;
            fields.AddRange(part.Slots.Select(slot => (slot.Field, start + bits - slot.Shift - slot.Bits, slot.Bits)));
            start += bits;
        }

        return new BitPart(fields, start);
    }

    public int Octets { get; }

    public IReadOnlyList<BitSlot> Slots { get; }

    /// <summary>True where several fields are in it.</summary>
    public bool IsShared => Slots.Count(slot => slot.Field.Model is not ReservedField) > 1;

    public override int? FixedLength => Octets;

    public override IEnumerable<(FieldShape Field, int Octet)> Fields => Slots.Select(slot => (slot.Field, slot.Octet));
}

/// <param name="Octet">The octet of the part that the field starts in.</param>
/// <param name="Shift">How far its last bit is from the part's last bit.</param>
internal sealed record BitSlot(FieldShape Field, int Octet, int Shift, int Bits)
{
    public ulong Mask => CSharpText.MaximumOf(Bits);
}

/// <summary>A field of whole octets: octets, an address, a nested struct, a list, padding.</summary>
internal sealed class OctetPart(FieldShape field) : WirePart
{
    public FieldShape Field { get; } = field;

    public override int? FixedLength => Field.Model switch
    {
        OctetsField { SizeField: null, Rest: false } octets => octets.Minimum,
        AddressField { Fixed: FixedFamily.IPv4 } => 4,
        AddressField { Fixed: FixedFamily.IPv6 } => 16,
        _ => null,
    };

    public override IEnumerable<(FieldShape Field, int Octet)> Fields => [(Field, 0)];
}
