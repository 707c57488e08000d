using System.Text.Json;

namespace MobikeX.Cli.Notation;

/// <summary>The notation as JSON, with the field names and values of a scenario file.</summary>
internal static class NotationJson
{
    internal static void WriteParameters(Utf8JsonWriter json, IReadOnlyList<DescribedBlock> parameters)
    {
        json.WriteStartArray("parameters");
        foreach (DescribedBlock parameter in parameters)
        {
            json.WriteStartObject();
            json.WriteNumber("offset", parameter.Offset);
            json.WriteString("name", parameter.Name);
            WriteFields(json, parameter.Fields);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    internal static void WriteFields(Utf8JsonWriter json, IReadOnlyList<DescribedField> fields)
    {
        json.WriteStartObject("fields");
        WriteMembers(json, fields);
        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, IReadOnlyList<DescribedField> fields)
    {
        foreach (DescribedField field in fields)
        {
            json.WritePropertyName(field.Name);
            WriteValue(json, field.Value);
        }
    }

    private static void WriteValue(Utf8JsonWriter json, DescribedValue value)
    {
        switch (value)
        {
            case DescribedValue.Flag flag:
                json.WriteBooleanValue(flag.Value);
                break;
            case DescribedValue.Number number:
                json.WriteNumberValue(number.Value);
                break;
            case DescribedValue.Registry { Name: { } name }:
                json.WriteStringValue(name);
                break;
            case DescribedValue.Registry unnamed:
                json.WriteNumberValue(unnamed.Value);
                break;
            case DescribedValue.Address address:
                json.WriteStringValue(address.Value.ToString());
                break;
            case DescribedValue.Octets octets:
                json.WriteStringValue(octets.Hex);
                break;
            case DescribedValue.List list:
                json.WriteStartArray();
                foreach (DescribedValue item in list.Items)
                {
                    // A list is one of numbers in the notation, also where a registry names some of them.
                    WriteValue(json, item is DescribedValue.Registry named ? named with { Name = null } : item);
                }

                json.WriteEndArray();
                break;
            case DescribedValue.Nested nested:
                json.WriteStartObject();
                WriteMembers(json, nested.Block.Fields);
                json.WriteEndObject();
                break;
        }
    }
}
