using MobikeX.Generators.Model;

namespace MobikeX.Generators.Emit;

/// <summary>One file to generate, with the part of the model that its text depends on, and nothing more: an equal unit needs no second rendering.</summary>
/// <param name="HintName">The file's name among the generated files; unique without regard to case.</param>
public abstract record OutputUnit(string HintName);

public sealed record RegistryUnit(string HintName, string Namespace, RegistryModel Registry) : OutputUnit(HintName);

public sealed record RegistryNamesUnit(string HintName, string Namespace, RegistryModel Registry) : OutputUnit(HintName);

public sealed record StructUnit(string HintName, string Namespace, StructModel Struct) : OutputUnit(HintName);
