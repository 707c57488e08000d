using MobikeX.Generators.Binding;
using MobikeX.Generators.Model;

namespace MobikeX.Generators.Emit;

/// <summary>A field as C# sees it: what its property, its parameter and its local are called, and their type.</summary>
internal sealed class FieldShape
{
    // Members that no user sees, so that a field of the same name steps aside. What users see no field is named after.
    private static readonly HashSet<string> MemberNames = new(StringComparer.Ordinal)
    {
        "Failure", "FailureIn", "FailureOf", "FieldNames", "IsUnderstood", "NotUnderstood", "TryWriteAround",
    };

    public FieldShape(FieldModel model, TypeScope scope)
    {
        Model = model;
        string clr = model.Info.ClrName;

        // Beside a property "Fade? Fade" the name Fade is the property and no longer the type; without "?" C# tells them apart.
        bool hidesItsType = model is NestedField { PresenceField: not null } optional && optional.Struct.ClrName == clr;
        bool taken = hidesItsType || MemberNames.Contains(clr) || LocalNames.HideProperty(clr) || (NamesInCode.IsAsked(clr) && TypeOf(model, clr, scope) != clr);
        Property = CSharpText.Identifier(taken ? clr + "Field" : clr);
        string camel = CSharpText.CamelCase(clr);
        Parameter = CSharpText.Identifier(camel);
        LocalStem = camel;
        Type = TypeOf(model, Property, scope);
        StorageType = IsOptionalNested ? Type.TrimEnd('?') : Type;
        Storage = "_" + camel;
        Has = "_has" + clr;
    }

    public FieldModel Model { get; }

    /// <summary>The document's name.</summary>
    public string Name => Model.Info.Name;

    public string Property { get; }

    public string Parameter { get; }

    public string Local => CSharpText.Identifier(LocalStem);

    /// <summary>The local's name as the beginning of a longer one.</summary>
    public string LocalStem { get; private set; }

    public string Type { get; }

    /// <summary>The field that keeps the value: the reader writes straight to it, since copies are what reading costs.</summary>
    public string Storage { get; private set; }

    public string StorageType { get; }

    /// <summary>The flags that the flag is kept among; null where it has a place of its own.</summary>
    public FlagSet? FlagSet { get; private set; }

    /// <summary>The bit of the flag there.</summary>
    public ulong FlagMask { get; private set; }

    /// <summary>The value as an expression over what the struct keeps.</summary>
    public string Kept => FlagSet is null ? Storage : $"({FlagSet.Storage} & {CSharpText.Mask(FlagMask)}) != 0";

    /// <summary>What tells in the struct that an optional value is there.</summary>
    public string Has { get; private set; }

    /// <summary>Gives the locals of each field names that no other has.</summary>
    public static void NameLocals(IReadOnlyList<FieldShape> fields)
    {
        IEnumerable<string> properties = fields.SelectMany(field => new[] { field.Property, field.Model.Info.ClrName });
        IEnumerable<string> inPlace = fields.Where(field => field.Model is OctetsField { Rest: true }).Select(StructWriter.LengthInPlace);
        IEnumerable<string> families = fields.Where(field => field.Model is AddressField { ByLength: not null }).Select(static _ => LocalNames.FamilyLength);
        IReadOnlyList<string> stems = LocalNames.Stems(
            fields.Select(field => (field.Model.Info.ClrName, Endings(field.Model))), "Field", properties.Concat(inPlace).Concat(families));
        for (int i = 0; i < fields.Count; i++)
        {
            fields[i].LocalStem = stems[i];
        }
    }

    /// <summary>Steps aside where another field of the struct is kept under the name, or given to the constructor.</summary>
    public void KeepApart(IReadOnlyList<FieldShape> others)
    {
        while (others.Any(other => other.Parameter == Storage))
        {
            Storage += "Value";
        }

        while (others.Any(other => other.Storage == Has))
        {
            Has += "Value";
        }
    }

    /// <summary>Keeps the flag among others of the same octets, as they stand on the wire: one store to read them, and one to write them.</summary>
    public void KeepIn(FlagSet flags, ulong mask)
    {
        FlagSet = flags;
        FlagMask = mask;
        flags.Mask |= mask;
    }

    /// <summary>True where callers give and see the field.</summary>
    public bool IsTold => !Model.Derived && Model is not (ConstantField or ReservedField or PaddingField);

    /// <summary>True where callers may leave the field out.</summary>
    public bool IsOptional => Model is FlagField || IsOptionalNested;

    public bool IsOptionalNested => Model is NestedField { PresenceField: not null };

    /// <summary>True where elements are one octet each, so that the wire's octets are the list.</summary>
    public bool IsOctetList => Model is ListField { ElementBits: 8 };

    public bool IsWideList => Model is ListField { ElementBits: > 8 };

    /// <summary>What tells how many elements a list has.</summary>
    public string CountMember => IsWideList ? "Count" : "Length";

    public static string ElementType(ListField list, TypeScope scope) =>
        list.Registry is null ? CSharpText.UnsignedType(list.ElementBits) : scope.Use(list.Registry);

    /// <summary>True where the elements are of a type in the struct.</summary>
    public static bool HasListType(FieldModel model) => model is ListField { ElementBits: > 8 } or StructListField;

    public static string ListType(string property) => property + "List";

    /// <summary>What the names of a field's locals end with.</summary>
    private static string[] Endings(FieldModel model) => model switch
    {
        RegistryField => [string.Empty, "Length"],
        OctetsField { Inline: true } => [string.Empty, "Octets"],
        AddressField => [string.Empty, "FamilyLength"],
        NestedField => [string.Empty, "Length", "Octets", "Reader", "Value"],
        ListField => [string.Empty, "Element", "Values"],
        StructListField => [string.Empty, "Failure", "Length", "Octets", "Offset", "Reader", "Readers", "Value", "Written"],
        ReservedField or PaddingField or ConstantField => [],
        _ => [string.Empty],
    };

    private static string TypeOf(FieldModel model, string property, TypeScope scope) => model switch
    {
        NumberField number => CSharpText.UnsignedType(number.Bits),
        FlagField => "bool",
        RegistryField registry => scope.Use(registry.Registry),
        OctetsField { Inline: true } => "ShortOctets",
        OctetsField => "ReadOnlySpan<byte>",
        AddressField => "IpAddress",
        NestedField nested => scope.Use(nested.Struct) + (nested.PresenceField is null ? string.Empty : "?"),
        ListField { ElementBits: 8 } list => $"ReadOnlySpan<{ElementType(list, scope)}>",
        _ when HasListType(model) => ListType(property.TrimStart('@')),
        _ => string.Empty,
    };
}
