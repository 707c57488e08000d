namespace MobikeX.Runtime;

/// <summary>What a <see cref="WireFailure"/> tells besides the offset.</summary>
internal sealed record WireFault(WireFailureKind Kind, string Container, string Element, string Field, string Reason, string? Reaction, int Answer)
{
    internal static readonly WireFault None = new(WireFailureKind.None, string.Empty, string.Empty, string.Empty, string.Empty, null, -1);

    internal string Path => Join(Join(Container, Element), Field);

    internal WireFault In(string container, string? reaction, int answer) => this with
    {
        Container = Join(container, Container),
        Reaction = Reaction ?? reaction,
        Answer = Answer < 0 ? answer : Answer,
    };

    private static string Join(string left, string right) =>
        left.Length == 0 ? right : right.Length == 0 ? left : left + "." + right;
}
