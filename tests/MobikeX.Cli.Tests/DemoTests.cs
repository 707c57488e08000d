using System.Text.Json;

namespace MobikeX.Cli.Tests;

/// <summary><c>mobikex demo</c>: two peers over UDP on loopback, from the negotiation to the deactivation.</summary>
public sealed class DemoTests
{
    private static readonly string[] Titles =
    [
        "Negotiation", "CHECK", "UPDATE of one selected SA", "ADD", "REMOVE", "A refused address", "Alternates", "Deactivation",
    ];

    [Fact]
    public void The_timeline_tells_the_story_in_order_and_in_plain_text()
    {
        ToolRun run = ToolRun.Of("demo");
        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.DoesNotContain('\u001b', run.Output);
        AssertInOrder(
            run.Output,
            [
                "The specification", "C# files", "UNEXPECTED_PAYLOAD_AFTER_SELECTOR", "The IP parameter", "+-+-+-+",
                "The network", "nothing is encrypted", "192.0.2.1", "127.0.0.1:",
                "1. Negotiation", "IKE_AUTH request 0", "MOBIKE_SUPPORTED", "VERSION", "IKE_AUTH response 0", "MOBIKE_SUPPORTED",
                "2. CHECK", "SELECTOR", "SPI", "UPDATE_SA_ADDRESSES", "check, old, header, address 192.0.2.1", "no notify: all is well",
                "3. UPDATE of one selected SA", "Initiator 198.51.100.7 ──▶ 203.0.113.1", "new, header, address 198.51.100.7", "198.51.100.7 ↔ 203.0.113.1",
                "4. ADD", "ADD_SA_ADDRESS", "198.51.100.7, 198.51.100.20 ↔ 203.0.113.1",
                "5. REMOVE", "REMOVE_SA_ADDRESS", "198.51.100.20 ↔ 203.0.113.1",
                "6. A refused address", "address 10.9.9.9", "UNACCEPTABLE_ADDRESS", "address 198.51.100.7",
                "7. Alternates", "ADDITIONAL_IP_ADDRESS", "preference 200", "198.51.100.20, 192.0.2.1",
                "8. Deactivation", "MOBIKE_UNSUPPORTED_VERSION", "NONE",
                "done: 8 acts",
            ]);
    }

    [Fact]
    public void JSON_holds_every_message_and_the_SAD_around_it()
    {
        ToolRun run = ToolRun.Of("demo", "--json");
        Assert.Equal(0, run.ExitCode);
        using JsonDocument demo = JsonDocument.Parse(run.Output);
        JsonElement root = demo.RootElement;
        Assert.True(root.GetProperty("completed").GetBoolean());
        Assert.False(root.GetProperty("sealed").GetBoolean());
        JsonElement[] acts = [.. root.GetProperty("acts").EnumerateArray()];
        Assert.Equal(Titles, acts.Select(act => act.GetProperty("title").GetString()));
        Assert.All(acts, act => Assert.True(act.GetProperty("peersAgree").GetBoolean(), act.ToString()));
        Assert.All(acts, act => Assert.All(Messages(act), message => Assert.Equal(0, message.GetProperty("problems").GetArrayLength())));

        Assert.Equal(["198.51.100.7"], Initiator(acts[2], "after", "c1"));
        Assert.Equal(["192.0.2.1"], Initiator(acts[2], "after", "c2"));
        Assert.Equal(["192.0.2.1"], Initiator(acts[1], "after", "c1"));
        Assert.Equal("MOBIKE_UNSUPPORTED", acts[7].GetProperty("responder").GetString());
    }

    [Fact]
    public void A_refused_address_changes_nothing_and_the_next_candidate_is_tried()
    {
        using JsonDocument demo = JsonDocument.Parse(ToolRun.Of("demo", "--json").Output);
        JsonElement act = demo.RootElement.GetProperty("acts")[5];
        JsonElement[] messages = [.. Messages(act)];
        Assert.Equal([false, true, false, true], messages.Select(message => message.GetProperty("response").GetBoolean()));
        Assert.Equal("UNACCEPTABLE_ADDRESS", messages[1].GetProperty("payloads")[0].GetProperty("name").GetString());
        Assert.Equal(0, messages[3].GetProperty("payloads").GetArrayLength());
        Assert.Equal(["198.51.100.7"], Initiator(act, "after", "ike1"));
    }

    private static IEnumerable<JsonElement> Messages(JsonElement act) => act.GetProperty("messages").EnumerateArray();

    private static IEnumerable<string?> Initiator(JsonElement act, string when, string sa) =>
        act.GetProperty(when).GetProperty(sa).GetProperty("initiator").EnumerateArray().Select(address => address.GetString());

    private static void AssertInOrder(string text, string[] parts)
    {
        int at = 0;
        foreach (string part in parts)
        {
            int found = text.IndexOf(part, at, StringComparison.Ordinal);
            Assert.True(found >= 0, $"'{part}' is missing behind:\n{text[..at]}\n-----\n{text[at..]}");
            at = found + part.Length;
        }
    }
}
