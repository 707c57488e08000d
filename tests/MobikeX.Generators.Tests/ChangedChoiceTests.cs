using System.Reflection;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Tests;

/// <summary>A choice of the errata is changed in the YAML alone: numbers, octets, names, docs and answers follow.</summary>
public class ChangedChoiceTests
{
    /// <summary>What is asked of the generated code, in C#, since spans do not pass through reflection.</summary>
    private const string Probe = """
        using System;
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
        }
        """;

    [Fact]
    public void As_chosen()
    {
        Ask probe = Compile();

        Assert.Equal("40963", probe("AddCode"));
        Assert.Equal("ADD_SA_ADDRESS", probe("NameOf", (ushort)40963));
        Assert.Equal("03220000C0000201", probe("Write", "192.0.2.1"));
        Assert.Equal("IP(header, 192.0.2.1)", probe("Read", "03220000C0000201"));
        Assert.Equal("UNACCEPTABLE_PARAMETER 8194", probe("Answer"));
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
    }

    [Fact]
    public void Another_answer_to_parameters_at_fault_E14()
    {
        Ask probe = Compile(("answer: UNACCEPTABLE_PARAMETER", "answer: UNMATCHED_SELECTOR_SET"));

        Assert.Equal("UNMATCHED_SELECTOR_SET 8196", probe("Answer"));
    }

    private delegate string Ask(string method, params object[] arguments);

    private static Ask Compile(params (string Old, string New)[] edits)
    {
        byte[] image = CompiledSpec.Emit(SpecCompiler.Compile(Sources(edits)), Probe);
        Type probe = Assembly.Load(image).GetType("Probe")!;
        return (method, arguments) => (string)probe.GetMethod(method)!.Invoke(null, arguments)!;
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
