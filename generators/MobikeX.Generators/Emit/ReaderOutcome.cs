namespace MobikeX.Generators.Emit;

/// <summary>What a reader gives: how it ends well, and how where it refuses.</summary>
internal sealed class ReaderOutcome
{
    private ReaderOutcome(string argument, string done)
    {
        Argument = argument;
        Done = done;
    }

    /// <summary>The value or the failure.</summary>
    public static ReaderOutcome ValueOrReason { get; } = new("failure", "failure = default;\nreturn true;");

    /// <summary>The value, or that there is none.</summary>
    public static ReaderOutcome Value { get; } = new("_", "return true;");

    /// <summary>Why there is no value.</summary>
    public static ReaderOutcome Reason { get; } = new("failure", "return default;");

    /// <summary>What a nested reader gives its failure to.</summary>
    public string Argument { get; }

    /// <summary>How reading ends where nothing is wrong.</summary>
    public string Done { get; }

    public bool GivesValue => this != Reason;

    public bool GivesReason => this != Value;

    /// <summary>What ends reading; <paramref name="cleared"/> sets the outputs besides the failure.</summary>
    /// <remarks>They are set in place and not by a method that makes the failure: where the reader is inlined they can then stay in registers.
    /// The failure comes first, which may ask the value where a parameter was.</remarks>
    public string Refused(string failure, string cleared) =>
        !GivesValue ? $"return {failure};"
        : $"{(GivesReason ? $"failure = {failure};\n" : string.Empty)}{cleared}return false;";

    /// <summary>The call of a nested reader, which need not tell why it refuses where nobody asks; a reader that is not apart always tells.</summary>
    public string Call(string arguments, bool isApart) => GivesReason || !isApart ? $"({arguments}, out {Argument})" : $"({arguments})";
}
