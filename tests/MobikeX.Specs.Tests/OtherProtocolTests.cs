using CsCheck;

namespace MobikeX.Specs.Tests;

/// <summary>Protocols that are not ours, written in the language as its reference tells it: what it has to say of any of them.</summary>
public class OtherProtocolTests
{
    public static TheoryData<string> Names => [.. Readings.All.Keys];

    [Theory]
    [MemberData(nameof(Vectors.Read), MemberType = typeof(Vectors))]
    public void Reads(string reading, string octets, string text)
    {
        ReadValue value = Readings.All[reading](Octets(octets));

        Assert.Equal(text, value.Text);
        Assert.Equal(text, Readings.All[reading](value.Octets).Text);
        Assert.NotEmpty(value.Notation.Lines.Append(text));
    }

    [Theory]
    [MemberData(nameof(Vectors.Refused), MemberType = typeof(Vectors))]
    public void Refuses(string reading, string octets, WireFailureKind kind, int offset, string path)
    {
        ReadValue value = Readings.All[reading](Octets(octets));

        Assert.Equal((null, kind, offset, path), (value.Text, value.Failure.Kind, value.Failure.Offset, value.Failure.Path));
    }

    /// <summary>Whatever the octets are, reading ends, and what was read is written as what reads the same.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Holds_for_any_octets(string reading) =>
        Gen.Byte.Array[0, 200].Sample(octets => AssertHolds(reading, octets));

    /// <summary>Vectors with octets changed, left out and added reach further than chance does.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Holds_for_changed_vectors(string reading)
    {
        byte[][] seeds = [.. Vectors.Read.Where(row => (string)row[0] == reading).Select(row => Octets((string)row[1]))];
        (from seed in Gen.Int[0, seeds.Length - 1].Select(index => seeds[index])
         from place in Gen.Int[0, Math.Max(0, seed.Length - 1)]
         from value in Gen.Byte
         from length in Gen.Int[0, seed.Length]
         select (byte[])[.. seed.Take(length).Select((octet, index) => index == place ? value : octet)]).Sample(octets => AssertHolds(reading, octets));
    }

    private static void AssertHolds(string reading, byte[] octets)
    {
        ReadValue value = Readings.All[reading](octets);
        if (value.Text is not null)
        {
            Assert.Equal(value.Text, Readings.All[reading](value.Octets).Text);
        }
    }

    private static byte[] Octets(string text) => Convert.FromHexString(text.Replace(" ", string.Empty, StringComparison.Ordinal));
}
