using MobikeX.Protocol;

namespace MobikeX.Cli.Scenarios;

/// <summary>The names that a scenario file uses for what the specs number.</summary>
internal static class ProtocolNames
{
    /// <summary>The versions that peers can agree on.</summary>
    public static IReadOnlyList<int> Versions { get; } =
        [.. Enum.GetValues<MobikeVersion>().Where(version => version != MobikeVersion.None).Select(version => (int)version).Order()];

    /// <summary>The protocols of CHILD_SAs; the first is taken where a file says none.</summary>
    public static IReadOnlyList<string> Protocols { get; } = [.. ((IpsecProto[])[IpsecProto.Esp, IpsecProto.Ah]).Select(protocol => protocol.Name()!)];

    /// <summary>The modes of CHILD_SAs; the first is taken where a file says none.</summary>
    public static IReadOnlyList<string> Modes { get; } = [.. Enum.GetValues<IpsecMode>().Select(mode => mode.Name()!)];

    public static IReadOnlyList<string> InitiatorStates { get; } = [.. Enum.GetValues<NegotiationInitiatorState>().Select(StateName)];

    public static IReadOnlyList<string> ResponderStates { get; } = [.. Enum.GetValues<NegotiationResponderState>().Select(StateName)];

    public static bool IsVersion(int number) => Versions.Contains(number);

    public static IpsecProto Protocol(string name) =>
        IpsecProtoNames.TryParse(name, out IpsecProto protocol) ? protocol : throw new ArgumentOutOfRangeException(nameof(name));

    public static IpsecMode Mode(string name) =>
        IpsecModeNames.TryParse(name, out IpsecMode mode) ? mode : throw new ArgumentOutOfRangeException(nameof(name));
}
