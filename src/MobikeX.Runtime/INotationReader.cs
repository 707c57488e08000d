namespace MobikeX.Runtime;

/// <summary>A mapping of field names to values in the notation of the specs, as a scenario file or <c>mobikex encode</c> gives it.</summary>
/// <remarks>
/// A member that takes a field removes it from what is left; <see cref="Finish"/> reports what nobody took. A value of the wrong
/// form is recorded by the reader with its position, and the member returns false; a field that is missing though required likewise.
/// </remarks>
public interface INotationReader
{
    /// <summary>Takes a flag; false in <paramref name="value"/> where it is left out.</summary>
    bool TryFlag(string field, out bool value);

    /// <summary>Takes a number from <paramref name="minimum"/> to <paramref name="maximum"/>; missing is an error when <paramref name="required"/>, else 0.</summary>
    bool TryNumber(string field, ulong minimum, ulong maximum, bool required, out ulong value);

    /// <summary>Takes a registry value, given by one of <paramref name="names"/> (whose numbers are <paramref name="values"/>) or as a number; missing is an error when <paramref name="required"/>, else 0.</summary>
    bool TryRegistry(string field, string[] names, ulong[] values, ulong maximum, bool required, out ulong value);

    /// <summary>Takes an IP address.</summary>
    bool TryAddress(string field, out IpAddress value);

    /// <summary>Takes octets, written as hexadecimal digits.</summary>
    bool TryOctets(string field, bool required, out byte[] value);

    /// <summary>Takes a list of numbers or registry values; <paramref name="names"/> is empty for plain numbers.</summary>
    bool TryList(string field, string[] names, ulong[] values, ulong maximum, bool required, out ulong[] value);

    /// <summary>Takes a nested mapping; <paramref name="value"/> is null where it is left out.</summary>
    bool TryNested(string field, bool required, out INotationReader? value);

    /// <summary>Takes a list of nested mappings; none where it is left out.</summary>
    bool TryNestedList(string field, bool required, out INotationReader[] value);

    /// <summary>Records that the value as a whole cannot be written.</summary>
    void Reject(in WireFailure failure);

    /// <summary>True when no error was recorded and every field of the mapping was one of <paramref name="fields"/>; an unknown one is recorded with the nearest name.</summary>
    bool Finish(string[] fields);
}

/// <summary>A parameter in the notation: its name and its fields.</summary>
public readonly struct NotationParameter
{
    /// <summary>Creates a parameter.</summary>
    public NotationParameter(string name, INotationReader fields)
    {
        Name = name;
        Fields = fields;
    }

    /// <summary>The name in the document, such as IP.</summary>
    public string Name { get; }

    /// <summary>The fields.</summary>
    public INotationReader Fields { get; }
}
