using YamlDotNet.RepresentationModel;

namespace MobikeX.Protocol.Tests.Vectors;

/// <summary>One entry of <c>tests/vectors</c>; its README says what the keys mean.</summary>
/// <param name="Payload">A whole Notify payload; null where the vector is Notification Data alone.</param>
/// <param name="Reads">Parameters (a sequence) or fields (a mapping); null where the octets are refused.</param>
public sealed record Vector(
    string File,
    string Name,
    string Section,
    string Spec,
    string Notify,
    byte[] Data,
    byte[]? Payload,
    YamlNode? Reads,
    byte[]? Writes,
    ExpectedFailure? Fails,
    ExpectedFailure? NotUnderstood,
    int[]? Ends)
{
    public override string ToString() => $"{File}: {Name} (section {Section})";
}

/// <param name="Kind">A name of WireFailureKind.</param>
/// <param name="Answer">The notify that a peer answers; null for none.</param>
public sealed record ExpectedFailure(string Kind, int Offset, string Path, string? Answer);
