using System.Globalization;
using MobikeX.Generators.Model;

namespace MobikeX.Generators.Emit;

/// <summary>A struct as C# sees it, with the questions that its reader, its writer and its notation all ask.</summary>
internal sealed class StructShape
{
    private readonly Dictionary<string, FieldShape> _byName = new(StringComparer.Ordinal);

    public StructShape(StructModel model, string typeName, TypeScope scope, ReactionModel? malformed = null, bool isNotify = false)
    {
        Model = model;
        TypeName = typeName;
        Scope = scope;
        Malformed = malformed;
        IsNotify = isNotify;
        foreach (FieldModel field in model.Fields.Where(FieldShape.HasListType))
        {
            scope.Hide(FieldShape.ListType(field.Info.ClrName));
        }

        Fields = model.Fields.Select(field => new FieldShape(field, scope)).ToArray();
        FieldShape.NameLocals(Fields);
        foreach (FieldShape field in Fields)
        {
            field.KeepApart(Fields);
            _byName[field.Name] = field;
            _byName[field.Model.Info.ClrName] = field;
        }

        // A property that is called as a type, and is of another: Point of type Point?. C# takes the name for the property's.
        foreach (FieldShape field in Fields.Where(field => field.IsTold && field.Property != field.Type))
        {
            scope.Hide(field.Property);
        }

        Parts = WirePart.Cut(Fields, model.ByteOrder, MeasuresStruct);
        Told = Fields.Where(field => field.IsTold).ToArray();
        KeepFlagsTogether();
        Parameters = Told.Where(field => !field.IsOptional).Concat(Told.Where(field => field.IsOptional)).ToArray();
    }

    private void KeepFlagsTogether()
    {
        foreach (BitPart part in Parts.OfType<BitPart>())
        {
            BitSlot[] flags = part.Slots.Where(slot => slot.Field is { IsTold: true, Model: FlagField }).ToArray();
            if (flags.Length < 2)
            {
                continue;
            }

            string storage = "_flags";
            for (int i = 1; Fields.Any(field => field.Storage == storage || field.Has == storage || field.FlagSet?.Storage == storage); i++)
            {
                storage = "_flags" + CSharpText.Invariant(i);
            }

            int shift = flags.Min(flag => flag.Shift) / 8 * 8;
            FlagSet set = new(storage, CSharpText.UnsignedType(flags.Max(flag => flag.Shift) + 1 - shift), shift);
            foreach (BitSlot flag in flags)
            {
                flag.Field.KeepIn(set, 1UL << (flag.Shift - shift));
            }
        }
    }

    public StructModel Model { get; }

    public string TypeName { get; }

    public TypeScope Scope { get; }

    public ReactionModel? Malformed { get; }

    /// <summary>True for the data of a notify: nothing may stand behind it, and a failure says what it is answered with.</summary>
    public bool IsNotify { get; }

    public bool IsView => Model.IsView;

    public IReadOnlyList<FieldShape> Fields { get; }

    public IReadOnlyList<WirePart> Parts { get; }

    /// <summary>The fields that callers give and see, in wire order.</summary>
    public IReadOnlyList<FieldShape> Told { get; }

    /// <summary>The same in the constructor's order: what may be left out comes last.</summary>
    public IReadOnlyList<FieldShape> Parameters { get; }

    public ConstantField? Constant => Model.Fields.OfType<ConstantField>().FirstOrDefault();

    /// <summary>The local that says how many octets a padding has.</summary>
    public string PaddingOf(FieldShape padding)
    {
        FieldShape[] all = Fields.Where(field => field.Model is PaddingField).ToArray();
        return "padding" + (all.Length > 1 ? CSharpText.Invariant(Array.IndexOf(all, padding)) : string.Empty);
    }

    public string Primitive(string action, int octets) =>
        $"BinaryPrimitives.{action}UInt{octets * 8}{(Model.ByteOrder == ByteOrder.BigEndian ? "Big" : "Little")}Endian";

    public FieldShape Field(string name) => _byName[name];

    public bool IsFor(string? reference, FieldShape field) => reference is not null && ReferenceEquals(Field(reference), field);

    /// <summary>The fields that the derived <paramref name="field"/> counts, measures, or says the presence or family of.</summary>
    public IEnumerable<FieldShape> DependentsOf(FieldShape field) => Fields.Where(other => other.Model switch
    {
        OctetsField octets => IsFor(octets.SizeField, field),
        AddressField address => IsFor(address.FamilyField, field),
        NestedField nested => IsFor(nested.PresenceField, field),
        ListField list => IsFor(list.CountField, field),
        StructListField list => IsFor(list.CountField, field) || IsFor(list.SizeField, field),
        _ => false,
    });

    public bool MeasuresStruct(FieldShape field) =>
        field.Model is NumberField { Derived: true, Measures: not null } && !DependentsOf(field).Any();

    public FieldShape? Measure => Fields.FirstOrDefault(MeasuresStruct);

    /// <summary>The octets that end a struct which says its own length, so that they may stand in their place before the rest is written; null where none do.</summary>
    public FieldShape? Last =>
        IsView && !IsNotify && Measure is not null && Fields.All(each => each.Model is not PaddingField)
            && Fields[Fields.Count - 1] is { Model: OctetsField { Rest: true, Inline: false, Minimum: 0, Maximum: null, Multiple: 1, Sizes.Count: 0 } } last
            ? last : null;

    /// <summary>Octets of a part as an expression over the properties.</summary>
    public string LengthOf(FieldShape field) => field.Model switch
    {
        OctetsField { SizeField: null, Rest: false } octets => CSharpText.Number((ulong)octets.Minimum),
        OctetsField => field.Storage + ".Length",
        AddressField { Fixed: FixedFamily.IPv4 } => "IpAddress.IPv4Length",
        AddressField { Fixed: FixedFamily.IPv6 } => "IpAddress.IPv6Length",
        AddressField => field.Storage + ".Length",
        NestedField { PresenceField: null } => field.Storage + ".WireLength",
        NestedField => $"({field.Has} ? {field.Storage}.WireLength : 0)",
        StructListField => field.Storage + ".Octets.Length",
        ListField { ElementBits: 8 } => field.Storage + ".Length",
        ListField list => $"({field.Storage}.Count * {list.ElementBits / 8})",
        _ => "0",
    };

    /// <summary>The offset of the part at <paramref name="index"/> as an expression over the properties; null behind padding.</summary>
    public string? OffsetOf(int index)
    {
        int constant = 0;
        List<string> terms = [];
        foreach (WirePart part in Parts.Take(index))
        {
            if (part.FixedLength is int length)
            {
                constant += length;
            }
            else if (part is OctetPart { Field.Model: PaddingField })
            {
                return null;
            }
            else
            {
                terms.Add(LengthOf(((OctetPart)part).Field));
            }
        }

        return Sum(constant, terms);
    }

    /// <summary>The offset of the octet that a field starts in, as an expression over the properties.</summary>
    public string OffsetOf(FieldShape field)
    {
        for (int i = 0; i < Parts.Count; i++)
        {
            foreach ((FieldShape candidate, int octet) in Parts[i].Fields)
            {
                if (ReferenceEquals(candidate, field))
                {
                    string offset = OffsetOf(i) ?? "0";
                    return octet == 0 ? offset
                        : int.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? (number + octet).ToString(CultureInfo.InvariantCulture)
                        : $"{offset} + {octet.ToString(CultureInfo.InvariantCulture)}";
                }
            }
        }

        return "0";
    }

    /// <summary>The offset behind a field that ends its part, as an expression over the properties; null behind padding.</summary>
    public string? EndOf(FieldShape field)
    {
        for (int i = 0; i < Parts.Count; i++)
        {
            if (Parts[i].Fields.Any(slot => ReferenceEquals(slot.Field, field)))
            {
                return OffsetOf(i + 1);
            }
        }

        return null;
    }

    public static string Sum(int constant, IReadOnlyList<string> terms) =>
        terms.Count == 0 ? CSharpText.Number((ulong)constant) : string.Join(" + ", (constant == 0 ? [] : new[] { CSharpText.Number((ulong)constant) }).Concat(terms));

    /// <summary>The most octets or elements that the derived field can count.</summary>
    public ulong CapacityOf(string? countField) =>
        countField is not null && Field(countField).Model is NumberField number ? Math.Min(number.Maximum, CSharpText.MaximumOf(number.Bits)) : ulong.MaxValue;
}
