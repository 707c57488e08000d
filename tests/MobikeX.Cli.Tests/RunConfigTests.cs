using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Logging;
using MobikeX.Cli.Run.Configuration;
using MobikeX.Cli.Yaml;
using MobikeX.Engine;
using MobikeX.Ike;
using MobikeX.Ike.Authentication;
using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Cli.Tests;

/// <summary>The configuration of <c>mobikex run</c>: what is read, and what is said of what is wrong.</summary>
public sealed class RunConfigTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mobikex-config");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_is_left_out_is_what_the_endpoint_has_by_default()
    {
        using DaemonConfig config = Read(SmallConfig.Text);
        IkeConnectionOptions road = Assert.Single(config.Ike.Connections);
        Assert.Equal("/run/mobikex.sock", config.ControlSocket);
        Assert.Equal(LogFormat.Text, config.LogFormat);
        Assert.Equal(LogLevel.Information, config.LogLevel);
        Assert.Empty(config.Started);
        Assert.Equal(new IkeOptions().RetransmitTries, config.Ike.RetransmitTries);
        Assert.Equal("road", road.Name);
        Assert.Equal("mn@example.org", road.LocalIdentity);
        Assert.Null(road.RemoteIdentity);
        Assert.Equal([IpAddress.Parse("203.0.113.1")], road.RemoteAddresses);
        Assert.Equal(500, road.RemotePort);
        Assert.IsType<PresharedKey>(road.LocalCredential);
        Assert.IsType<PresharedKey>(road.RemoteCredential);
        Assert.Equal(IkeProposal.Default, road.Proposals);
        Assert.True(road.Fragmentation);
        Assert.Equal(Uniqueness.InitialContact, road.Uniqueness);
        Assert.Equal("net", Assert.Single(road.Children).Name);
    }

    [Fact]
    public void Everything_that_can_be_written_is_read()
    {
        using DaemonConfig config = Read(RunConfigSchemaTests.Full);
        IkeConnectionOptions road = Assert.Single(config.Ike.Connections);
        Assert.Null(config.ControlSocket);
        Assert.Equal(LogFormat.Json, config.LogFormat);
        Assert.Equal(LogLevel.Debug, config.LogLevel);
        Assert.Equal(["road"], config.Started);
        Assert.Equal(TimeSpan.FromSeconds(10), config.Ike.KeepaliveInterval);
        Assert.Equal(1400, config.Ike.FragmentSize);
        Assert.Equal(TimeSpan.FromMilliseconds(500), config.Ike.RetransmitAfter);
        Assert.Equal(1.5, config.Ike.RetransmitFactor);
        Assert.Equal(4, config.Ike.RetransmitTries);
        Assert.Equal((8, 64, 4, 3), (config.Ike.CookieThreshold, config.Ike.HalfOpenLimit, config.Ike.HalfOpenPerSource, config.Ike.EstablishedPerIdentity));
        Assert.Equal([IpAddress.Parse("192.0.2.1"), IpAddress.Parse("2001:db8::1")], road.LocalAddresses);
        Assert.Equal("gw.example.org", road.RemoteIdentity);
        Assert.Equal(4500, road.RemotePort);
        Assert.True(AddressPrefix.TryParse("203.0.113.0/24", out AddressPrefix accepted));
        Assert.Equal([accepted], road.AcceptedFrom);
        Assert.Equal("aes256gcm16-prfsha384-ecp384", Assert.Single(road.Proposals).ToString());
        Assert.True(road.RequestIPv4Address);
        Assert.False(road.RequestIPv6Address);
        Assert.Single(road.Pools);
        Assert.Equal([MobikeVersion.Mobike], road.Mobility.Versions);
        Assert.Equal(ReturnRoutability.AfterMoving, road.Mobility.ReturnRoutability);
        Assert.True(road.Mobility.ProhibitsNats);
        Assert.Equal(TimeSpan.FromMinutes(10), road.Mobility.ResponderPatience);
        Assert.False(road.Mobility.Follows);
        Assert.False(road.Mobility.OffersAddresses);
        Assert.True(road.Mobility.AcceptsAddress(IpAddress.Parse("198.51.100.7")));
        Assert.False(road.Mobility.AcceptsAddress(IpAddress.Parse("192.0.2.9")));
        Assert.Equal(TimeSpan.Zero, road.LivenessInterval);
        Assert.Equal(TimeSpan.FromSeconds(2), road.RekeyTime);
        Assert.Equal(TimeSpan.FromDays(1), road.LifeTime);
        Assert.False(road.Fragmentation);
        Assert.True(road.ForceUdpEncapsulation);
        Assert.Equal(Uniqueness.Replace, road.Uniqueness);
        ChildOptions child = Assert.Single(road.Children);
        Assert.True(child.Transport);
        Assert.Equal(["dynamic[6/80]"], child.Local.Select(each => each.ToString()));
        Assert.Equal(2, child.Remote.Count);
        Assert.Equal("aes128gcm16-x25519-esn", Assert.Single(child.Proposals).ToString());
        Assert.Equal(TimeSpan.FromSeconds(2), child.RekeyTime);
        Assert.Equal(TimeSpan.FromDays(1), child.LifeTime);
        Assert.Equal((3UL, 4_000_000_000_000UL), (child.RekeyOctets, child.LifeOctets));
        Assert.Equal((2UL, 100_000UL), (child.RekeyPackets, child.LifePackets));
        Assert.Equal(7u, child.RequestId);
    }

    [Fact]
    public void Certificates_are_read_from_files_beside_the_configuration()
    {
        WriteCertificates();
        using DaemonConfig config = Read("""
            connections:
              road:
                local: { id: mn.example.org, certificate: mn.pem, key: mn.key.pem }
                remote: { authorities: [ca.pem] }
                children: { net: {} }
            """);
        IkeConnectionOptions road = Assert.Single(config.Ike.Connections);
        OwnCertificate own = Assert.IsType<OwnCertificate>(road.LocalCredential);
        Assert.Equal("CN=mn.example.org", own.Certificate.Subject);
        Assert.True(own.Certificate.HasPrivateKey);
        Assert.IsType<TrustAnchors>(road.RemoteCredential);
    }

    [Fact]
    public void Lists_of_revoked_certificates_are_those_of_the_authorities_and_in_date()
    {
        WriteCertificates();
        using X509Certificate2 authority = Authority(), other = Authority();
        byte[] list = List(authority, DateTimeOffset.UtcNow.AddHours(1));
        Write("ca.pem", Encoding.ASCII.GetBytes(authority.ExportCertificatePem()));
        Write("der.crl", list);
        Write("pem.crl", Encoding.ASCII.GetBytes(PemEncoding.WriteString("X509 CRL", list)));
        Write("late.crl", List(authority, DateTimeOffset.UtcNow.AddMinutes(-1)));
        Write("other.crl", List(other, DateTimeOffset.UtcNow.AddHours(1)));

        using (DaemonConfig config = Read(Text("[der.crl, pem.crl]")))
        {
            Assert.IsType<TrustAnchors>(Assert.Single(config.Ike.Connections).RemoteCredential);
            Assert.DoesNotContain(config.Warnings, static warning => warning.Contains("CRL", StringComparison.Ordinal));
        }

        using (DaemonConfig config = Read(Text("late.crl")))
        {
            Assert.Single(config.Warnings, static warning => warning.Contains("the CRL of CN=ca is out of date since", StringComparison.Ordinal));
        }

        Assert.Contains("4:44: The CRL of CN=ca is not signed by it", Fault(Text("other.crl")), StringComparison.Ordinal);
        Assert.Contains("4:44: there is no X509 CRL among what is in PEM", Fault(Text("ca.pem")), StringComparison.Ordinal);
        Assert.Matches("4:44: .*none.crl: no such file", Fault(Text("none.crl")));
        Assert.Contains("4:44: crls is empty", Fault(Text("[]")), StringComparison.Ordinal);

        void Write(string name, byte[] octets) => File.WriteAllBytes(Path.Combine(_folder.FullName, name), octets);

        string Fault(string text)
        {
            Assert.Null(ConfigReader.Read(Path.Combine(_folder.FullName, "mobikex.yaml"), text, out IReadOnlyList<Fault> faults));
            return string.Join('\n', faults);
        }

        static string Text(string crls) => $$"""
            connections:
              road:
                local: { id: mn.example.org, certificate: mn.pem, key: mn.key.pem }
                remote: { authorities: [ca.pem], crls: {{crls}} }
                children: { net: {} }
            """;

        static X509Certificate2 Authority()
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest("CN=ca", key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
            request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
            return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        }

        static byte[] List(X509Certificate2 authority, DateTimeOffset until) =>
            new CertificateRevocationListBuilder().Build(authority, 1, until, HashAlgorithmName.SHA256, thisUpdate: DateTimeOffset.UtcNow.AddHours(-1));
    }

    [Fact]
    public void A_secret_that_others_can_read_is_a_warning()
    {
        string path = Path.Combine(_folder.FullName, "mobikex.yaml");
        File.WriteAllText(path, SmallConfig.Text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        using (DaemonConfig config = ConfigReader.Load(path))
        {
            Assert.Equal($"{path}:3:10: {path} holds a secret and is open to others than its owner", Assert.Single(config.Warnings));
        }

        File.SetUnixFileMode(path, UnixFileMode.UserRead);
        using DaemonConfig closed = ConfigReader.Load(path);
        Assert.Empty(closed.Warnings);
    }

    [Theory]
    [InlineData("psk: secret", "pks: secret", "3:5: connection 'road' has no key 'pks'; did you mean 'psk'?")]
    [InlineData("psk: secret", "psk-file: none.key", "3:15: none.key: no such file")]
    [InlineData("psk: secret", "psk: ''", "3:10: the pre-shared key is empty")]
    [InlineData("psk: secret", "start: true\n    psk: secret\n    psk-file: x", "5:15: psk-file stands beside psk")]
    [InlineData("psk: secret", "liveness: 1", "4:12: local needs 'certificate' and 'key', or the connection 'psk' or 'psk-file'")]
    [InlineData("id: mn@example.org", "addresses: []", "4:12: local needs 'id'")]
    [InlineData("id: mn@example.org", "id: mn@example.org, key: x", "4:39: key has no certificate beside it")]
    [InlineData("addresses: 203.0.113.1", "addresses: 203.0.113.300", "5:26: an IPv4 or IPv6 address is expected, found '203.0.113.300'")]
    [InlineData("addresses: 203.0.113.1", "authorities: []", "5:28: authorities is empty")]
    [InlineData("addresses: 203.0.113.1", "authorities: ca.pem", "5:28: ca.pem: no such file")]
    [InlineData("addresses: 203.0.113.1", "crls: ca.crl", "5:21: crls has no authorities beside it")]
    [InlineData("psk: secret", "psk: secret\n    proposals: aes256gcm61", "4:16: ")]
    [InlineData("psk: secret", "psk: secret\n    mobike: { versions: [1, 3] }", "4:29: a version of MOBIKE is a number from 1 to 2, found '3'")]
    [InlineData("psk: secret", "psk: secret\n    mobike: { return-routability: before }", "4:35: 'before' is no time of the return routability check")]
    [InlineData("psk: secret", "psk: secret\n    rekey-time: soon", "4:17: a duration such as 30s, 500ms or 2m is expected, found 'soon'")]
    [InlineData("psk: secret", "psk: secret\n    life-time: 3h", "4:16: life-time is less than rekey-time, which is 14400s")]
    [InlineData("psk: secret", "psk: secret\n    rekey-time: 2h\n    life-time: 119m", "5:16: life-time is less than rekey-time, which is 7200s")]
    [InlineData("remote: 10.1.0.0/16", "life-time: 59m", "6:35: life-time is less than rekey-time, which is 3600s")]
    [InlineData("psk: secret", "psk: secret\n    request-address: ipv5", "4:22: 'ipv5' is no family of addresses; did you mean 'ipv4'?")]
    [InlineData("remote: 10.1.0.0/16", "remote: 10.1.0.0/33", "6:32: ")]
    [InlineData("remote: 10.1.0.0/16", "mode: tunel", "6:30: 'tunel' is no mode of a CHILD_SA; did you mean 'tunnel'?")]
    [InlineData("remote: 10.1.0.0/16", "rekey-bytes: 4G", "6:37: rekey-bytes is a number from 0 to 9007199254740991, found '4G'")]
    [InlineData("remote: 10.1.0.0/16", "rekey-packets: 9, life-packets: 8", "6:39: rekey-packets is not more than life-packets")]
    [InlineData("{ net: { remote: 10.1.0.0/16 } }", "{}", "6:15: children is a mapping of names to CHILD_SAs")]
    [InlineData("connections:", "log: xml\nconnections:", "1:6: 'xml' is no format of the log")]
    [InlineData("connections:", "retransmission: { factor: 0.5 }\nconnections:", "1:27: factor is a number from 1 to 10, found '0.5'")]
    [InlineData("connections:", "retransmission: { after: 0s }\nconnections:", "1:26: after is longer than no time")]
    [InlineData("connections:", "limits: { half-open: 0 }\nconnections:", "1:22: half-open is a number from 1 to 1000000, found '0'")]
    [InlineData("connections:", "connection:", "1:1: the configuration has no key 'connection'; did you mean 'connections'?")]
    public void What_is_wrong_is_said_with_its_place(string right, string wrong, string fault)
    {
        Assert.Contains(right, SmallConfig.Text, StringComparison.Ordinal);
        Assert.Null(ConfigReader.Read("mobikex.yaml", SmallConfig.Text.Replace(right, wrong, StringComparison.Ordinal), out IReadOnlyList<Fault> faults));
        Assert.StartsWith($"mobikex.yaml:{fault}", faults[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_hides_nothing_that_is_wrong()
    {
        string text = SmallConfig.Text.Replace("psk: secret", "unique: 3\n    mobike: { follow: 3 }\n    proposals: x\n    liveness: soon\n    life-time: 1s", StringComparison.Ordinal);
        Assert.Null(ConfigReader.Read("mobikex.yaml", text, out IReadOnlyList<Fault> faults));
        Assert.Equal([3, 4, 5, 6, 7, 8, 9], faults.Select(static fault => fault.Line));
    }

    [Fact]
    public void Octets_of_secrets_do_not_stay_where_they_were_read()
    {
        WriteCertificates();
        File.WriteAllText(Path.Combine(_folder.FullName, "key"), "a secret\n");
        List<byte[]> read = [];
        var faults = new Faults(Path.Combine(_folder.FullName, "mobikex.yaml"));
        var credentials = new CredentialReader(faults.Path, faults, Remember);
        using Secret? secret = credentials.ReadSecret(Mapping("psk-file: key"));
        Assert.Equal("a secret", Encoding.ASCII.GetString(secret!.Use()!));
        Assert.All(Assert.Single(read), static octet => Assert.Equal(0, octet));
        using Credential? own = credentials.ReadOwn(Mapping("{ certificate: mn.pem, key: mn.key.pem }"), null);
        Assert.NotNull(own);
        Assert.All(read[^1], static octet => Assert.Equal(0, octet));
        Assert.Null(credentials.ReadOwn(Mapping("{ certificate: none.pem, key: mn.key.pem }"), null));
        Assert.All(read[^1], static octet => Assert.Equal(0, octet));
        credentials.Forget();

        byte[] Remember(string path)
        {
            byte[] octets = InputFile.ReadBytes(path);
            read.Add(octets);
            return octets;
        }

        MappingReader Mapping(string text) => MappingReader.Open(YamlFile.Read(text, faults)!, "it", faults, "psk-file", "certificate", "key")!;
    }

    [Fact]
    public void A_connection_without_addresses_of_its_peer_cannot_be_begun_at_start()
    {
        string text = SmallConfig.Text.Replace("addresses: 203.0.113.1", "id: gw", StringComparison.Ordinal).Replace("psk: secret", "psk: secret\n    start: true", StringComparison.Ordinal);
        Assert.Null(ConfigReader.Read("mobikex.yaml", text, out IReadOnlyList<Fault> faults));
        Assert.Equal("mobikex.yaml:4:12: connection 'road' cannot be begun at start: the peer has no addresses", Assert.Single(faults).ToString());
    }

    [Fact]
    public void A_wrong_file_ends_the_command_before_anything_begins()
    {
        string path = Path.Combine(_folder.FullName, "mobikex.yaml");
        File.WriteAllText(path, "conections: {}\n");
        foreach (string[] call in (string[][])[["run", "--config", path], ["config", "check", path]])
        {
            ToolRun run = ToolRun.Of(call);
            Assert.Equal(ExitCode.Wrong, run.ExitCode);
            Assert.Empty(run.Output);
            Assert.StartsWith($"{path}:1:1: the configuration", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_examples_of_the_documentation_are_read()
    {
        WriteCertificates();
        string[] examples = [.. File.ReadAllText(Path.Combine(Repository.Root, "src", "MobikeX.Cli", "Run", "README.md")).Split("```yaml\n").Skip(1).Select(each => each.Split("```")[0])];
        Assert.Equal(4, examples.Length);
        Assert.All(examples, example => Read(example).Dispose());
        Assert.All(examples, example => Assert.True(RunConfigSchemaTests.Takes(example)));
    }

    private DaemonConfig Read(string text)
    {
        DaemonConfig? config = ConfigReader.Read(Path.Combine(_folder.FullName, "mobikex.yaml"), text, out IReadOnlyList<Fault> faults);
        Assert.Empty(faults);
        return config!;
    }

    private void WriteCertificates()
    {
        using var authority = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest("CN=ca", authority, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 ca = authorityRequest.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Path.Combine(_folder.FullName, "ca.pem"), ca.ExportCertificatePem());
        foreach (string name in (string[])["mn", "gw"])
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            using X509Certificate2 own = new CertificateRequest($"CN={name}.example.org", key, HashAlgorithmName.SHA256)
                .Create(ca, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1), [1]);
            File.WriteAllText(Path.Combine(_folder.FullName, $"{name}.pem"), own.ExportCertificatePem());
            File.WriteAllText(Path.Combine(_folder.FullName, $"{name}.key.pem"), key.ExportPkcs8PrivateKeyPem());
        }
    }
}
