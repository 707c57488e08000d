namespace MobikeX.Specs.Tests;

/// <summary>Reads a value of some generated type, tells it and writes it again.</summary>
internal delegate ReadValue Reading(ReadOnlySpan<byte> octets);
