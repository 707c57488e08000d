using System.Reflection;
using MobikeX.Generators.Syntax;
using MobikeX.Tests;

namespace MobikeX.Generators.Tests;

/// <summary>A choice of the errata is changed in the YAML alone: numbers, octets, names, docs and answers follow, and what a Responder built anew does.</summary>
public class ChangedChoiceTests
{
    /// <summary>What is asked of the generated code, in C#, since spans do not pass through reflection.</summary>
    private const string Probe = """
        using System;
        using MobikeX.Engine;
        using MobikeX.Engine.Memory;
        using MobikeX.Protocol;
        using MobikeX.Protocol.Ikev2;
        using MobikeX.Runtime;

        public static class Probe
        {
            public static string AddCode() => ((ushort)AddSaAddressNotify.Type).ToString();

            public static string NameOf(ushort type) => MobikeX.Protocol.NotifyDispatcher.NameOf((NotifyType)type) ?? "none";

            public static string Write(string address)
            {
                byte[] octets = new byte[64];
                new IpParameter(IpAddress.Parse(address), header: true).TryWrite(octets, out int written, out _);
                return Convert.ToHexString(octets, 0, written);
            }

            public static string Read(string octets) =>
                IpParameter.TryRead(Convert.FromHexString(octets), out IpParameter ip, out _, out WireFailure failure) ? ip.ToString() : failure.ToString();

            public static string Answer()
            {
                AddSaAddressNotify.TryRead(new byte[] { 255 }, out _, out WireFailure failure);
                return failure.Reaction + " " + failure.Answer;
            }

            /// <summary>What a Responder answers to a request, and the addresses that its tunnel then has for the Initiator.</summary>
            public static string Request(string chain) =>
                Handle(chain, static ike => new MobikeXResponder(ike, new ResponderOptions()), static (ike, tunnel) => tunnel.Initiator);

            /// <summary>What an Initiator answers to a request, and the addresses that its tunnel then has for itself.</summary>
            public static string RequestOfResponder(string chain) =>
                Handle(chain, static ike => new MobikeXInitiator(ike, new InitiatorOptions()), static (ike, tunnel) => tunnel.Initiator);

            /// <summary>What a Responder answers to a request, and the addresses that its IKE_SA then has for the Initiator.</summary>
            public static string RequestAboutIkeSa(string chain) =>
                Handle(chain, static ike => new MobikeXResponder(ike, new ResponderOptions()), static (ike, tunnel) => ike.Initiator);

            private static string Handle(string chain, Func<IkeSa, MobikeXEngine> create, Func<IkeSa, ChildSa, AddressSet> result)
            {
                AddressSet home = new(IpAddress.Parse("192.0.2.1"));
                AddressSet gateway = new(IpAddress.Parse("203.0.113.1"));
                IkeSa ike = new(1, "mn@example.org", "psk", home, gateway) { Version = MobikeVersion.MobikeX };
                ChildSa tunnel = new(ike, 1, IpsecProto.Esp, IpsecMode.Tunnel, home, gateway);
                MemoryIpsecBackend backend = new();
                backend.Add(ike);
                backend.Add(tunnel);
                MobikeXEngine engine = create(ike);
                PacketAddresses packet = new(home[0], 4500, gateway[0], 4500);
                engine.HandleRequest(
                    new ReceivedMessage(ExchangeType.Informational, 1, PayloadType.Notify, Convert.FromHexString(chain), packet), default, backend);
                EngineDriver.Run(engine, backend, default);
                return engine.TryPollTransmit(out Transmit response) ? Convert.ToHexString(response.Payloads.Span) + " " + result(ike, tunnel) : "nothing";
            }
        }
        """;

    /// <summary>What the build adds to the projects.</summary>
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        """;

    /// <summary>An ADD_SA_ADDRESS of 198.51.100.7, whose critical flag is set, as the draft's tables number it.</summary>
    private const string Add = "00800010" + "0000A003" + "03220000C6336407";

    private const string Added = " [192.0.2.1, 198.51.100.7]";
    private const string NotAdded = " [192.0.2.1]";

    [Fact]
    public void As_chosen()
    {
        Ask probe = Chosen.Value;

        Assert.Equal("40963", probe("AddCode"));
        Assert.Equal("ADD_SA_ADDRESS", probe("NameOf", (ushort)40963));
        Assert.Equal("03220000C0000201", probe("Write", "192.0.2.1"));
        Assert.Equal("IP(header, 192.0.2.1)", probe("Read", "03220000C0000201"));
        Assert.Equal("UNACCEPTABLE_PARAMETER 8194", probe("Answer"));
        Assert.Equal(Added, probe("Request", Add));
    }

    [Fact]
    public void The_ip_version_flipped_E03()
    {
        Ask probe = Compile(
            ("IPv6: { value: 0, doc: An address of 16 octets. }", "IPv6: { value: 1, doc: An address of 16 octets. }"),
            ("IPv4: { value: 1, doc: An address of 4 octets. }", "IPv4: { value: 0, doc: An address of 4 octets. }"),
            ("choice: The table, 0 for IPv6 and 1 for IPv4.", "choice: The prose, 0 for IPv4 and 1 for IPv6."));

        Assert.Equal("03020000C0000201", probe("Write", "192.0.2.1"));
        Assert.Equal("IP(header, 192.0.2.1)", probe("Read", "03020000C0000201"));
        Assert.Equal("0322000020010DB8000000000000000000000001", probe("Write", "2001:db8::1"));
        Assert.Equal(Added, probe("Request", Add.Replace("0322", "0302", StringComparison.Ordinal)));
        Assert.Equal("0000000800002002" + NotAdded, probe("Request", Add));
    }

    [Fact]
    public void The_docs_follow_E03()
    {
        SpecCompilation compilation = SpecCompiler.Compile(Sources(("choice: The table, 0 for IPv6 and 1 for IPv4.", "choice: The prose, 0 for IPv4 and 1 for IPv6.")));

        string ip = compilation.Files.Single(file => file.HintName == "MobikeX.Protocol.IpParameter.g.cs").Text;
        Assert.Contains("The prose, 0 for IPv4 and 1 for IPv6.", ip, StringComparison.Ordinal);
    }

    [Fact]
    public void The_code_of_ADD_SA_ADDRESS_moved_E01()
    {
        Ask probe = Compile(("code: 40963", "code: 40999"));

        Assert.Equal("40999", probe("AddCode"));
        Assert.Equal("ADD_SA_ADDRESS", probe("NameOf", (ushort)40999));
        Assert.Equal("none", probe("NameOf", (ushort)40963));
        Assert.Equal(Added, probe("Request", Add.Replace("A003", "A027", StringComparison.Ordinal)));

        // 41 is the type of the Notify payload.
        Assert.Equal("000000090000000129" + NotAdded, probe("Request", Add));
    }

    [Fact]
    public void Another_answer_to_parameters_at_fault_E14()
    {
        Ask probe = Compile(("answer: UNACCEPTABLE_PARAMETER", "answer: UNMATCHED_SELECTOR_SET"));

        Assert.Equal("UNMATCHED_SELECTOR_SET 8196", probe("Answer"));
        Assert.Equal("0000000800002004" + NotAdded, probe("Request", Add.Replace("0322", "0362", StringComparison.Ordinal)));
    }

    [Fact]
    public void Actions_by_either_peer_E41()
    {
        const string Adds = "action: add, default-selection: child-sas, ike-sa: skipped, selector-set: uses, sender: ";

        Assert.Equal("0000000800002002" + NotAdded, Chosen.Value("RequestOfResponder", Add));
        Assert.Equal(Added, Compile((Adds + "initiator", Adds + "either"))("RequestOfResponder", Add));
    }

    [Fact]
    public void Another_default_selection_E19()
    {
        const string Updates = "action: update, default-selection: ";
        string update = Add.Replace("A003", "4010", StringComparison.Ordinal).Replace("0322", "0326", StringComparison.Ordinal);

        Assert.Equal(" [198.51.100.7]", Chosen.Value("RequestAboutIkeSa", update));
        Ask probe = Compile((Updates + "ike-sa-and-child-sas", Updates + "child-sas"));
        Assert.Equal(" [192.0.2.1]", probe("RequestAboutIkeSa", update));
        Assert.Equal(" [198.51.100.7]", probe("Request", update));
    }

    /// <summary>Two ADD_SA_ADDRESS behind a SELECTOR that matches nothing: the second is answered as the first, unless the first ends the SELECTOR_SET.</summary>
    [Fact]
    public void An_action_that_ends_its_selector_set_E22()
    {
        const string Adds = "action: add, default-selection: child-sas, ike-sa: skipped, selector-set: uses, sender: ";
        const string Selector = "2980000C" + "0000A001" + "04020000";
        string request = Selector + Add.Replace("0080", "2980", StringComparison.Ordinal) + Add;

        Assert.Equal("2900000800002004" + "0000000800002004" + NotAdded, Chosen.Value("Request", request));
        Assert.Equal("0000000800002004" + Added, Compile((Adds, Adds.Replace("uses", "ends", StringComparison.Ordinal)))("Request", request));
        Assert.Equal("0000000800002004" + Added, Compile((Adds, Adds.Replace("selector-set: uses, ", string.Empty, StringComparison.Ordinal)))("Request", request));
    }

    /// <summary>A MOBIKE_UNSUPPORTED_VERSION that names nothing, but has an ID.</summary>
    [Fact]
    public void An_answer_without_the_ID_E35()
    {
        const string Echoes = "answer: UNACCEPTABLE_PARAMETER\n    echo-id: ";
        const string Malformed = "0080000C" + "00002000" + "07000007";

        Assert.Equal("0000000C00002002" + "07000007" + NotAdded, Chosen.Value("Request", Malformed));
        Assert.Equal("0000000800002002" + NotAdded, Compile((Echoes + "true", Echoes + "false"))("Request", Malformed));
    }

    [Fact]
    public void An_answer_without_the_payload_type_E25()
    {
        const string Echoes = "    echo-payload-type: true\n";
        string unknown = Add.Replace("A003", "A027", StringComparison.Ordinal);

        Assert.Equal("000000090000000129" + NotAdded, Chosen.Value("Request", unknown));
        Assert.Equal("0000000800000001" + NotAdded, Compile((Echoes, string.Empty))("Request", unknown));
    }

    private delegate string Ask(string method, params object[] arguments);

    /// <summary>What is generated and built of the specs as they are, that each flip is held against.</summary>
    private static readonly Lazy<Ask> Chosen = new(() => Compile());

    private static Ask Compile(params (string Old, string New)[] edits)
    {
        byte[] image = CompiledSpec.Emit(SpecCompiler.Compile(Sources(edits)), [Probe, ImplicitUsings, .. SourcesOf("MobikeX.Protocol"), .. SourcesOf("MobikeX.Engine")]);
        Type probe = Assembly.Load(image).GetType("Probe")!;
        return (method, arguments) => (string)probe.GetMethod(method)!.Invoke(null, arguments)!;
    }

    /// <summary>What is written by hand of a project of <c>src/</c>.</summary>
    private static IEnumerable<string> SourcesOf(string project)
    {
        string root = Path.Combine(Repository.Root, "src", project);
        string built = Path.Combine(root, "obj");
        return Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.StartsWith(built, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText);
    }

    private static IReadOnlyList<SpecFile> Sources(params (string Old, string New)[] edits)
    {
        IReadOnlyList<SpecFile> files = SpecSources.Repository;
        foreach ((string old, string replacement) in edits)
        {
            Assert.Equal(1, files.Count(file => file.Text.Contains(old, StringComparison.Ordinal)));
            files = [.. files.Select(file => file with { Text = file.Text.Replace(old, replacement, StringComparison.Ordinal) })];
        }

        return files;
    }
}
