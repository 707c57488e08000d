using MobikeX.Runtime;

namespace MobikeX.Cli.Notation;

/// <summary>A parameter, struct or notify in the notation: what decoding prints, as a tree or as JSON.</summary>
/// <param name="Name">The document's name.</param>
/// <param name="Offset">Octets from the start of the input.</param>
/// <param name="Fields">In wire order; a nested struct is a field too.</param>
internal sealed record DescribedBlock(string Name, int Offset, List<DescribedField> Fields);

internal sealed record DescribedField(string Name, DescribedValue Value);

/// <summary>The value of a field.</summary>
internal abstract record DescribedValue
{
    internal sealed record Flag(bool Value) : DescribedValue;

    internal sealed record Number(ulong Value, string? Unit) : DescribedValue;

    /// <param name="Name">Null where the registry does not name the number.</param>
    internal sealed record Registry(ulong Value, string? Name) : DescribedValue;

    internal sealed record Address(IpAddress Value) : DescribedValue;

    /// <param name="Hex">Lower-case digits.</param>
    internal sealed record Octets(string Hex) : DescribedValue;

    internal sealed record List(List<DescribedValue> Items) : DescribedValue;

    internal sealed record Nested(DescribedBlock Block) : DescribedValue;
}
