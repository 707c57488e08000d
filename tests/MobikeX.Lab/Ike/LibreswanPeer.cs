using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using MobikeX.Lab.Network;

namespace MobikeX.Lab.Ike;

/// <summary>libreswan's pluto from Debian's package, which the lab unpacks to a folder of its own, asked by whack.</summary>
internal sealed partial class LibreswanPeer(LabConnection connection, LabIkeEnd local, LabIkeEnd remote, string log) : IkePeer(local, log)
{
    private const string Programs = "/usr/local/lib/mobikex-lab/libreswan/usr/libexec", Socket = "pluto.ctl", BundlePassword = "lab";

    public override string Product => "libreswan";

    public override string UpdateWord => "UPDATE_SA_ADDRESSES";

    /// <summary>Whether its own address is whichever leads to the other end; otherwise the other end may be anywhere. It takes MOBIKE only so.</summary>
    public bool IsMobile { get; init; }

    protected override IReadOnlyList<(string From, string To)> Mounts => [(Programs, "/usr/libexec")];

    public override void Initiate() => Whack("--initiate", "--name", LabConnection.Name);

    public override void RekeyChild() => Whack("--rekey-ipsec", "--name", LabConnection.Name);

    public override void RekeyIke() => Whack("--rekey-ike", "--name", LabConnection.Name);

    public override void Terminate() => Whack("--terminate", "--name", LabConnection.Name);

    protected override (string Program, string[] Arguments) Prepare()
    {
        Directory.CreateDirectory($"{Folder}/nss");
        Directory.CreateDirectory($"{Folder}/ipsec.d");
        Command.Run("certutil", ["-N", "-d", $"sql:{Folder}/nss", "--empty-password"]);
        Write("ipsec.secrets", connection.Certificates is null ? $"@{Local.Identity} @{remote.Identity} : PSK \"{LabConnection.SharedKey}\"\n" : "\n");
        string name = string.Empty;
        if (connection.Certificates is { } certificates)
        {
            using X509Certificate2 certificate = certificates.Issue(Local.Identity);
            File.WriteAllBytes($"{Folder}/host.p12", certificates.Bundle(certificate, BundlePassword));
            Command.Run("pk12util", ["-i", $"{Folder}/host.p12", "-d", $"sql:{Folder}/nss", "-W", BundlePassword]);
            name = Certificate().Match(Command.Run("certutil", ["-L", "-d", $"sql:{Folder}/nss"])).Groups[1].Value;
            Write("authority.pem", certificates.AuthorityPem);
            Command.Run("certutil", ["-A", "-a", "-i", $"{Folder}/authority.pem", "-d", $"sql:{Folder}/nss", "-n", "authority", "-t", "CT,,"]);
        }

        string authentication = connection.Certificates is null
            ? "authby=secret"
            : $"authby=rsa-sha2\n  leftcert=\"{name}\"\n  leftsendcert=always\n  rightca=%same";
        string selectors = connection.IsTunnel ? $"type=tunnel\n  leftsubnet={Local.Selector}\n  rightsubnet={remote.Selector}" : "type=transport";
        Write("ipsec.conf", $"""
            config setup
              logfile=/dev/stderr

            conn {LabConnection.Name}
              ikev2=yes
              left={(IsMobile ? "%defaultroute" : Local.Address)}
              leftid=@{Local.Identity}
              right={(IsMobile ? remote.Address : "%any")}
              rightid=@{remote.Identity}
              {authentication}
              {selectors}
              ike=aes_gcm256-sha2_256;dh19
              esp=aes_gcm256;dh19
              mobike=yes
              rekey=no
              leftupdown=/bin/true
              auto=add

            """);
        return ("/usr/libexec/ipsec/pluto",
        [
            "--nofork", "--stderrlog", "--use-xfrm", "--no-dnssec", "--uniqueids", "--config", "/run/ipsec.conf", "--secretsfile", "/run/ipsec.secrets",
            "--nssdir", "/run/nss", "--ipsecdir", "/run/ipsec.d", "--rundir", "/run",
        ]);
    }

    // It adds the connection by itself, and reads the secrets when it begins to listen.
    protected override bool IsReady() => Log() is { } said
        && said.Contains($"\"{LabConnection.Name}\": added", StringComparison.Ordinal)
        && said.Contains("loading secrets from", StringComparison.Ordinal);

    protected override void Configure()
    {
    }

    private string Whack(params string[] arguments) => Command.Run(Programs + "/ipsec/whack", ["--ctlsocket", $"{Folder}/{Socket}", .. arguments]);

    // NSS makes up a name for what is imported without one.
    [GeneratedRegex(@"^(.+?) +u,u,u", RegexOptions.Multiline)]
    private static partial Regex Certificate();
}
