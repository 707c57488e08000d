namespace MobikeX.Generators.Emit;

/// <summary>Flags of the same part, kept together as they stand there.</summary>
internal sealed class FlagSet(string storage, string type, int shift)
{
    /// <summary>The field of the struct.</summary>
    public string Storage { get; } = storage;

    /// <summary>What other generated code takes them by.</summary>
    public string Property { get; } = char.ToUpperInvariant(storage[1]) + storage.Substring(2);

    public string Type { get; } = type;

    /// <summary>How far they are from the last bit of the part.</summary>
    public int Shift { get; } = shift;

    /// <summary>The bits of all flags in it.</summary>
    public ulong Mask { get; set; }
}
