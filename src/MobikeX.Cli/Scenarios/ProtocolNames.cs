using MobikeX.Protocol;
using MobikeX.Runtime;

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
    public static IReadOnlyList<string> Modes { get; } = IpsecModeNames.All;

    /// <summary>The states of the negotiation at either peer.</summary>
    public static IReadOnlyList<string> States { get; } =
    [
        .. Enum.GetValues<NegotiationInitiatorState>().Select(state => state.Name())
            .Union(Enum.GetValues<NegotiationResponderState>().Select(state => state.Name())),
    ];

    /// <summary>
    /// True where the two states say the same at the Initiator. The draft has two words for an agreement on version 1: its list of states
    /// (section 7.1.3) makes MOBIKE_SUPPORTED and MOBIKE-X_UNSUPPORTED the same outcome, and its diagrams choose by what was offered.
    /// </summary>
    public static bool IsSameOutcomeAtInitiator(string wanted, string found) =>
        wanted == found || AreBoth(wanted, found, NegotiationInitiatorState.MobikeSupported.Name(), NegotiationInitiatorState.MobikeXUnsupported.Name());

    /// <summary>True where the two states say the same at the Responder, which keeps nothing of a negotiation that failed or is over.</summary>
    public static bool IsSameOutcomeAtResponder(string wanted, string found) =>
        wanted == found || AreBoth(wanted, found, NegotiationResponderState.Init.Name(), NegotiationResponderState.MobikeUnsupported.Name());

    public static bool IsVersion(int number) => Versions.Contains(number);

    public static IpsecProto Protocol(string name) =>
        IpsecProtoNames.TryParse(name, out IpsecProto protocol) ? protocol : throw new ArgumentOutOfRangeException(nameof(name));

    public static IpsecMode Mode(string name) =>
        IpsecModeNames.TryParse(name, out IpsecMode mode) ? mode : throw new ArgumentOutOfRangeException(nameof(name));

    /// <summary>The draft's name of a state of the Initiator's negotiation.</summary>
    public static string Name(this NegotiationInitiatorState state) => Name($"{state}", NegotiationInitiatorMachine.Transitions);

    /// <summary>The draft's name of a state of the Responder's negotiation.</summary>
    public static string Name(this NegotiationResponderState state) => Name($"{state}", NegotiationResponderMachine.Transitions);

    /// <summary>The table of a machine has the names of the document; those of C# are the same letters.</summary>
    private static string Name(string member, IReadOnlyList<MachineTransition> table) =>
        table.Select(row => row.State).First(name => string.Equals(string.Concat(name.Where(char.IsLetterOrDigit)), member, StringComparison.OrdinalIgnoreCase));

    private static bool AreBoth(string left, string right, params ReadOnlySpan<string> names) => names.Contains(left) && names.Contains(right);
}
