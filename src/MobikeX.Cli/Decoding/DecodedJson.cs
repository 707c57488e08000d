using System.Text.Json;
using MobikeX.Cli.Notation;

namespace MobikeX.Cli.Decoding;

/// <summary>What was decoded, as JSON.</summary>
internal static class DecodedJson
{
    internal static void WriteChain(Utf8JsonWriter json, IReadOnlyList<DecodedPayload> payloads, IReadOnlyList<Problem> problems)
    {
        json.WriteStartObject();
        WritePayloads(json, payloads);
        WriteProblems(json, problems);
        json.WriteEndObject();
    }

    internal static void WriteCapture(Utf8JsonWriter json, IReadOnlyList<DecodedMessage> messages, IReadOnlyList<Problem> problems)
    {
        json.WriteStartObject();
        json.WriteStartArray("messages");
        foreach (DecodedMessage message in messages)
        {
            json.WriteStartObject();
            json.WriteNumber("packet", message.Packet);
            json.WriteNumber("offset", message.Offset);
            json.WriteString("source", message.Source.ToString());
            json.WriteString("destination", message.Destination.ToString());
            json.WriteString("exchange", message.Exchange);
            json.WriteBoolean("response", message.Response);
            json.WriteNumber("messageId", message.MessageId);
            json.WriteString("initiatorSpi", message.InitiatorSpi.ToString("x16"));
            json.WriteString("responderSpi", message.ResponderSpi.ToString("x16"));
            WritePayloads(json, message.Payloads);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteProblems(json, problems);
        json.WriteEndObject();
    }

    internal static void WritePayloads(Utf8JsonWriter json, IReadOnlyList<DecodedPayload> payloads)
    {
        json.WriteStartArray("payloads");
        foreach (DecodedPayload payload in payloads)
        {
            json.WriteStartObject();
            json.WriteNumber("offset", payload.Offset);
            switch (payload)
            {
                case DecodedPayload.Notify notify:
                    WriteNotify(json, notify);
                    break;
                case DecodedPayload.Other other:
                    json.WriteNumber("payload", other.Type);
                    json.WriteString("name", other.Name);
                    json.WriteBoolean("critical", other.Critical);
                    json.WriteNumber("length", other.Length);
                    if (other.Fields is not null)
                    {
                        NotationJson.WriteFields(json, other.Fields);
                    }

                    break;
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNotify(Utf8JsonWriter json, DecodedPayload.Notify notify)
    {
        json.WriteNumber("code", notify.Code);
        json.WriteString("name", notify.Name);
        json.WriteBoolean("critical", notify.Critical);
        if (notify.Spi is not null)
        {
            json.WriteString("spi", notify.Spi);
        }

        NotationJson.WriteParameters(json, notify.Parameters);
        if (notify.Fields is not null)
        {
            NotationJson.WriteFields(json, notify.Fields);
        }

        if (notify.Data is not null)
        {
            json.WriteString("data", notify.Data);
        }
    }

    internal static void WriteProblems(Utf8JsonWriter json, IReadOnlyList<Problem> problems)
    {
        json.WriteStartArray("problems");
        foreach (Problem problem in problems)
        {
            json.WriteStartObject();
            json.WriteNumber("offset", problem.Offset);
            json.WriteString("path", problem.Path);
            json.WriteString("reason", problem.Reason);
            json.WriteString("reaction", problem.Reaction);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
