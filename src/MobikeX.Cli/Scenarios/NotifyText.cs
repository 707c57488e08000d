using System.Text;
using MobikeX.Cli.Decoding;
using MobikeX.Cli.Notation;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Cli.Scenarios;

/// <summary>Payloads as a scenario file writes them, each on one line. Two payloads that mean the same have the same text.</summary>
internal static class NotifyText
{
    /// <summary>What a chain of payloads holds, as <paramref name="version"/> reads it.</summary>
    public static IReadOnlyList<DecodedPayload> Decode(ReadOnlySpan<byte> chain, PayloadType first, MobikeVersion? version, List<Problem>? problems = null) =>
        new ChainDecoder(ProtocolReading.Of(version ?? MobikeVersion.MobikeX), problems ?? []).Decode(chain, 0, first);

    public static string Of(DecodedPayload payload)
    {
        switch (payload)
        {
            case DecodedPayload.Notify { Name: null } unnamed:
                return $"{{ code: {unnamed.Code}, data: {unnamed.Data ?? unnamed.Fields?.Select(field => Value(field.Value)).FirstOrDefault()} }}";
            case DecodedPayload.Notify { Parameters: [], Fields: null, Data: { Length: > 0 } data } unread:
                return $"{unread.Name}: {{ data: {data} }}";
            case DecodedPayload.Notify { Fields: { } fields } notify:
                return $"{notify.Name}: {Mapping(fields)}";
            case DecodedPayload.Notify notify:
                return $"{notify.Name}: {List(notify.Parameters)}";
            default:
                var other = (DecodedPayload.Other)payload;
                return other.Name ?? $"payload {other.Type}";
        }
    }

    /// <summary>
    /// For a reader: the parameters of a notify, or its own fields, one a line; flags by name where they are set. A struct in a
    /// parameter has a line of its own.
    /// </summary>
    public static IEnumerable<(string Name, string Fields, bool Nested)> Lines(DecodedPayload.Notify notify)
    {
        foreach (DescribedBlock parameter in notify.Parameters)
        {
            yield return (parameter.Name, Words(parameter.Fields), false);
            foreach (DescribedField field in parameter.Fields)
            {
                if (field.Value is DescribedValue.Nested nested)
                {
                    yield return (field.Name, Words(nested.Block.Fields), true);
                }
            }
        }

        foreach (DescribedField field in notify.Fields ?? [])
        {
            yield return (field.Name, Value(field.Value), false);
        }

        if (notify.Data is { Length: > 0 } data)
        {
            yield return ("data", data, false);
        }
    }

    private static string Words(IReadOnlyList<DescribedField> fields) => string.Join(
        ", ",
        fields.Where(field => field.Value is not (DescribedValue.Flag { Value: false } or DescribedValue.Nested))
            .Select(field => field.Value switch
            {
                DescribedValue.Flag => field.Name,
                DescribedValue.Number { Unit: { } unit } number => $"{field.Name} {number.Value} {unit}",
                DescribedValue.List list => $"{field.Name} {string.Join(", ", list.Items.Select(Value))}",
                _ => $"{field.Name} {Value(field.Value)}",
            }));

    private static string List(IReadOnlyList<DescribedBlock> parameters) =>
        parameters.Count == 0 ? "[]" : $"[ {string.Join(", ", parameters.Select(parameter => $"{{ {parameter.Name}: {Mapping(parameter.Fields)} }}"))} ]";

    private static string Mapping(IReadOnlyList<DescribedField> fields)
    {
        var text = new StringBuilder();
        foreach (DescribedField field in fields)
        {
            if (field.Value is not DescribedValue.Flag { Value: false })
            {
                text.Append(text.Length == 0 ? "{ " : ", ").Append(field.Name).Append(": ").Append(Value(field.Value));
            }
        }

        return text.Length == 0 ? "{}" : text.Append(" }").ToString();
    }

    private static string Value(DescribedValue value) => value switch
    {
        DescribedValue.Flag => "true",
        DescribedValue.Number number => $"{number.Value}",
        DescribedValue.Registry registry => registry.Name ?? $"{registry.Value}",
        DescribedValue.Address address => address.Value.ToString(),
        DescribedValue.Octets octets => octets.Hex,
        DescribedValue.List list => $"[{string.Join(", ", list.Items.Select(Number))}]",
        DescribedValue.Nested nested => Mapping(nested.Block.Fields),
        _ => string.Empty,
    };

    /// <summary>A list is one of numbers in the notation, also where a registry names some of them.</summary>
    private static string Number(DescribedValue item) => item is DescribedValue.Registry registry ? $"{registry.Value}" : Value(item);
}
