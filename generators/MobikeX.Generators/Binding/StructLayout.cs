using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Model;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Binding;

/// <summary>How many octets a struct has, and whether its fields meet octets where they must.</summary>
internal static class StructLayout
{
    private const int MaximumOctets = 65535;

    /// <summary>Null where the fields make no struct, which is reported.</summary>
    public static (int Minimum, int? Fixed)? Measure(FieldList list, ByteOrder order, DiagnosticBag diagnostics)
    {
        IReadOnlyList<FieldModel> fields = list.Fields;
        long bits = 0;
        bool variable = false;
        for (int i = 0; i < fields.Count; i++)
        {
            FieldModel field = fields[i];
            YamlScalar name = list.Names[i];
            if (field.CountBits() is { } width)
            {
                if (order == ByteOrder.LittleEndian && width > 8 && (width % 8 != 0 || bits % 8 != 0))
                {
                    diagnostics.Report(WireRules.LittleEndianBits, name, width);
                    return null;
                }

                bits += width;
                if (field is NumberField { Measures: not null } && bits % 8 != 0)
                {
                    diagnostics.Report(WireRules.NotWholeOctets, name, bits % 8, $"'{field.Info.Name}' ends");
                    return null;
                }

                continue;
            }

            if (bits % 8 != 0)
            {
                diagnostics.Report(WireRules.NotWholeOctets, name, bits % 8, $"'{field.Info.Name}' begins");
                return null;
            }

            if (IsOpen(field) && fields.Skip(i + 1).FirstOrDefault() is { } after)
            {
                diagnostics.Report(WireRules.RestNotLast, name, after.Info.Name);
                return null;
            }

            (long minimum, bool isVariable) = OctetsOf(field, bits / 8);
            bits += minimum * 8;
            variable |= isVariable;
        }

        if (bits % 8 != 0)
        {
            diagnostics.Report(WireRules.NotWholeOctets, list.Names[list.Names.Count - 1], bits % 8, "the struct ends");
            return null;
        }

        if (bits / 8 > MaximumOctets)
        {
            diagnostics.Report(WireRules.TooLong, list.Names[list.Names.Count - 1], MaximumOctets, "octets");
            return null;
        }

        return CheckByLength(list, (int)(bits / 8), variable, diagnostics);
    }

    private static bool IsOpen(FieldModel field) => field switch
    {
        OctetsField octets => octets.Rest,
        ListField list => list.CountField is null,
        StructListField list => list.CountField is null && list.SizeField is null,
        NestedField nested => IsOpen(nested.Definition),
        _ => false,
    };

    /// <summary>True for a struct that takes whatever stands behind it.</summary>
    public static bool IsOpen(StructModel model) =>
        model.Members.Any(member => IsOpen(member.Definition))
        || (model.Fields.Any(IsOpen) && !model.Fields.Any(f => f is NumberField { Measures: not null }));

    private static (long Minimum, bool Variable) OctetsOf(FieldModel field, long offset) => field switch
    {
        PaddingField padding => ((padding.Multiple - (offset % padding.Multiple)) % padding.Multiple, false),
        OctetsField octets => (octets.Minimum, octets.Minimum != octets.Maximum),
        NestedField { PresenceField: not null } => (0, true),
        NestedField nested => (nested.Definition.MinimumLength, nested.Definition.FixedLength is null),
        StructListField list => ((long)list.Minimum * list.Definition.MinimumLength, list.Minimum != list.Maximum || list.Definition.FixedLength is null),
        ListField list => ((long)list.Minimum * list.ElementBits / 8, list.Minimum != list.Maximum),
        AddressField { ByLength: not null } => (4, false),
        AddressField { Fixed: FixedFamily.IPv6 } => (16, false),
        AddressField { Fixed: FixedFamily.IPv4 } => (4, false),
        AddressField { IPv4: null } => (16, false),
        AddressField { IPv6: null } => (4, false),
        AddressField => (4, true),
        _ => (0, false),
    };

    /// <summary>Where the length tells the family, it must be the length that the struct then has.</summary>
    private static (int Minimum, int? Fixed)? CheckByLength(FieldList list, int minimum, bool variable, DiagnosticBag diagnostics)
    {
        int addresses = list.Fields.Count(f => f is AddressField { ByLength: not null });
        for (int i = 0; i < list.Fields.Count; i++)
        {
            if (list.Fields[i] is not AddressField { ByLength: { } lengths })
            {
                continue;
            }

            int six = minimum + (addresses * 12);
            if (variable || lengths.IPv4 != minimum || lengths.IPv6 != six)
            {
                bool four = lengths.IPv4 != minimum;
                string real = variable ? "no single number of" : $"{(four ? minimum : six)}";
                diagnostics.Report(WireRules.ByLength, list.Names[i], four ? "IPv4" : "IPv6", real, four ? lengths.IPv4 : lengths.IPv6);
                return null;
            }
        }

        return (minimum, variable || addresses > 0 ? null : minimum);
    }
}
