using System.Buffers.Binary;
using MobikeX.Protocol.Ikev2;
using MobikeX.Protocol.Tests.Vectors;
using YamlDotNet.RepresentationModel;

namespace MobikeX.Protocol.Tests;

/// <summary>Octets worked out by hand from the documents' figures, in <c>tests/vectors</c>, against the generated code.</summary>
public class VectorTests
{
    private const int HeaderLength = 8;

    public static TheoryData<string> Read => Names(vector => vector.Reads is not null);

    public static TheoryData<string> Refused => Names(vector => vector.Fails is not null);

    public static TheoryData<string> Cut => Names(vector => vector.Ends is not null);

    [Theory]
    [MemberData(nameof(Read))]
    [Requirement("R-11.1-04")]
    [Requirement("R-11.4.3-01")]
    [Requirement("R-11.4.3-02")]
    public void Octets_are_read_as_the_figure_says(string name)
    {
        Vector vector = Find(name);
        byte[] octets = Payload(vector);
        NotifyPayload payload = ReadPayload(octets);
        SpecReading spec = SpecReading.Of(vector.Spec);
        var text = new NotationText();

        bool understood = spec.Describe(payload, text, out WireFailure failure);

        Assert.Equal(NotationText.Of(vector.Reads!), text.ToString());
        Assert.Equal(vector.Notify, spec.NameOf(payload.NotifyMessageType));
        if (vector.NotUnderstood is ExpectedFailure expected)
        {
            AssertFailure(expected, Shift(vector), failure);
        }
        else
        {
            Assert.True(understood, failure.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Read))]
    [Requirement("R-11.1-03")]
    [Requirement("R-11.1-05")]
    [Requirement("R-11.4.3-01")]
    [Requirement("R-11.4.3-02")]
    public void The_notation_is_written_as_the_figure_says(string name)
    {
        Vector vector = Find(name);
        byte[] octets = Payload(vector);
        NotifyPayload read = ReadPayload(octets);
        NotationParameter[] parameters = vector.Reads is YamlSequenceNode list
            ? [.. list.Children.Select(item => ((YamlMappingNode)item).Children.Single()).Select(pair => new NotationParameter(pair.Key.ToString(), new YamlNotationReader((YamlMappingNode)pair.Value, pair.Key.ToString())))]
            : [];
        YamlNotationReader? fields = vector.Reads is YamlMappingNode mapping ? new YamlNotationReader(mapping, vector.Notify) : null;
        byte[] data = new byte[1024];

        bool encoded = SpecReading.Of(vector.Spec).TryEncode(vector.Notify, parameters, fields, data, out int written, out NotifyType type, out string? error, out _);

        string errors = string.Join(", ", parameters.Select(parameter => (YamlNotationReader)parameter.Fields).Append(fields ?? YamlNotationReader.Empty).SelectMany(reader => reader.Errors));
        Assert.True(encoded, $"{error} {errors}");
        var payload = new NotifyPayload(
            nextPayload: read.NextPayload,
            protocolId: read.Spi.IsEmpty ? default : read.ProtocolId,
            notifyMessageType: type,
            spi: read.Spi,
            data: data.AsSpan(0, written),
            critical: read.Critical);
        byte[] destination = new byte[1024];
        Assert.True(payload.TryWrite(destination, out int length, out WireFailure failure), failure.ToString());
        byte[] expected = vector.Writes is null ? octets : vector.Payload is null ? Wrap(vector, vector.Writes) : vector.Writes;
        Assert.Equal(Convert.ToHexStringLower(expected), Convert.ToHexStringLower(destination, 0, length));
        Assert.Equal(length, payload.WireLength);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    [Requirement("R-7.4-03")]
    [Requirement("R-7.4-05")]
    [Requirement("R-7.4-13")]
    [Requirement("R-11.2.4-01")]
    [Requirement("R-11.3.1-01")]
    [Requirement("R-11.4.3-04")]
    [Requirement("R-11.4.3-06")]
    public void Octets_at_fault_are_refused_where_the_fault_is(string name)
    {
        Vector vector = Find(name);

        bool read = NotifyPayload.TryRead(Payload(vector), out NotifyPayload payload, out _, out WireFailure failure);
        if (read)
        {
            Assert.False(SpecReading.Of(vector.Spec).Describe(payload, new NotationText(), out failure));
        }

        AssertFailure(vector.Fails!, Shift(vector), failure);
    }

    [Theory]
    [MemberData(nameof(Cut))]
    public void Octets_cut_inside_a_parameter_are_truncated(string name)
    {
        Vector vector = Find(name);
        for (int length = 0; length < vector.Data.Length; length++)
        {
            NotifyPayload payload = ReadPayload(Wrap(vector, vector.Data[..length]));

            bool read = SpecReading.Of(vector.Spec).Describe(payload, new NotationText(), out WireFailure failure);

            bool atBorder = vector.Ends!.Contains(length);
            Assert.True(atBorder || !read, $"{length} octets are read");
            Assert.True(atBorder == (failure.Kind != WireFailureKind.Truncated), $"{length} octets: {failure}");
            Assert.True(atBorder || failure.Offset == HeaderLength + length, $"{length} octets: {failure}");
        }
    }

    private static void AssertFailure(ExpectedFailure expected, int shift, WireFailure failure)
    {
        Assert.Equal(
            (expected.Kind, expected.Offset + shift, expected.Path, expected.Answer),
            (failure.Kind.ToString(), failure.Offset, failure.Path, failure.Reaction));
    }

    /// <summary>Offsets in vectors of Notification Data count from its start, those of failures from the payload's.</summary>
    private static int Shift(Vector vector) => vector.Payload is null ? HeaderLength : 0;

    private static NotifyPayload ReadPayload(byte[] octets)
    {
        Assert.True(NotifyPayload.TryRead(octets, out NotifyPayload payload, out _, out WireFailure failure), failure.ToString());
        return payload;
    }

    private static byte[] Payload(Vector vector) => vector.Payload ?? Wrap(vector, vector.Data);

    /// <summary>Puts a Notify payload's eight octets before the data.</summary>
    private static byte[] Wrap(Vector vector, byte[] data)
    {
        Assert.True(SpecReading.Of(vector.Spec).TryFind(vector.Notify, out NotifyType type), vector.Notify);
        byte[] payload = new byte[HeaderLength + data.Length];
        BinaryPrimitives.WriteUInt16BigEndian(payload.AsSpan(2), (ushort)payload.Length);
        BinaryPrimitives.WriteUInt16BigEndian(payload.AsSpan(6), (ushort)type);
        data.CopyTo(payload, HeaderLength);
        return payload;
    }

    private static Vector Find(string name) => VectorFile.All.Single(vector => vector.ToString() == name);

    private static TheoryData<string> Names(Func<Vector, bool> filter) => [.. VectorFile.All.Where(filter).Select(vector => vector.ToString())];
}
