using System.Security.Cryptography.X509Certificates;
using MobikeX.Lab.Network;

namespace MobikeX.Lab.Ike;

/// <summary>libreswan's pluto from Debian's package, which the lab unpacks to a folder of its own, asked by whack.</summary>
internal sealed class LibreswanPeer(LabConnection connection, LabIkeEnd local, LabIkeEnd remote, string log) : IkePeer(local, log)
{
    private const string Programs = "/usr/local/lib/mobikex-lab/libreswan/usr/libexec", Socket = "pluto.ctl", BundlePassword = "lab";

    public override string Product => "libreswan";

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
        if (connection.Certificates is { } certificates)
        {
            using X509Certificate2 certificate = certificates.Issue(Local.Identity);
            File.WriteAllBytes($"{Folder}/host.p12", certificates.Bundle(certificate, BundlePassword));
            Command.Run("pk12util", ["-i", $"{Folder}/host.p12", "-d", $"sql:{Folder}/nss", "-W", BundlePassword, "-n", "host"]);
            Write("authority.pem", certificates.AuthorityPem);
            Command.Run("certutil", ["-A", "-a", "-i", $"{Folder}/authority.pem", "-d", $"sql:{Folder}/nss", "-n", "authority", "-t", "CT,,"]);
        }

        string authentication = connection.Certificates is null
            ? "authby=secret"
            : $"authby=rsa-sha2\n  leftcert={Local.Identity}\n  leftsendcert=always\n  rightca=%same";
        string selectors = connection.IsTunnel ? $"type=tunnel\n  leftsubnet={Local.Selector}\n  rightsubnet={remote.Selector}" : "type=transport";
        Write("ipsec.conf", $"""
            config setup
              logfile=/dev/stderr

            conn {LabConnection.Name}
              ikev2=yes
              left={Local.Address}
              leftid=@{Local.Identity}
              right={remote.Address}
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

    protected override bool IsReady() => File.Exists(Path.Combine(Folder, Socket)) && Log().Contains("listening for IKE messages", StringComparison.Ordinal);

    protected override void Configure()
    {
        Local.Host.Call(Programs + "/ipsec/addconn", "--config", $"{Folder}/ipsec.conf", "--ctlsocket", $"{Folder}/{Socket}", LabConnection.Name);
        Assert.Contains($"\"{LabConnection.Name}\": added", Log(), StringComparison.Ordinal);
    }

    private string Whack(params string[] arguments) => Command.Run(Programs + "/ipsec/whack", ["--ctlsocket", $"{Folder}/{Socket}", .. arguments]);
}
