using System.Text;
using System.Text.Json;
using MobikeX.Cli.Kernel;
using MobikeX.Engine;
using MobikeX.Protocol;
using MobikeX.Runtime;
using MobikeX.Xfrm;

namespace MobikeX.Cli.Tests;

/// <summary>The SAs of the kernel, in pairs; what the kernel under the tests has and allows is not known, so that pairing is shown on SAs that were never in one.</summary>
public sealed class SaCommandTests
{
    private static readonly IpAddress Home = IpAddress.Parse("192.0.2.1"), Away = IpAddress.Parse("198.51.100.7"), Gateway = IpAddress.Parse("203.0.113.1");

    [Fact]
    public void A_list_is_printed_or_one_line_says_what_is_missing()
    {
        ToolRun run = ToolRun.Of("sa", "list");
        if (run.ExitCode == ExitCode.Fine)
        {
            Assert.Contains("of SAs", run.Output, StringComparison.Ordinal);
            return;
        }

        Assert.Equal(ExitCode.Denied, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Equal(1, run.Error.Count(static c => c == '\n'));
    }

    [Fact]
    public void The_exit_code_of_what_the_system_denies_is_documented()
    {
        Assert.Contains("3 the system does not allow it", ToolRun.Of("--help").Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("CAP_NET_ADMIN", ToolRun.Of("sa", "list", "--help").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_word_after_sa_is_explained_by_the_help_of_sa()
    {
        ToolRun run = ToolRun.Of("sa", "lst");
        Assert.Equal(ExitCode.Wrong, run.ExitCode);
        Assert.Contains("'lst' is not known here; did you mean 'list'?", run.Error, StringComparison.Ordinal);
        Assert.Contains("try 'mobikex sa --help'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void SAs_of_one_request_ID_are_a_pair_with_a_set_of_addresses_at_each_end()
    {
        KernelSa pair = Assert.Single(Pair(
            Sa(Home, Gateway, 0xc2000001, 7),
            Sa(Gateway, Home, 0xc1000001, 7),
            Sa(Gateway, Away, 0xc1000001, 7)));
        Assert.Equal(0xc1000001u, pair.Inbound);
        Assert.Equal(0xc2000001u, pair.Outbound);
        Assert.Equal(IpsecMode.Tunnel, pair.Mode);
        Assert.Equal([Home, Away], pair.Local);
        Assert.Equal([Gateway], pair.Remote);
        Assert.Equal(["10.0.0.2/32"], pair.LocalSelectors);
        Assert.Equal(["10.1.0.0/16"], pair.RemoteSelectors);
    }

    [Fact]
    public void SAs_whose_pair_is_not_told_stand_alone()
    {
        IReadOnlyList<KernelSa> sas = Pair(Sa(Home, Gateway, 1000, 0), Sa(Gateway, Home, 1001, 0));
        Assert.Equal([(1001u, null), (null, 1000u)], sas.Select(static sa => (sa.Inbound, sa.Outbound)).OrderByDescending(static sa => sa.Inbound.HasValue));
    }

    [Fact]
    public void Json_and_table_have_no_keys()
    {
        IReadOnlyList<KernelSa> sas = Pair(Sa(Home, Gateway, 0xc2000001, 7), Sa(Gateway, Home, 0xc1000001, 7));
        using var octets = new MemoryStream();
        using (var json = new Utf8JsonWriter(octets))
        {
            KernelSaOutput.Write(json, sas, "net:[1]");
        }

        string text = Encoding.UTF8.GetString(octets.ToArray());
        using JsonDocument document = JsonDocument.Parse(text);
        JsonElement sa = document.RootElement.GetProperty("sas")[0];
        Assert.Equal("c1000001", sa.GetProperty("inboundSpi").GetString());
        Assert.Equal("ESP", sa.GetProperty("protocol").GetString());
        Assert.Equal("rfc4106(gcm(aes))", sa.GetProperty("algorithms").GetString());
        Assert.DoesNotContain("5a5a", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("90,90", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_is_one_line()
    {
        var told = new XfrmSaEvent(XfrmSaEventKind.Added, new XfrmSaKey(Gateway, 0xc2000001, XfrmProtocol.Esp), Home, XfrmMode.Tunnel, 7);
        Assert.Equal("added ESP c2000001 192.0.2.1 → 203.0.113.1 Tunnel request ID 7", KernelSaOutput.Line(told));
        Assert.Equal("lost", KernelSaOutput.Line(new XfrmSaEvent(XfrmSaEventKind.Lost, default, default, default, 0)));
    }

    private static IReadOnlyList<KernelSa> Pair(params XfrmSa[] sas)
    {
        XfrmSelector selector = XfrmSelector.Between(new AddressPrefix(IpAddress.Parse("10.0.0.2"), 32), new AddressPrefix(IpAddress.Parse("10.1.0.0"), 16));
        XfrmPolicy policy = XfrmPolicy.Create(new XfrmPolicyKey(selector, XfrmDirection.Out), new XfrmTemplate(XfrmProtocol.Esp, XfrmMode.Tunnel, 7, Home, Gateway));
        return KernelSaPairing.Pair(sas, [policy], [Home, Away]);
    }

    private static XfrmSa Sa(IpAddress source, IpAddress destination, uint spi, uint requestId)
    {
        using var key = new XfrmAlgorithm("rfc4106(gcm(aes))", [.. Enumerable.Repeat((byte)0x5a, 20)], 128);
        return XfrmSa.From(new XfrmSaDefinition { Source = source, Destination = destination, Spi = spi, Mode = XfrmMode.Tunnel, RequestId = requestId, Aead = key });
    }
}
