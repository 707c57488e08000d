using MobikeX.Generators.Model;

namespace MobikeX.Generators.Emit;

/// <summary>One file to generate, with the part of the model that its text depends on, and nothing more: an equal unit needs no second rendering.</summary>
/// <param name="HintName">The file's name among the generated files; unique without regard to case.</param>
public abstract record OutputUnit(string HintName)
{
    /// <summary>True where the types of the file are internal.</summary>
    public bool IsInternal { get; init; }

    /// <summary>Names of types of other specs that mean something else as well where the file stands.</summary>
    public EquatableArray<string> SharedNames { get; init; }
}

public sealed record RegistryUnit(string HintName, string Namespace, RegistryModel Registry) : OutputUnit(HintName);

public sealed record RegistryNamesUnit(string HintName, string Namespace, RegistryModel Registry) : OutputUnit(HintName);

public sealed record StructUnit(string HintName, string Namespace, StructModel Struct) : OutputUnit(HintName);

/// <param name="Template">Which of a union's types: the union, or what it can be.</param>
public sealed record UnionUnit(string HintName, string Namespace, string Template, StructModel Union) : OutputUnit(HintName);

/// <param name="Template">Which of the types that know all parameters: the union, the walk, or the writer.</param>
public sealed record ParameterUnionUnit(string HintName, string Namespace, string Template, TypeRef Registry, EquatableArray<ParameterModel> Parameters) : OutputUnit(HintName);

public sealed record NotifyUnit(string HintName, string Namespace, TypeRef Registry, TypeRef? ParameterRegistry, NotifyModel Notify) : OutputUnit(HintName);

/// <summary>What the dispatcher needs to know of a notify.</summary>
/// <param name="Stem">Its type's name without the suffix: what its method of the handler is called.</param>
/// <param name="HasParameters">True where its data is parameters; else fields, or nothing.</param>
public sealed record DispatchedNotify(
    string Name,
    string Stem,
    TypeRef Type,
    string TypeLiteral,
    bool HasFields,
    bool HasParameters,
    bool IsView,
    bool MayNotBeUnderstood,
    bool SpiAllowed,
    string? Answer,
    string? AnswerLiteral,
    bool EchoesId,
    string Doc);

public sealed record DispatcherUnit(
    string HintName,
    string Namespace,
    TypeRef Payload,
    string TypeField,
    string SpiField,
    string DataField,
    int SpiSizeOffset,
    TypeRef Registry,
    EquatableArray<DispatchedNotify> Notifies,
    EquatableArray<NotifyTrait> Traits) : OutputUnit(HintName);

/// <summary>A trait, and which notifies state it.</summary>
/// <param name="Type">The enum of its values.</param>
public sealed record NotifyTrait(string Stem, TypeRef Type, string Doc, EquatableArray<NotifyTraitValue> Values);

public sealed record NotifyTraitValue(string TypeLiteral, string Value);

/// <param name="Template">Which of the handler's types: the interface, or what implements it whole.</param>
public sealed record NotifyHandlerUnit(string HintName, string Namespace, string Template, TypeRef Payload, EquatableArray<DispatchedNotify> Notifies) : OutputUnit(HintName);

public sealed record ReactionsUnit(string HintName, string Namespace, EquatableArray<ReactionModel> Reactions) : OutputUnit(HintName);

public sealed record ReactionTableUnit(string HintName, string Namespace, TypeRef Registry, EquatableArray<ReactionModel> Reactions) : OutputUnit(HintName);

public sealed record ConstantsUnit(string HintName, string Namespace, EquatableArray<ConstantModel> Constants) : OutputUnit(HintName);

public sealed record TraitUnit(string HintName, string Namespace, TraitModel Trait) : OutputUnit(HintName);

/// <param name="Template">Which of a machine's types: the machine, its states, events, timers, or handler.</param>
public sealed record MachineUnit(string HintName, string Namespace, string Template, MachineModel Machine) : OutputUnit(HintName);
