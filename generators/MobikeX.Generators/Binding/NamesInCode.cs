namespace MobikeX.Generators.Binding;

/// <summary>C# names that generated code uses itself, so that what a document names has to have others.</summary>
internal static class NamesInCode
{
    /// <summary>Types of .NET and of the runtime: one of the spec's own would be taken for them.</summary>
    public static readonly string[] Types =
    [
        "System", "Array", "BinaryPrimitives", "CultureInfo", "GeneratedCode", "GeneratedCodeAttribute", "IEquatable", "IReadOnlyList", "List", "Math",
        "MemoryMarshal", "MethodImpl", "MethodImplAttribute", "MethodImplOptions", "Nullable", "ReadOnlySpan", "Span", "TimeSpan",
        "Hex", "INotationReader", "INotationWriter", "IpAddress", "MachineTransition", "NotationParameter", "ShortOctets", "WireFailure", "WireFailureKind",
    ];

    /// <summary>Types that every spec's own code may have.</summary>
    public static readonly string[] OfSpec =
    [
        "Reaction", "ReactionTable", "Constants", "NotifyDispatcher", "INotifyHandler", "NotifyHandler",
        "AnyParameter", "ParameterWriter", "ParameterEnumerator",
    ];

    /// <summary>Members of every type.</summary>
    public static readonly string[] OfObject = ["Equals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "ReferenceEquals", "Finalize"];

    public static readonly string[] OfStruct = ["WireLength", "MinimumLength", "TryRead", "TryWrite", "Understands", "Describe", "TryParse", .. OfObject];

    public static readonly string[] OfUnion = ["Kind", "Octets"];

    /// <summary>Members of a notify whose data are parameters.</summary>
    public static readonly string[] OfNotify = ["Type", "TryRead", "TryWrite", "Understands", "Describe", "WireLength", "Data", "Parameters", "GetEnumerator", .. OfObject];

    public static readonly string[] OfMachine = ["State", "Raise", "Table", "Transitions", "handler", "raised", .. OfObject];

    /// <summary>Types whose static members generated members ask for: a property of the name would be asked instead.</summary>
    private static readonly HashSet<string> Asked = new(StringComparer.Ordinal)
    {
        "AnyParameter", "Array", "BinaryPrimitives", "CultureInfo", "Hex", "IpAddress", "Math", "MemoryMarshal", "MethodImplOptions", "Nullable", "ShortOctets",
        "WireFailureKind",
    };

    /// <summary>True where a property of this name and of another type would stand in the way.</summary>
    public static bool IsAsked(string clrName) => Asked.Contains(clrName);
}
