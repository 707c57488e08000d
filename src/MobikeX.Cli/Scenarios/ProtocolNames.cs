namespace MobikeX.Cli.Scenarios;

internal static class ProtocolNames
{
    public static IReadOnlyList<int> Versions { get; } = [1, 2];
    public static bool IsVersion(int number) => Versions.Contains(number);
    public static IReadOnlyList<string> Protocols { get; } = ["ESP", "AH"];
    public static IReadOnlyList<string> Modes { get; } = ["Tunnel", "Transport"];
    public static IReadOnlyList<string> InitiatorStates { get; } = ["INIT", "MOBIKE-X_SUPPORTED"];
    public static IReadOnlyList<string> ResponderStates { get; } = ["INIT", "MOBIKE-X_SUPPORTED"];
}
