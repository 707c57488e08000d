using System.Net.Sockets;
using System.Text;
using CsCheck;
using MobikeX.Cli.Run.Control;
using MobikeX.Engine;
using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Cli.Tests;

/// <summary>The socket that a daemon is commanded by: who may open it, what comes over it, and what is made of hostile lines.</summary>
public sealed class ControlSocketTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mobikex-control");
    private readonly CancellationTokenSource _stop = new();

    private string Path => System.IO.Path.Combine(_folder.FullName, "s");

    public void Dispose()
    {
        _stop.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void It_belongs_to_its_user_alone_and_is_gone_in_the_end()
    {
        using (ControlSocket.Open(Path))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        }

        Assert.False(File.Exists(Path));
    }

    [Fact]
    public void A_daemon_that_is_there_is_not_replaced()
    {
        using ControlSocket first = ControlSocket.Open(Path);
        Assert.Contains("another daemon listens there", Assert.Throws<IOException>(() => ControlSocket.Open(Path)).Message, StringComparison.Ordinal);
        Assert.True(File.Exists(Path));
    }

    [Fact]
    public void The_socket_of_a_daemon_that_is_no_more_is_replaced()
    {
        using (var abandoned = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            abandoned.Bind(new UnixDomainSocketEndPoint(Path + "x"));
            File.Move(Path + "x", Path);
        }

        Assert.True(File.Exists(Path));
        using ControlSocket next = ControlSocket.Open(Path);
        Assert.True(File.Exists(Path));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("")]
    public void A_file_that_is_no_socket_is_left_alone(string text)
    {
        File.WriteAllText(Path, text);
        Assert.Throws<IOException>(() => ControlSocket.Open(Path));
        Assert.Equal(text, File.ReadAllText(Path));
    }

    [Fact]
    public async Task Requests_are_answered_one_after_the_other()
    {
        await Serve(async client =>
        {
            var lines = new LineSocket(client);
            await client.SendAsync(Encoding.UTF8.GetBytes("{\"command\":\"list\"}\n{\"command\":\"up\",\"connection\":\"road\"}\n"));
            Assert.Equal("{\"outcome\":\"done\",\"sas\":[]}", await Line(lines));
            Assert.Equal("{\"outcome\":\"no\",\"reason\":\"road\"}", await Line(lines));
        });
    }

    [Fact]
    public async Task What_is_no_request_is_answered_as_wrong()
    {
        await Serve(async client =>
        {
            var lines = new LineSocket(client);
            foreach (string line in (string[])["x", "[]", "{\"command\":\"lst\"}", "{\"command\":\"up\"}", "{\"command\":\"list\",\"command\":\"list\"}"])
            {
                await client.SendAsync(Encoding.UTF8.GetBytes(line + "\n"));
                Assert.StartsWith("{\"outcome\":\"wrong\"", await Line(lines), StringComparison.Ordinal);
            }
        });
    }

    [Fact]
    public async Task A_line_without_an_end_closes_the_connection()
    {
        await Serve(async client =>
        {
            byte[] octets = new byte[LineSocket.LongestRequest + 1];
            Array.Fill(octets, (byte)' ');
            await client.SendAsync(octets);
            await Assert.ThrowsAnyAsync<Exception>(async () => Assert.NotEqual(0, await client.ReceiveAsync(new byte[1]).WaitAsync(Patience)));
        });
    }

    [Fact]
    public async Task A_client_is_told_where_no_daemon_is()
    {
        IOException fault = await Assert.ThrowsAsync<IOException>(() => ControlClient.AskAsync(Path, static _ => { }, CancellationToken.None));
        Assert.StartsWith($"no daemon answers at {Path}", fault.Message, StringComparison.Ordinal);
        ToolRun run = ToolRun.Of("up", "road", "--socket", Path);
        Assert.Equal(ExitCode.Denied, run.ExitCode);
        Assert.StartsWith("mobikex: no daemon answers", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_outcome_is_the_exit_code()
    {
        using ControlSocket socket = ControlSocket.Open(Path);
        Task serving = socket.RunAsync(Answer, _stop.Token);
        Assert.Equal(ExitCode.No, ToolRun.Of("up", "road", "--socket", Path).ExitCode);
        Assert.Equal(ExitCode.Fine, ToolRun.Of("down", "road", "--socket", Path).ExitCode);
        Assert.Equal(ExitCode.Wrong, ToolRun.Of("rekey", "road", "--socket", Path).ExitCode);
        ToolRun json = ToolRun.Of("up", "road", "--json", "--socket", Path);
        Assert.Equal(ExitCode.No, json.ExitCode);
        Assert.Equal("{\"outcome\":\"no\",\"reason\":\"road\"}\n", json.Output);
        Assert.Equal("{\"outcome\":\"done\",\"sas\":[]}\n", ToolRun.Of("sa", "list", "--json", "--socket", Path).Output);
        await _stop.CancelAsync();
        await serving.WaitAsync(Patience);
    }

    [Theory]
    [InlineData("address", "update", "198.51.100.7", "--old", "192.0.2")]
    [InlineData("address", "add", "x")]
    [InlineData("address", "remove", "198.51.100.7", "--select", "spi=1")]
    [InlineData("address", "check", "update", "198.51.100.7", "--select", "mod=Tunnel")]
    [InlineData("alternates", "offer", "198.51.100.7,preference=256")]
    [InlineData("rekey", "road", "--child", "x")]
    [InlineData("down")]
    public void A_wrong_call_is_refused_before_a_daemon_is_asked(params string[] call)
    {
        ToolRun run = ToolRun.Of([.. call, "--socket", Path]);
        Assert.Equal(ExitCode.Wrong, run.ExitCode);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void An_action_is_read_with_its_selectors()
    {
        ActionRequest request = Assert.IsType<ActionRequest>(Read(
            "{\"command\":\"update\",\"address\":\"198.51.100.7\",\"old\":\"192.0.2.1\",\"selectors\":[\"spi=c1000001\",\"mode=Tunnel,proto=ESP\",\"value=ALL_IKE_SA\"],\"check\":true,\"wait\":2.5}"));
        Assert.Equal(ActionTrait.Update, request.Action);
        Assert.Equal(IpAddress.Parse("198.51.100.7"), request.Command.Address);
        Assert.Equal(IpAddress.Parse("192.0.2.1"), request.Command.Old);
        Assert.Equal(AddressPlaces.Header, request.Command.Places);
        Assert.True(request.Command.Check);
        Assert.Equal(TimeSpan.FromSeconds(2.5), request.Wait);
        Assert.Equal(
            [new SaSelector { ChildSpi = 0xc1000001 }, new SaSelector { Mode = IpsecMode.Tunnel, Protocol = IpsecProto.Esp }, new SaSelector { Value = SelectorValue.AllIkeSa }],
            request.Command.Selectors);
    }

    [Theory]
    [InlineData("{\"command\":\"update\"}", "'address' is missing")]
    [InlineData("{\"command\":\"add\",\"selectors\":[]}", "'address' is missing")]
    [InlineData("{\"command\":\"remove\",\"check\":true}", "'address' is missing")]
    [InlineData("{\"command\":\"offer\",\"connection\":\"road\"}", "'alternates' is missing")]
    public void What_is_left_out_does_not_mean_everything(string line, string fault)
    {
        Assert.Null(ControlRequestReader.Read(Encoding.UTF8.GetBytes(line), out string found));
        Assert.Equal(fault, found);
    }

    [Fact]
    public async Task An_offer_of_none_is_said_in_so_many_words()
    {
        ControlRequest? asked = null;
        using ControlSocket socket = ControlSocket.Open(Path);
        Task serving = socket.RunAsync((request, _) => Task.FromResult((asked = request) is null ? ControlAnswer.No("nothing") : ControlAnswer.Done), _stop.Token);
        Assert.Equal(ExitCode.Fine, ToolRun.Of("alternates", "offer", "--socket", Path).ExitCode);
        Assert.Empty(Assert.IsType<OfferRequest>(asked).Alternates);
        await _stop.CancelAsync();
        await serving.WaitAsync(Patience);
    }

    [Theory]
    [InlineData(ExitCode.No)]
    [InlineData(ExitCode.Wrong)]
    public async Task A_list_that_is_refused_is_no_list_of_none(int code)
    {
        using ControlSocket socket = ControlSocket.Open(Path);
        Task serving = socket.RunAsync((_, _) => Task.FromResult(code == ExitCode.No ? ControlAnswer.No("not now") : ControlAnswer.Wrong("not now")), _stop.Token);
        ToolRun run = ToolRun.Of("sa", "list", "--socket", Path);
        Assert.Equal((code, string.Empty, "mobikex: not now\n"), (run.ExitCode, run.Output, run.Error));
        await _stop.CancelAsync();
        await serving.WaitAsync(Patience);
    }

    [Fact]
    public void Alternates_are_read_with_what_is_said_of_them()
    {
        OfferRequest request = Assert.IsType<OfferRequest>(Read(
            "{\"command\":\"offer\",\"connection\":\"road\",\"alternates\":[\"198.51.100.7\",\"2001:db8::7,preference=10,class=CoA,reachability=REACHABLE,start=1,life=60,check\"]}"));
        Assert.Equal("road", request.Connection);
        Assert.Null(request.Alternates[0].Information);
        Assert.False(request.Alternates[0].Check);
        Assert.True(request.Alternates[1].Check);
        Assert.Equal(new MultihomingInformation(10, AddressClass.CareOfAddress, Reachability.Reachable, 1, 60), request.Alternates[1].Information);
    }

    [Fact]
    public void No_line_of_octets_is_answered_by_an_exception() =>
        Gen.Byte.Array.Sample(static line => Assert.NotEqual(ControlRequestReader.Read(line, out string fault) is null, fault.Length == 0));

    [Fact]
    public void No_line_of_words_is_answered_by_an_exception()
    {
        string[] words = ["\"address\"", "\"selectors\"", "\"\\ud800\"", "{", "}", "[", "]", ":", ",", "\"check\"", "true", "1e999", "null", "\"spi=\"", "\"wait\""];
        Gen.Int[0, words.Length - 1].Array.Sample(numbers =>
        {
            byte[] line = Encoding.UTF8.GetBytes("{\"command\":\"update\"," + string.Concat(numbers.Select(number => words[number])) + "}");
            Assert.NotEqual(ControlRequestReader.Read(line, out string fault) is null, fault.Length == 0);
        });
    }

    [Fact]
    public void Half_a_character_is_no_text() => Assert.Null(ControlRequestReader.Read("{\"command\":\"up\",\"connection\":\"\\ud800\"}"u8.ToArray(), out _));

    private static ControlRequest? Read(string line)
    {
        ControlRequest? request = ControlRequestReader.Read(Encoding.UTF8.GetBytes(line), out string fault);
        Assert.Empty(fault);
        return request;
    }

    private static Task<ControlAnswer> Answer(ControlRequest request, CancellationToken stop) => Task.FromResult(request switch
    {
        ListRequest => new ControlAnswer(ControlOutcome.Done, Sas: []),
        UpRequest up => ControlAnswer.No(up.Connection),
        DownRequest => ControlAnswer.Done,
        _ => ControlAnswer.Wrong("what is this"),
    });

    private async Task Serve(Func<Socket, Task> talk)
    {
        using ControlSocket socket = ControlSocket.Open(Path);
        Task serving = socket.RunAsync(Answer, _stop.Token);
        using (var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            await client.ConnectAsync(new UnixDomainSocketEndPoint(Path));
            await talk(client);
        }

        await _stop.CancelAsync();
        await serving.WaitAsync(Patience);
    }

    private static async Task<string> Line(LineSocket lines)
    {
        byte[]? line = await lines.ReadLineAsync(LineSocket.LongestAnswer, CancellationToken.None).WaitAsync(Patience);
        return Encoding.UTF8.GetString(line!);
    }
}
