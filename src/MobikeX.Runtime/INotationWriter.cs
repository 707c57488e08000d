namespace MobikeX.Runtime;

/// <summary>Receives the contents of a value in the notation of the specs: names and values as the document writes them.</summary>
/// <remarks>Derived fields, reserved bits and padding are not told; optional fields that are absent are not told either.</remarks>
public interface INotationWriter
{
    /// <summary>A parameter or nested struct begins.</summary>
    /// <param name="name">Its name in the document.</param>
    /// <param name="offset">Octets from the start of what is described.</param>
    void Begin(string name, int offset);

    /// <summary>The parameter or nested struct ends.</summary>
    void End();

    /// <summary>A flag.</summary>
    void Flag(string field, bool value);

    /// <summary>A number; <paramref name="unit"/> is null where it has none.</summary>
    void Number(string field, ulong value, string? unit);

    /// <summary>A value of a registry; <paramref name="name"/> is null where the registry does not name it.</summary>
    void Registry(string field, ulong value, string? name);

    /// <summary>An IP address.</summary>
    void Address(string field, IpAddress value);

    /// <summary>Octets.</summary>
    void Octets(string field, ReadOnlySpan<byte> value);

    /// <summary>A list begins; each number, registry value or struct of it is told with its name empty.</summary>
    void BeginList(string field);

    /// <summary>The list ends.</summary>
    void EndList();
}
