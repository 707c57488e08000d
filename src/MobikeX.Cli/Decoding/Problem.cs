using MobikeX.Runtime;

namespace MobikeX.Cli.Decoding;

/// <summary>What is wrong with octets that were to be decoded.</summary>
/// <param name="Offset">Octets from the start of the input of the command.</param>
/// <param name="Path">Notify, parameter and field; or the layer of a capture.</param>
/// <param name="Reaction">The notify that the protocol answers with; null where none is named.</param>
internal sealed record Problem(int Offset, string Path, string Reason, string? Reaction = null)
{
    internal static Problem From(in WireFailure failure) => new(failure.Offset, failure.Path, failure.Reason, failure.Reaction);

    public override string ToString() =>
        $"offset {Offset}: {Path}: {Reason}" + (Reaction is null ? string.Empty : $" (answered with {Reaction})");
}
