using System.Text.Json;
using MobikeX.Cli.Decoding;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Cli.Scenarios;

/// <summary>What came of a scenario, as one JSON object.</summary>
internal static class ScenarioJson
{
    public static void Write(Utf8JsonWriter json, ScenarioRun run)
    {
        json.WriteStartObject();
        json.WriteString("file", run.Scenario.Path);
        json.WriteString("scenario", run.Scenario.Title);
        json.WriteBoolean("holds", run.Holds);
        json.WriteStartArray("steps");
        foreach (StepRun step in run.Steps)
        {
            WriteStep(json, step);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteStep(Utf8JsonWriter json, StepRun run)
    {
        json.WriteStartObject();
        json.WriteNumber("step", run.Step.Number);
        json.WriteNumber("line", run.Step.Line);
        json.WriteNumber("time", run.End.TotalSeconds);
        json.WriteStartArray("messages");
        foreach (ScenarioMessage message in run.Messages)
        {
            WriteMessage(json, message, run);
        }

        json.WriteEndArray();
        WriteEvents(json, run.Told);
        json.WriteString("sadOf", Role(run.View));
        WriteSad(json, "before", run.Before);
        WriteSad(json, "after", run.After);
        json.WriteStartObject("negotiation");
        json.WriteString("initiator", run.Negotiated.InitiatorState);
        json.WriteString("responder", run.Negotiated.ResponderState);
        WriteVersion(json, "initiatorVersion", run.Negotiated.InitiatorVersion);
        WriteVersion(json, "responderVersion", run.Negotiated.ResponderVersion);
        json.WriteEndObject();
        json.WriteStartArray("differences");
        foreach (Difference difference in run.Differences)
        {
            json.WriteStartObject();
            json.WriteNumber("line", difference.Line);
            json.WriteNumber("column", difference.Column);
            json.WriteString("subject", difference.Subject);
            json.WriteString("expected", difference.Expected);
            json.WriteString("got", difference.Got);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void WriteEvents(Utf8JsonWriter json, IReadOnlyList<ScenarioTold> events)
    {
        json.WriteStartArray("events");
        foreach (ScenarioTold told in events)
        {
            json.WriteStartObject();
            json.WriteString("peer", Role(told.Peer));
            json.WriteString("event", told.Kind);
            WriteOptional(json, "sa", told.Sa);
            WriteOptional(json, "address", told.Address?.ToString());
            WriteOptional(json, "details", told.Details);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMessage(Utf8JsonWriter json, ScenarioMessage message, StepRun run)
    {
        json.WriteStartObject();
        json.WriteNumber("number", message.Number);
        json.WriteNumber("time", message.Time.TotalSeconds);
        json.WriteString("sender", Role(message.Sender));
        json.WriteString("exchange", message.Exchange.Name());
        json.WriteBoolean("response", message.IsResponse);
        json.WriteNumber("messageId", message.MessageId);
        json.WriteString("source", message.Packet.Source.ToString());
        json.WriteString("destination", message.Packet.Destination.ToString());
        json.WriteBoolean("lost", message.Lost);
        json.WriteString("hex", Hex.ToText(message.Payloads));
        var problems = new List<Problem>();
        DecodedJson.WritePayloads(json, NotifyText.Decode(message.Payloads, message.First, run.Version, problems));
        DecodedJson.WriteProblems(json, problems);
        json.WriteEndObject();
    }

    public static void WriteSad(Utf8JsonWriter json, string name, SadState sad)
    {
        json.WriteStartObject(name);
        foreach (SaState sa in sad.Sas)
        {
            json.WriteStartObject(sa.Name);
            json.WriteBoolean("closed", sa.IsClosed);
            WriteAddresses(json, "initiator", sa.Initiator);
            WriteAddresses(json, "responder", sa.Responder);
            WriteAddresses(json, "inner", sa.Inner);
            WriteOptional(json, "mode", sa.Mode);
            if (sad.Alternates.TryGetValue(sa.Name, out AlternateState? alternates))
            {
                WriteAddresses(json, "alternates", alternates.Usable);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteAddresses(Utf8JsonWriter json, string name, IReadOnlyList<IpAddress> addresses)
    {
        json.WriteStartArray(name);
        foreach (IpAddress address in addresses)
        {
            json.WriteStringValue(address.ToString());
        }

        json.WriteEndArray();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteVersion(Utf8JsonWriter json, string name, int version)
    {
        if (version == 0)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteNumber(name, version);
        }
    }

    public static string Role(PeerRole role) => role == PeerRole.Initiator ? "initiator" : "responder";
}
