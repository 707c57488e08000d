using MobikeX.Cli.Notation;

namespace MobikeX.Cli.Decoding;

/// <summary>One payload of a chain.</summary>
/// <param name="Offset">Octets from the start of the input.</param>
/// <param name="Length">Octets of the payload, its header included.</param>
internal abstract record DecodedPayload(int Offset, int Length, bool Critical)
{
    /// <summary>A Notify payload.</summary>
    /// <param name="Name">Null where no spec names the type.</param>
    /// <param name="Parameters">What could be read; a problem says why it is not all.</param>
    /// <param name="Fields">Of a notify that has fields and no parameters; null for others.</param>
    /// <param name="Data">The Notification Data in hex, where no spec says how to read it, or it could not be read.</param>
    /// <param name="Spi">The SPI in hex; null where none is given.</param>
    internal sealed record Notify(
        int Offset,
        int Length,
        bool Critical,
        ushort Code,
        string? Name,
        string? Spi,
        List<DescribedBlock> Parameters,
        List<DescribedField>? Fields,
        string? Data) : DecodedPayload(Offset, Length, Critical);

    /// <summary>A payload of another kind.</summary>
    /// <param name="Encrypted">True where more payloads are inside, which only the peers can open.</param>
    /// <param name="Fields">What it says; null where no spec describes it, or it could not be read.</param>
    internal sealed record Other(int Offset, int Length, bool Critical, byte Type, string? Name, bool Encrypted, List<DescribedField>? Fields) : DecodedPayload(Offset, Length, Critical);
}
