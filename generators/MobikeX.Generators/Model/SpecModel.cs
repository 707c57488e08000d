namespace MobikeX.Generators.Model;

/// <summary>One spec, bound: every reference resolved, every C# name final, no position in the YAML left.</summary>
/// <remarks>Registries of an import that this spec extends appear in the importing closure's <see cref="SpecModel"/> of their owner, with all values merged.</remarks>
public sealed record SpecModel(
    string Name,
    string Namespace,
    string Title,
    string Document,
    EquatableArray<string> Imports,
    EquatableArray<RegistryModel> Registries,
    EquatableArray<StructModel> Structs,
    NotifySetModel? NotifySet,
    EquatableArray<MachineModel> Machines,
    EquatableArray<ReactionModel> Reactions,
    EquatableArray<ConstantModel> Constants,
    EquatableArray<TraitModel> Traits,
    EquatableArray<ErratumModel> Errata)
{
    /// <summary>True where the project wants the types for itself alone.</summary>
    public bool IsInternal { get; init; }

    /// <summary>C# names of types of its imports that are those of other types or namespaces too, where its own types stand.</summary>
    public EquatableArray<string> SharedNames { get; init; }
}

/// <summary>What every element says of itself: the document's name for it, the section, the description, the errata that touch it.</summary>
/// <param name="Name">The document's name, as written in the YAML.</param>
/// <param name="ClrName">The C# name, without keyword escape; the emitter escapes.</param>
/// <param name="Reference">Document and section, ready to print: <c>draft-mglt-ipsec-mm-mobikex-00, section 11.4.3</c>.</param>
/// <param name="Doc">The description, one paragraph.</param>
/// <param name="Errata">The errata that bear on the element, whole, for its XML docs.</param>
public sealed record ElementInfo(string Name, string ClrName, string Reference, string Doc, EquatableArray<ErratumModel> Errata);

public sealed record ErratumModel(string Id, EquatableArray<string> Sections, string Conflict, EquatableArray<string> Readings, string Choice);

/// <summary>A C# type generated elsewhere, by its full name (<c>MobikeX.Protocol.Ikev2.NotifyType</c>).</summary>
public sealed record TypeRef(string Namespace, string ClrName)
{
    public string FullName => $"global::{Namespace}.{ClrName}";

    /// <summary>A value of an enum as a C# expression, by its full name: how it is shortened and escaped depends on where it stands.</summary>
    public string ValueNamed(string clrName) => $"{FullName}.{clrName}";
}

public sealed record RegistryModel(
    ElementInfo Info,
    int Width,
    EquatableArray<RegistryValueModel> Values,
    EquatableArray<RangeModel> Ranges,
    UnnamedValues Unnamed);

/// <summary>What reading does with a value that the registry does not name.</summary>
public enum UnnamedValues
{
    /// <summary>Keep it: the value means nothing here, and does no harm.</summary>
    Kept,

    /// <summary>Readable and writable, but the notify that carries it is not understood.</summary>
    NotUnderstood,

    /// <summary>The octets are malformed.</summary>
    Malformed,
}

/// <param name="Alias">True where another name of the same registry has this number first (an alias is a name, not a second value).</param>
public sealed record RegistryValueModel(ElementInfo Info, ulong Value, bool Alias);

public enum RangeKind
{
    Reserved,
    Unassigned,
    PrivateUse,
}

public sealed record RangeModel(RangeKind Kind, ulong First, ulong Last, string Doc);

public enum ByteOrder
{
    BigEndian,
    LittleEndian,
}

/// <param name="Kind">A struct of its own, or a parameter: a struct whose first field is a constant of the parameter registry.</param>
/// <param name="IsView">True where some field is a view on the message, so that the type is a ref struct.</param>
/// <param name="MinimumLength">Octets that every value has.</param>
/// <param name="FixedLength">Octets of every value, when all have the same length; else null.</param>
/// <param name="BitDiagram">The packet figure, as in RFCs, 32 bits a row.</param>
public sealed record StructModel(
    ElementInfo Info,
    StructKind Kind,
    ByteOrder ByteOrder,
    bool IsView,
    int MinimumLength,
    int? FixedLength,
    EquatableArray<FieldModel> Fields,
    string BitDiagram,
    EquatableArray<UnionMemberModel> Members = default);

public enum StructKind
{
    Struct,
    Parameter,

    /// <summary>One of several structs: it has members, and no fields.</summary>
    Union,
}

/// <summary>A struct that a union may be.</summary>
/// <param name="Tests">What its constants are on the wire: all must hold for the union to be this member. Empty: it is what no other member is.</param>
public sealed record UnionMemberModel(TypeRef Type, StructModel Definition, EquatableArray<OctetTest> Tests);

/// <summary>The bits of an octet that are always the same.</summary>
public sealed record OctetTest(int Octet, int Mask, int Value);

/// <summary>A field, in wire order.</summary>
/// <param name="Derived">Not given by the caller: another field's presence, size, count or family says what it is, or the whole struct's length.</param>
public abstract record FieldModel(ElementInfo Info, bool Derived)
{
    /// <summary>The bits of a field that need not begin on an octet; null for the others.</summary>
    public int? CountBits() => this switch
    {
        NumberField number => number.Bits,
        FlagField => 1,
        RegistryField registry => registry.Bits,
        ConstantField constant => constant.Bits,
        ReservedField reserved => reserved.Bits,
        _ => null,
    };
}

/// <summary>An unsigned number of 1 to 64 bits.</summary>
/// <param name="Allowed">The only numbers that are well-formed; empty: all from <paramref name="Minimum"/> to <paramref name="Maximum"/>.</param>
/// <param name="Measures">For a derived length: what it counts (<c>struct</c> for the whole struct in octets, <c>rest</c> for what stands behind it).</param>
public sealed record NumberField(ElementInfo Info, bool Derived, int Bits, ulong Minimum, ulong Maximum, EquatableArray<ulong> Allowed, string? Unit, string? Measures)
    : FieldModel(Info, Derived);

/// <summary>One bit. Derived where it says that an optional field is there.</summary>
public sealed record FlagField(ElementInfo Info, bool Derived) : FieldModel(Info, Derived);

/// <summary>A value of a registry, sent in <paramref name="Bits"/> bits. Derived where an address field's family decides it.</summary>
public sealed record RegistryField(ElementInfo Info, bool Derived, int Bits, TypeRef Registry, RegistryModel Definition) : FieldModel(Info, Derived);

/// <summary>A number that is always the same: a parameter's type.</summary>
/// <param name="Literal">The C# expression of the value: a number, or a value of a registry by its full name.</param>
public sealed record ConstantField(ElementInfo Info, int Bits, ulong Value, string Literal) : FieldModel(Info, true);

/// <summary>Sent as zero, ignored on receipt.</summary>
public sealed record ReservedField(ElementInfo Info, int Bits) : FieldModel(Info, true);

/// <summary>Zero octets up to the next multiple of <paramref name="Multiple"/> octets of the struct; ignored on receipt.</summary>
public sealed record PaddingField(ElementInfo Info, int Multiple) : FieldModel(Info, true);

/// <summary>Octets. Inline (a small value) where at most 16 are possible, else a view on the message.</summary>
/// <param name="SizeField">The field that says how many octets; null: fixed (<paramref name="Minimum"/> = <paramref name="Maximum"/>) or the rest of the input.</param>
/// <param name="Multiple">The number of octets is a multiple of this.</param>
public sealed record OctetsField(ElementInfo Info, string? SizeField, int Minimum, int? Maximum, EquatableArray<int> Sizes, bool Rest, bool Inline, int Multiple = 1) : FieldModel(Info, false);

/// <summary>An IP address; its family is another field's value, fixed, or told by the length of the input.</summary>
/// <param name="FamilyField">The registry field that tells the family; null otherwise.</param>
/// <param name="IPv4">The C# expression that means IPv4 in <paramref name="FamilyField"/>'s registry; null where IPv4 cannot be.</param>
/// <param name="ByLength">Whole struct lengths that tell the family: the octets with IPv4 and with IPv6; null where another way tells it.</param>
public sealed record AddressField(ElementInfo Info, string? FamilyField, string? IPv4, string? IPv6, FixedFamily Fixed, LengthPair? ByLength) : FieldModel(Info, false);

public enum FixedFamily
{
    None,
    IPv4,
    IPv6,
}

public sealed record LengthPair(int IPv4, int IPv6);

/// <summary>A struct inside the struct, there always or where a flag says so.</summary>
public sealed record NestedField(ElementInfo Info, TypeRef Struct, StructModel Definition, string? PresenceField) : FieldModel(Info, false);

/// <summary>Several numbers or registry values of the same width (8, 16 or 32 bits), as many as a field says.</summary>
/// <param name="Registry">The registry of the elements; null: plain numbers.</param>
public sealed record ListField(ElementInfo Info, int ElementBits, TypeRef? Registry, RegistryModel? Definition, string? CountField, int Minimum, int? Maximum) : FieldModel(Info, false);

/// <summary>Several structs of the same kind, one behind the other: as many as a field says, in as many octets as a field says, or as there are.</summary>
/// <param name="CountField">The field that says how many there are; null otherwise.</param>
/// <param name="SizeField">The field that says how many octets they take together; null otherwise.</param>
public sealed record StructListField(ElementInfo Info, TypeRef Struct, StructModel Definition, string? CountField, string? SizeField, int Minimum, int? Maximum) : FieldModel(Info, false);

/// <summary>The notifies of a spec, with those of its imports that it does not redefine: what one generated dispatcher knows.</summary>
/// <param name="Payload">The struct that carries a notify, its type field, its SPI field and its data field.</param>
/// <param name="SpiSizeOffset">Where in the payload the size of the SPI stands, in octets: what an SPI that may not be there is blamed on.</param>
/// <param name="Parameters">The parameters of the closure: the members of the generated tagged union.</param>
/// <param name="Registry">The registry of notify types, with all values of the closure.</param>
public sealed record NotifySetModel(
    TypeRef Payload,
    string TypeField,
    string SpiField,
    string DataField,
    int SpiSizeOffset,
    TypeRef Registry,
    RegistryModel RegistryDefinition,
    TypeRef? ParameterRegistry,
    EquatableArray<ParameterModel> Parameters,
    EquatableArray<NotifyModel> Notifies);

/// <summary>A parameter, of this spec or of an import.</summary>
public sealed record ParameterModel(TypeRef Type, StructModel Definition);

public enum NotifyClass
{
    Status,
    Error,
}

/// <param name="Owner">Where the type of this notify is generated; an imported notify is only dispatched to here.</param>
/// <param name="Own">True where this spec generates the type.</param>
/// <param name="TypeLiteral">The C# expression of its type, by its full name.</param>
/// <param name="Data">For a notify with fields instead of parameters: its data as a struct; null otherwise.</param>
/// <param name="IgnoresData">True where the data is ignored, whatever it is.</param>
/// <param name="SpiAllowed">False: an SPI Size other than 0 is malformed.</param>
/// <param name="IsView">True where the type is a ref struct with a view on the data.</param>
/// <param name="Malformed">The reaction to a malformed or not understood notify; null: none named.</param>
public sealed record NotifyModel(
    ElementInfo Info,
    TypeRef Owner,
    bool Own,
    ushort Code,
    string TypeLiteral,
    NotifyClass Class,
    EquatableArray<RoleModel> Roles,
    StructModel? Data,
    bool IgnoresData,
    bool SpiAllowed,
    bool IsView,
    EquatableArray<RuleModel> Rules,
    EquatableArray<TraitValueModel> Traits,
    ReactionModel? Malformed);

/// <summary>A place for a parameter in a notify: UPDATE_SA_ADDRESSES has the roles <c>old</c> and <c>new</c>, both an IP parameter.</summary>
/// <param name="Conditions">Flags of the parameter that must have a value for it to play this role.</param>
/// <param name="Maximum">Null: any number.</param>
public sealed record RoleModel(
    ElementInfo Info,
    StructModel Parameter,
    TypeRef ParameterType,
    EquatableArray<FlagCondition> Conditions,
    int Minimum,
    int? Maximum);

public sealed record FlagCondition(string ClrName, bool Value);

public enum RuleKind
{
    /// <summary>The named fields are equal wherever the roles that have them are there.</summary>
    Same,

    /// <summary>At least one of the named flags is set, where the role is there.</summary>
    SomeSet,

    /// <summary>At least one of the named roles is there.</summary>
    SomePresent,
}

/// <param name="Terms">Role and field (field empty for <see cref="RuleKind.SomePresent"/>), by C# name.</param>
public sealed record RuleModel(RuleKind Kind, EquatableArray<RuleTerm> Terms, string Reason, string Reference);

/// <param name="Path">The YAML names, <c>old.check</c>, for the failure's path.</param>
public sealed record RuleTerm(string Role, string Field, string Path);

/// <summary>What a kind of failure is answered with.</summary>
/// <param name="AnswerName">The document's name of the answer (<c>UNACCEPTABLE_PARAMETER</c>); null where there is none.</param>
/// <param name="AnswerLiteral">The C# expression of the notify type, by its full name; null where there is none.</param>
/// <param name="EchoesId">True where the answer carries the ID parameter of the notify that caused it.</param>
/// <param name="EchoesPayloadType">True where the answer carries the type of the payload that caused it.</param>
public sealed record ReactionModel(ElementInfo Info, string? AnswerName, string? AnswerLiteral, ushort AnswerCode, bool EchoesId, bool EchoesPayloadType);

public sealed record ConstantModel(ElementInfo Info, long Value, string? Unit);

/// <summary>A property that notifies have: an enum with a value for each notify of the set that states one.</summary>
public sealed record TraitModel(ElementInfo Info, EquatableArray<ElementInfo> Values);

/// <summary>A trait that a notify states, and the value that it has there.</summary>
/// <param name="Type">The enum of its values.</param>
public sealed record TraitValueModel(TypeRef Type, ElementInfo Trait, ElementInfo Value);

public sealed record MachineModel(
    ElementInfo Info,
    string Role,
    string InitialState,
    EquatableArray<StateModel> States,
    EquatableArray<ElementInfo> Events,
    EquatableArray<ElementInfo> Guards,
    EquatableArray<ElementInfo> Actions,
    EquatableArray<TimerModel> Timers);

/// <param name="Raises">C# name of the event that its expiry is.</param>
public sealed record TimerModel(ElementInfo Info, long Milliseconds, string Raises);

/// <param name="Events">What each event of the machine does here, in the machine's order of events; all are there (an <c>otherwise</c> is expanded).</param>
public sealed record StateModel(ElementInfo Info, bool Final, EquatableArray<StateEventModel> Events);

/// <param name="Ignored">True where the event does nothing here.</param>
/// <param name="Transitions">Tried in order; the last has no guard.</param>
public sealed record StateEventModel(string Event, bool Ignored, EquatableArray<TransitionModel> Transitions);

/// <param name="Guards">All must hold.</param>
/// <param name="Target">C# name of the next state; null: stays.</param>
public sealed record TransitionModel(EquatableArray<GuardTerm> Guards, string? Target, EquatableArray<StepModel> Steps, string Reference);

public sealed record GuardTerm(string Guard, bool Negated);

public enum StepKind
{
    Action,
    React,
    StartTimer,
    StopTimer,
}

/// <param name="Name">C# name of the action, reaction or timer.</param>
public sealed record StepModel(StepKind Kind, string Name);
