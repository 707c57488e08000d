using System.Text.Json;
using MobikeX.Cli.Demo;
using MobikeX.Cli.Scenarios;
using MobikeX.Cli.Terminal;

namespace MobikeX.Cli.Tests;

/// <summary><c>mobikex demo</c>: two peers that speak IKEv2 over UDP on loopback, from the first keys to Delete.</summary>
public sealed class DemoTests : IDisposable
{
    private static readonly string[] Titles =
    [
        "Negotiation", "CHECK", "UPDATE of one selected SA", "ADD", "REMOVE", "A refused address", "New keys", "Alternates", "Deactivation", "Delete",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mobikex-demo");

    public void Dispose() => _folder.Delete(recursive: true);

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
                "The network", "all but the first two messages are sealed", "192.0.2.1", "127.0.0.1:",
                "1. Negotiation", "IKE_SA_INIT request 0", "in clear", "KE", "IKE_SA_INIT response 0", "in clear",
                "IKE_AUTH request 1", "sealed", "IDi", "AUTH", "MOBIKE_SUPPORTED", "VERSION", "IKE_AUTH response 1", "sealed", "MOBIKE_SUPPORTED",
                "CREATE_CHILD_SA request 2", "established: ike1", "established: c2", "MOBIKE-X_SUPPORTED",
                "2. CHECK", "SELECTOR", "SPI", "UPDATE_SA_ADDRESSES", "check, old, header, address 192.0.2.1", "accepted",
                "3. UPDATE of one selected SA", "Initiator 192.0.2.1 ──▶ 203.0.113.1", "new, header, address 198.51.100.7", "198.51.100.7 ↔ 203.0.113.1",
                "4. ADD", "ADD_SA_ADDRESS", "no notify: all is well", "198.51.100.7, 198.51.100.20 ↔ 203.0.113.1",
                "5. REMOVE", "REMOVE_SA_ADDRESS", "198.51.100.20 ↔ 203.0.113.1",
                "6. A refused address", "address 10.9.9.9", "UNACCEPTABLE_ADDRESS", "address 198.51.100.7",
                "7. New keys", "Initiator 198.51.100.7 ──▶ 203.0.113.1", "CREATE_CHILD_SA", "rekeyed: ike1",
                "8. Alternates", "ADDITIONAL_IP_ADDRESS", "preference 200", "198.51.100.20, 192.0.2.1",
                "9. Deactivation", "MOBIKE_UNSUPPORTED_VERSION", "NONE", "MOBIKE_UNSUPPORTED",
                "10. Delete", "ended: ike1 (deleted by the peer)",
                "done: 10 acts, 28 messages, 26 of them sealed by IKEv2 with aes256gcm16-prfsha256-x25519",
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
        Assert.Equal("aes256gcm16-prfsha256-x25519", root.GetProperty("algorithms").GetString());
        JsonElement[] acts = [.. root.GetProperty("acts").EnumerateArray()];
        Assert.Equal(Titles, acts.Select(act => act.GetProperty("title").GetString()));
        Assert.All(acts, act => Assert.True(act.GetProperty("peersAgree").GetBoolean(), act.ToString()));
        Assert.All(acts, act => Assert.All(Messages(act), message => Assert.Equal(0, message.GetProperty("problems").GetArrayLength())));

        Assert.Equal(["198.51.100.7"], Initiator(acts[2], "after", "c1"));
        Assert.Equal(["192.0.2.1"], Initiator(acts[2], "after", "c2"));
        Assert.Equal(["192.0.2.1"], Initiator(acts[1], "after", "c1"));
        Assert.Equal("MOBIKE_UNSUPPORTED", acts[8].GetProperty("responder").GetString());
        Assert.Empty(acts[0].GetProperty("before").EnumerateObject());
        Assert.Empty(acts[9].GetProperty("after").EnumerateObject());
    }

    [Fact]
    public void A_refused_address_changes_nothing_and_the_next_candidate_is_tried()
    {
        using JsonDocument demo = JsonDocument.Parse(ToolRun.Of("demo", "--json").Output);
        JsonElement act = demo.RootElement.GetProperty("acts")[5];
        JsonElement[] messages = [.. Messages(act)];
        Assert.Equal([false, true, false, true], messages.Select(message => message.GetProperty("response").GetBoolean()));
        Assert.Contains("UNACCEPTABLE_ADDRESS", Names(messages[1]));
        Assert.DoesNotContain("UNACCEPTABLE_ADDRESS", Names(messages[3]));
        Assert.Equal(["198.51.100.7"], Initiator(act, "after", "ike1"));
    }

    [Fact]
    public void Who_reads_the_datagrams_sees_no_notify_of_a_sealed_message()
    {
        using JsonDocument demo = JsonDocument.Parse(ToolRun.Of("demo", "--json").Output);
        JsonElement[] messages = [.. demo.RootElement.GetProperty("acts").EnumerateArray().SelectMany(Messages)];
        Assert.Equal(["IKE_SA_INIT", "IKE_SA_INIT"], messages.Where(message => !message.GetProperty("sealed").GetBoolean()).Select(message => message.GetProperty("exchange").GetString()));
        int notifies = 0;
        foreach (JsonElement message in messages.Where(message => message.GetProperty("sealed").GetBoolean()))
        {
            string clear = message.GetProperty("hex").GetString()!;
            string[] wire = [.. message.GetProperty("datagrams").EnumerateArray().Select(datagram => datagram.GetString()!)];
            Assert.NotEmpty(wire);
            JsonElement[] payloads = [.. message.GetProperty("payloads").EnumerateArray()];
            for (int i = 0; i < payloads.Length; i++)
            {
                // Without the octet that names the next payload: it would differ by where the payload stands.
                int start = payloads[i].GetProperty("offset").GetInt32() + 1;
                int end = i + 1 < payloads.Length ? payloads[i + 1].GetProperty("offset").GetInt32() : clear.Length / 2;
                string octets = clear[(2 * start)..(2 * end)];
                Assert.All(wire, datagram => Assert.DoesNotContain(octets, datagram, StringComparison.Ordinal));
                notifies++;
            }
        }

        Assert.True(notifies > 20, $"{notifies}");
    }

    [Fact]
    public void The_capture_has_what_was_sent_and_the_key_log_is_the_owners_alone()
    {
        string capture = Path.Combine(_folder.FullName, "demo.pcap"), keys = Path.Combine(_folder.FullName, "keys");
        ToolRun run = ToolRun.Of("demo", "--json", "--pcap", capture, "--keylog", keys);
        Assert.Equal(0, run.ExitCode);
        using JsonDocument demo = JsonDocument.Parse(run.Output);
        JsonElement[] sent = [.. demo.RootElement.GetProperty("acts").EnumerateArray().SelectMany(Messages)];
        using JsonDocument decoded = JsonDocument.Parse(ToolRun.Of("decode", "--file", capture, "--json").Output);
        Assert.Equal(0, decoded.RootElement.GetProperty("problems").GetArrayLength());
        JsonElement[] seen = [.. decoded.RootElement.GetProperty("messages").EnumerateArray()];
        Assert.Equal(sent.Select(message => message.GetProperty("messageId").GetInt32()), seen.Select(message => message.GetProperty("messageId").GetInt32()));
        Assert.Equal("192.0.2.1:500", seen[0].GetProperty("source").GetString());
        Assert.Equal("203.0.113.1:4500", seen[2].GetProperty("destination").GetString());
        Assert.All(seen.Skip(2), message => Assert.Equal(["SK"], Names(message)));

        // One line for the first IKE_SA and one for the rekeyed, each with the SPI that the capture shows.
        string[] lines = File.ReadAllLines(keys);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith(seen[2].GetProperty("initiatorSpi").GetString()!, lines[0], StringComparison.Ordinal);
        Assert.StartsWith(seen[^1].GetProperty("initiatorSpi").GetString()!, lines[1], StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(keys));
        }
    }

    [Fact]
    public void A_key_log_that_others_can_read_is_refused_and_nothing_is_played()
    {
        string keys = Path.Combine(_folder.FullName, "keys");
        File.WriteAllText(keys, string.Empty);
        File.SetUnixFileMode(keys, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        ToolRun run = ToolRun.Of("demo", "--keylog", keys);
        Assert.Equal(ExitCode.Wrong, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains("open to others than its owner", run.Error, StringComparison.Ordinal);
        Assert.Empty(File.ReadAllText(keys));
    }

    [Fact]
    public void A_request_that_is_not_answered_ends_the_story_and_is_exit_code_1()
    {
        using var output = new StringWriter();
        using var network = new DemoNetwork();

        // A socket that is connected takes what comes from there, and nothing else.
        DemoInterface deaf = network.Interfaces.Single(static each => each.Peer == PeerRole.Responder);
        deaf.Ike.Connect(DemoInterface.EndPoint(deaf.Nat));

        int exitCode = DemoCommand.Play(new ToolConsole(Stream.Null, output, output, terminal: false), json: true, DemoSpec.Load(), network, keyLog: null, capture: null);

        Assert.Equal(ExitCode.No, exitCode);
        using JsonDocument demo = JsonDocument.Parse(output.ToString());
        Assert.False(demo.RootElement.GetProperty("completed").GetBoolean());
        Assert.Equal(Titles[0], Assert.Single(demo.RootElement.GetProperty("acts").EnumerateArray()).GetProperty("title").GetString());
    }

    private static IEnumerable<JsonElement> Messages(JsonElement act) => act.GetProperty("messages").EnumerateArray();

    private static IEnumerable<string?> Names(JsonElement message) => message.GetProperty("payloads").EnumerateArray().Select(payload => payload.GetProperty("name").GetString());

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
