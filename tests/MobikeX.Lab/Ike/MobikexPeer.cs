using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using MobikeX.Lab.Network;

namespace MobikeX.Lab.Ike;

/// <summary>Our own daemon, <c>mobikex run</c>, asked at its control socket.</summary>
internal sealed class MobikexPeer(LabConnection connection, LabIkeEnd local, LabIkeEnd remote, string log) : IkePeer(local, log)
{
    private const string ControlSocket = "mobikex.sock", Keys = "keys";
    private const int AnswerPatience = 60_000;

    private static readonly string NativeProgram = Path.Combine(AppContext.BaseDirectory, "native", "mobikex"), ManagedProgram = Path.Combine(AppContext.BaseDirectory, "mobikex.dll");

    public override string Product => "mobikex";

    public override string UpdateWord => "UPDATE_SA_ADDRESSES";

    /// <summary>Which program the daemon is, since its figures are another's where it is compiled while it runs.</summary>
    public static string Kind => IsNative ? "the native program" : "the program that is compiled while it runs";

    /// <summary>A native program that is older than what was built is another one.</summary>
    private static bool IsNative => File.Exists(NativeProgram) && File.GetLastWriteTimeUtc(NativeProgram) >= File.GetLastWriteTimeUtc(ManagedProgram);

    /// <summary>Whether it knows where the other end is; otherwise the other end may be anywhere.</summary>
    public bool IsMobile { get; init; }

    /// <summary>Whether it checks a new address of the other end before traffic goes there.</summary>
    public bool ChecksReturn { get; init; } = true;

    /// <summary>Further keys of its CHILD_SAs, as they stand in its configuration.</summary>
    public string ChildKeys { get; init; } = "rekey-time: 0s";

    /// <summary>A further key of its connection, as it stands in its configuration.</summary>
    public string ConnectionKey { get; init; } = "fragmentation: true";

    /// <summary>The keys of its SAs, as Wireshark reads them: a line for each IKE_SA.</summary>
    public string KeyLog => File.ReadAllText($"{Folder}/{Keys}");

    public override void Initiate() => Ask("up");

    public override void RekeyChild() => Ask("rekey", ("spi", (string)Ask("list")["sas"]![0]!["children"]![0]!["localSpi"]!));

    public override void RekeyIke() => Ask("rekey");

    public override void Terminate() => Ask("down");

    /// <summary>Asks for something that must be done.</summary>
    public JsonNode Ask(string command, params (string Name, JsonNode Value)[] members)
    {
        JsonNode answer = AskAnything(command, members);
        Assert.True((string?)answer["outcome"] == "done", $"{command}: {answer.ToJsonString()}");
        return answer;
    }

    /// <summary>Asks for something that is to be refused, and gives back why it was.</summary>
    public string AskInVain(string command, params (string Name, JsonNode Value)[] members)
    {
        JsonNode answer = AskAnything(command, members);
        Assert.True((string?)answer["outcome"] == "no", $"{command}: {answer.ToJsonString()}");
        return (string)answer["reason"]!;
    }

    /// <summary>Calls <c>mobikex</c> as its users do; it must succeed.</summary>
    public string Call(params string[] arguments)
    {
        (string program, string[] whole) = Program([.. arguments, "--socket", $"{Folder}/{ControlSocket}"]);
        return Command.Run(program, whole);
    }

    protected override (string Program, string[] Arguments) Prepare()
    {
        string authentication = $"psk: \"{LabConnection.SharedKey}\"", own = string.Empty, trusted = string.Empty;
        if (connection.Certificates is { } certificates)
        {
            using X509Certificate2 certificate = certificates.Issue(Local.Identity);
            Write("authority.pem", certificates.AuthorityPem);
            Write("host.pem", certificate.ExportCertificatePem());
            Write("host.key.pem", LabCertificates.KeyPem(certificate));
            authentication = "unique: initial-contact";
            own = ", certificate: host.pem, key: host.key.pem";
            trusted = ", authorities: [authority.pem]";
        }

        string transport = $"{{ mode: transport, local: [dynamic], remote: [dynamic], proposals: [{connection.ChildAlgorithms}], {ChildKeys} }}";
        string child = connection.IsTunnel ? $"{{ mode: tunnel, local: [{Local.Selector}], remote: [{remote.Selector}], proposals: [{connection.ChildAlgorithms}], {ChildKeys} }}" : transport;
        string children = $"{LabConnection.Child}: {child}" + (connection.AddsTransport ? $", {LabConnection.TransportChild}: {transport}" : string.Empty);
        Write("mobikex.yaml", $$"""
            control-socket: /run/{{ControlSocket}}
            retransmission: { tries: {{Tries}} }
            fragment-size: {{connection.FragmentSize}}
            {{(connection.WantsCookie && !IsMobile ? "limits: { cookie-threshold: 0 }" : "")}}
            connections:
              {{LabConnection.Name}}:
                {{authentication}}
                local: { addresses: [{{string.Join(", ", Local.Addresses)}}], id: {{Local.Identity}}{{own}} }
                remote: { addresses: [{{(IsMobile ? remote.Address : string.Empty)}}], id: {{remote.Identity}}{{trusted}} }
                proposals: [{{connection.IkeAlgorithms}}]
                children: { {{children}} }
                mobike: { versions: {{connection.Versions}}, follow: {{(connection.Follows ? "true" : "false")}}, accepted-addresses: [{{connection.AcceptedAddresses}}], return-routability: {{(ChecksReturn ? "before-moving" : "none")}} }
                liveness: {{connection.LivenessSeconds}}s
                {{ConnectionKey}}
                {{(connection.Pool is not { } pool ? "" : IsMobile ? "request-address: ipv4" : $"pools: [{pool}]")}}

            """);
        return Program("run", "--config", "/run/mobikex.yaml", "--keylog", $"/run/{Keys}");
    }

    protected override bool IsReady() => LogSinceStart().Contains("mobikex runs", StringComparison.Ordinal);

    protected override void Configure()
    {
    }

    /// <summary>A call of <c>mobikex</c>: the native program where there is one, as its users have it.</summary>
    private static (string Program, string[] Arguments) Program(params string[] arguments) =>
        IsNative ? (NativeProgram, arguments) : (Environment.ProcessPath!, [ManagedProgram, .. arguments]);

    private JsonNode AskAnything(string command, (string Name, JsonNode Value)[] members)
    {
        var request = new JsonObject { ["command"] = command };
        if (command != "list")
        {
            request["connection"] = LabConnection.Name;
        }

        foreach ((string name, JsonNode value) in members)
        {
            request[name] = value;
        }

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = AnswerPatience };
        socket.Connect(new UnixDomainSocketEndPoint($"{Folder}/{ControlSocket}"));
        using var stream = new NetworkStream(socket);
        stream.Write(Encoding.UTF8.GetBytes(request.ToJsonString() + "\n"));
        using var reader = new StreamReader(stream);
        string line = reader.ReadLine() ?? string.Empty;
        return JsonNode.Parse(line) ?? throw new InvalidOperationException($"{command}: {line}");
    }
}
