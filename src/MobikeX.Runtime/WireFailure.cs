namespace MobikeX.Runtime;

/// <summary>Why octets could not be read, or a value could not be written.</summary>
public enum WireFailureKind
{
    /// <summary>No failure.</summary>
    None,

    /// <summary>The input ends inside a field.</summary>
    Truncated,

    /// <summary>Octets are left after the last field or parameter.</summary>
    TrailingOctets,

    /// <summary>A length or count field contradicts what it counts.</summary>
    BadLength,

    /// <summary>A value that the field may not have.</summary>
    BadValue,

    /// <summary>A parameter of a type that no spec names: it carries no length, so the rest of the notify cannot be read.</summary>
    UnknownParameter,

    /// <summary>A parameter that this notify does not take.</summary>
    UnexpectedParameter,

    /// <summary>More or fewer parameters of a kind than the notify takes.</summary>
    BadCount,

    /// <summary>Parameters that contradict each other.</summary>
    RuleBroken,

    /// <summary>Well-formed, but with a value that is not assigned.</summary>
    NotUnderstood,

    /// <summary>The destination of a write is too small.</summary>
    DestinationTooSmall,
}

/// <summary>A failure to read or write: where, what, why, and what the protocol answers.</summary>
/// <remarks>A reference and an offset, so that telling success costs a caller nothing; what went wrong is an object that only a failure makes.</remarks>
public readonly struct WireFailure : IEquatable<WireFailure>
{
    private readonly WireFault? _fault;
    private readonly int _offset;

    /// <summary>Creates a failure.</summary>
    public WireFailure(WireFailureKind kind, int offset, string element, string field, string reason, string? reaction = null, int answer = -1)
        : this(new WireFault(kind, string.Empty, element, field, reason, reaction, answer), offset)
    {
    }

    private WireFailure(WireFault? fault, int offset)
    {
        _fault = fault;
        _offset = offset;
    }

    /// <summary>What kind of failure it is.</summary>
    public WireFailureKind Kind => _fault is null ? WireFailureKind.None : _fault.Kind;

    /// <summary>Where, in octets from the start of the input.</summary>
    public int Offset => _offset;

    /// <summary>The notify, where the failure is in a parameter of it; else empty.</summary>
    public string Container => Fault.Container;

    /// <summary>The parameter, struct or notify that the failure is in; may be empty.</summary>
    public string Element => Fault.Element;

    /// <summary>The field of <see cref="Element"/>, or the role of a parameter; may be empty.</summary>
    public string Field => Fault.Field;

    /// <summary>Why, in words.</summary>
    public string Reason => Fault.Reason;

    /// <summary>The name of the notify that the protocol answers with, such as UNACCEPTABLE_PARAMETER; null where none is named.</summary>
    public string? Reaction => Fault.Reaction;

    /// <summary>The Notify Message Type of <see cref="Reaction"/>; -1 where none is named.</summary>
    public int Answer => Fault.Answer;

    /// <summary>Container, element and field joined with dots, such as <c>UPDATE_SA_ADDRESSES.IP.version</c>.</summary>
    public string Path => Fault.Path;

    private WireFault Fault => _fault ?? WireFault.None;

    /// <summary>The same failure seen from a container that starts <paramref name="offset"/> octets earlier and answers failures so.</summary>
    public WireFailure In(string container, int offset, string? reaction = null, int answer = -1) =>
        new(Fault.In(container, reaction, answer), _offset + offset);

    /// <summary>The same failure, <paramref name="offset"/> octets later.</summary>
    public WireFailure At(int offset) => new(_fault, _offset + offset);

    /// <inheritdoc/>
    public bool Equals(WireFailure other) => _offset == other._offset && Fault.Equals(other.Fault);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is WireFailure other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => ((int)Kind * 397) ^ _offset;

    /// <inheritdoc/>
    public override string ToString() =>
        Kind == WireFailureKind.None
            ? "no failure"
            : $"offset {Offset}: {Path}: {Reason}" + (Reaction is null ? string.Empty : $" (answered with {Reaction})");

    /// <summary>Compares two failures.</summary>
    public static bool operator ==(WireFailure left, WireFailure right) => left.Equals(right);

    /// <summary>Compares two failures.</summary>
    public static bool operator !=(WireFailure left, WireFailure right) => !left.Equals(right);
}
