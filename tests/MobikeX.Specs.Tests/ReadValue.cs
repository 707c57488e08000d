namespace MobikeX.Specs.Tests;

/// <summary>What became of octets, with the checks that hold for every value of every generated type.</summary>
internal sealed class ReadValue
{
    public ReadValue(string text, int consumed, int length)
    {
        Assert.Equal(consumed, length);
        Text = text;
        Octets = new byte[length];
    }

    private ReadValue(WireFailure failure)
    {
        Failure = failure;
        Octets = [];
    }

    /// <summary>The value as it tells itself; null where the octets are none.</summary>
    public string? Text { get; }

    /// <summary>What it was written as.</summary>
    public byte[] Octets { get; }

    public NotationLines Notation { get; } = new();

    public WireFailure Failure { get; }

    /// <summary>Room for all but the last octet.</summary>
    public Span<byte> TooShort => new byte[Math.Max(0, Octets.Length - 1)];

    public static ReadValue Refused(WireFailure failure, ReadOnlySpan<byte> octets)
    {
        Assert.NotEqual(WireFailureKind.None, failure.Kind);
        Assert.InRange(failure.Offset, 0, octets.Length);
        Assert.NotEmpty(failure.Reason);
        return new ReadValue(failure);
    }

    public ReadValue Wrote(bool succeeded, int written, bool succeededTooShort, int writtenTooShort)
    {
        Assert.True(succeeded);
        Assert.Equal(Octets.Length, written);
        Assert.Equal(Octets.Length == 0, succeededTooShort);
        Assert.Equal(0, writtenTooShort);
        return this;
    }
}
