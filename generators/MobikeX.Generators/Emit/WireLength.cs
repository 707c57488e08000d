using System.Globalization;
using MobikeX.Generators.Model;

namespace MobikeX.Generators.Emit;

/// <summary>The octets of a struct as an expression over the octets of a value that has been read before.</summary>
internal static class WireLength
{
    /// <summary>The expression over <c>source</c>; empty where the length takes more to tell.</summary>
    public static string Of(StructModel model, string type, TypeScope scope)
    {
        if (model.FixedLength is not null)
        {
            return type + ".MinimumLength";
        }

        int constant = 0;
        List<string> terms = [];
        foreach (FieldModel field in model.Fields)
        {
            if (field.CountBits() is int bits)
            {
                constant += bits;
                continue;
            }

            if (Of(model, field, scope) is not string term)
            {
                return string.Empty;
            }

            terms.Add(term);
        }

        return StructShape.Sum(constant / 8, terms);
    }

    private static string? Of(StructModel model, FieldModel field, TypeScope scope) => field switch
    {
        OctetsField { SizeField: string size } => Bits(model, size),
        ListField { CountField: string count } list => Bits(model, count) is string number ? $"({number} * {CSharpText.Invariant(list.ElementBits / 8)})" : null,
        NestedField { PresenceField: string flag, Definition.FixedLength: int length } =>
            FlagPlace.Of(model, flag) is FlagPlace place ? $"((source[{CSharpText.Invariant(place.Octet)}] & {CSharpText.Mask((ulong)place.Mask)}) != 0 ? {CSharpText.Invariant(length)} : 0)" : null,
        NestedField { PresenceField: null, Definition.FixedLength: int length } => CSharpText.Invariant(length),
        AddressField { FamilyField: string family, IPv4: string v4, IPv6: not null } =>
            Bits(model, family) is string bits ? $"({bits} == (int){scope.Literal(v4)} ? IpAddress.IPv4Length : IpAddress.IPv6Length)" : null,
        AddressField { Fixed: FixedFamily.IPv4 } => "IpAddress.IPv4Length",
        AddressField { Fixed: FixedFamily.IPv6 } => "IpAddress.IPv6Length",
        _ => null,
    };

    /// <summary>The number of a field that lies in one octet at a fixed place.</summary>
    private static string? Bits(StructModel model, string name)
    {
        int bit = 0;
        foreach (FieldModel field in model.Fields)
        {
            if (field.CountBits() is not int bits)
            {
                return null;
            }

            if (field.Info.Name == name || field.Info.ClrName == name)
            {
                int shift = 8 - (bit % 8) - bits;
                string octet = "source[" + (bit / 8).ToString(CultureInfo.InvariantCulture) + "]";
                return model.ByteOrder != ByteOrder.BigEndian || shift < 0 ? null
                    : bits == 8 ? octet
                    : $"(({octet} >> {CSharpText.Invariant(shift)}) & {CSharpText.Mask(CSharpText.MaximumOf(bits))})";
            }

            bit += bits;
        }

        return null;
    }
}
