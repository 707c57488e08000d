using System.Text.Json;
using MobikeX.Cli.Decoding;
using MobikeX.Cli.Scenarios;
using MobikeX.Ike;
using MobikeX.Runtime;

namespace MobikeX.Cli.Demo;

/// <summary>The demo as one JSON object.</summary>
internal static class DemoJson
{
    public static void Write(Utf8JsonWriter json, DemoSpec spec, IReadOnlyList<DemoInterface> interfaces, IReadOnlyList<DemoAct> acts)
    {
        json.WriteStartObject();
        WriteSpec(json, spec);
        json.WriteString("algorithms", acts.Select(act => act.Algorithms).FirstOrDefault(algorithms => algorithms is not null));
        json.WriteStartArray("interfaces");
        foreach (DemoInterface each in interfaces)
        {
            json.WriteStartObject();
            json.WriteString("peer", ScenarioJson.Role(each.Peer));
            json.WriteString("name", each.Name);
            json.WriteString("address", each.Address.ToString());
            json.WriteString("socket", DemoInterface.EndPoint(each.Ike).ToString());
            json.WriteString("natSocket", DemoInterface.EndPoint(each.Nat).ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("acts");
        foreach (DemoAct act in acts)
        {
            WriteAct(json, act);
        }

        json.WriteEndArray();
        json.WriteBoolean("completed", acts.All(act => act.Completed));
        json.WriteEndObject();
    }

    private static void WriteSpec(Utf8JsonWriter json, DemoSpec spec)
    {
        json.WriteStartObject("spec");
        json.WriteString("path", spec.Path);
        json.WriteNumber("files", spec.ReadFiles);
        json.WriteNumber("generatedFiles", spec.GeneratedFiles);
        json.WriteNumber("generatedLines", spec.GeneratedLines);
        json.WriteStartArray("specs");
        foreach (DemoSpecPart part in spec.Parts)
        {
            json.WriteStartObject();
            json.WriteString("name", part.Name);
            json.WriteString("title", part.Title);
            json.WriteString("document", part.Document);
            json.WriteNumber("registries", part.Registries);
            json.WriteNumber("structs", part.Structs);
            json.WriteNumber("parameters", part.Parameters);
            json.WriteStartArray("notifies");
            foreach (string notify in part.Notifies)
            {
                json.WriteStringValue(notify);
            }

            json.WriteEndArray();
            json.WriteNumber("machines", part.Machines);
            json.WriteNumber("states", part.States);
            json.WriteNumber("errata", part.Errata);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteAct(Utf8JsonWriter json, DemoAct act)
    {
        json.WriteStartObject();
        json.WriteString("title", act.Title);
        json.WriteString("about", act.About);
        json.WriteStartArray("messages");
        foreach (DemoMessage message in act.Messages)
        {
            json.WriteStartObject();
            json.WriteNumber("milliseconds", Math.Round(message.Time.TotalMilliseconds, 3));
            json.WriteString("sender", ScenarioJson.Role(message.Sender));
            json.WriteString("exchange", IkeNames.Of(message.Exchange));
            json.WriteBoolean("response", message.IsResponse);
            json.WriteNumber("messageId", message.MessageId);
            json.WriteString("source", message.Packet.Source.ToString());
            json.WriteString("destination", message.Packet.Destination.ToString());
            json.WriteBoolean("sealed", message.IsSealed);
            json.WriteStartArray("datagrams");
            foreach (DemoWire wire in message.Wire)
            {
                json.WriteStringValue(Hex.ToText(wire.Datagram));
            }

            json.WriteEndArray();
            json.WriteNumber("firstPayload", (byte)message.Payloads.First);
            json.WriteString("hex", Hex.ToText(message.Payloads.Chain.Span));
            var problems = new List<Problem>();
            DecodedJson.WritePayloads(json, NotifyText.Decode(message.Payloads.Chain.Span, message.Payloads.First, act.Version, problems));
            DecodedJson.WriteProblems(json, problems);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        ScenarioJson.WriteEvents(json, act.Told);
        ScenarioJson.WriteSad(json, "before", act.Before);
        ScenarioJson.WriteSad(json, "after", act.After);
        json.WriteBoolean("peersAgree", act.PeersAgree);
        json.WriteString("initiator", act.InitiatorState);
        json.WriteString("responder", act.ResponderState);
        json.WriteBoolean("completed", act.Completed);
        json.WriteEndObject();
    }
}
