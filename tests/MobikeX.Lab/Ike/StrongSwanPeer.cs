using System.Security.Cryptography.X509Certificates;
using MobikeX.Lab.Network;

namespace MobikeX.Lab.Ike;

/// <summary>strongSwan's charon, as Debian ships it, asked by swanctl.</summary>
internal sealed class StrongSwanPeer(LabConnection connection, LabIkeEnd local, LabIkeEnd remote, string log) : IkePeer(local, log)
{
    private const string Socket = "charon.vici";

    public override string Product => "strongSwan";

    public override string UpdateWord => "UPD_SA_ADDR";

    /// <summary>Whether its own address is whichever leads to the other end; otherwise the other end may be anywhere.</summary>
    public bool IsMobile { get; init; }

    public override void Initiate() => Swanctl("--initiate", "--child", LabConnection.Child, "--timeout", "20");

    public override void RekeyChild() => Swanctl("--rekey", "--child", LabConnection.Child);

    public override void RekeyIke() => Swanctl("--rekey", "--ike", LabConnection.Name);

    public override void Terminate() => Swanctl("--terminate", "--ike", LabConnection.Name, "--timeout", "20");

    /// <summary>The SAs as it lists them.</summary>
    public string List() => Swanctl("--list-sas");

    protected override (string Program, string[] Arguments) Prepare()
    {
        Write("strongswan.conf", $$"""
            charon {
              load = random nonce aes sha1 sha2 hmac kdf gmp openssl gcm pem pkcs1 pkcs8 x509 pubkey constraints kernel-netlink socket-default vici
              install_routes = no
              install_virtual_ip = {{(connection.Pool is null ? "no" : "yes")}}
              interfaces_ignore = lo
              rsa_pss = yes
              retransmit_timeout = 1
              {{(connection.WantsCookie && !IsMobile ? "cookie_threshold = 1" : "")}}
              fragment_size = {{connection.FragmentSize}}
              retransmit_tries = {{Tries}}
              plugins { vici { socket = unix:///run/charon.vici } }
              filelog { stderr { default = 1
                ike_name = yes
                flush_line = yes
                time_format = %H:%M:%S
                time_add_ms = yes } }
            }
            swanctl { load = random pem pkcs1 pkcs8 x509 pubkey openssl }

            """);
        return ("/usr/lib/ipsec/charon", []);
    }

    protected override bool IsReady() => File.Exists(Path.Combine(Folder, Socket));

    protected override void Configure()
    {
        string authentication = connection.Certificates is null ? "auth = psk" : "auth = pubkey", credentials = $$"""
            secrets { ike { id-1 = {{Local.Identity}}
              id-2 = {{remote.Identity}}
              secret = "{{LabConnection.SharedKey}}" } }
            """;
        string selectors = connection.IsTunnel ? $"local_ts = {Local.Selector}\n      remote_ts = {remote.Selector}\n      mode = tunnel" : "mode = transport";
        if (connection.Certificates is { } certificates)
        {
            using X509Certificate2 certificate = certificates.Issue(Local.Identity);
            Write("swanctl/x509ca/authority.pem", certificates.AuthorityPem);
            Write("swanctl/x509/host.pem", certificate.ExportCertificatePem());
            Write("swanctl/private/host.pem", LabCertificates.KeyPem(certificate));
            credentials = string.Empty;
        }

        Write("swanctl/swanctl.conf", $$"""
            connections { {{LabConnection.Name}} {
              version = 2
              local_addrs = {{(IsMobile ? "%any" : string.Join(", ", Local.Addresses))}}
              remote_addrs = {{(IsMobile ? remote.Address : $"{remote.Address}, %any")}}
              proposals = {{connection.IkeAlgorithms}}
              {{(connection.Pool is null ? "" : IsMobile ? "vips = 0.0.0.0" : $"pools = {LabConnection.Name}")}}
              dpd_delay = {{connection.LivenessSeconds}}
              local { {{authentication}}
                id = {{Local.Identity}}
                {{(connection.Certificates is null ? "" : "certs = host.pem")}} }
              remote { {{authentication}}
                id = {{remote.Identity}} }
              children { {{LabConnection.Child}} {
                  {{selectors}}
                  esp_proposals = {{connection.ChildAlgorithms}}
                  rekey_time = 0 } }
            } }
            {{credentials}}
            {{(connection.Pool is { } pool && !IsMobile ? $"pools {{ {LabConnection.Name} {{ addrs = {pool} }} }}" : "")}}

            """);
        Swanctl("--load-all", "--file", $"{Folder}/swanctl/swanctl.conf");
    }

    private string Swanctl(string command, params string[] arguments) => Command.Run(
        "env", [$"STRONGSWAN_CONF={Folder}/strongswan.conf", $"SWANCTL_DIR={Folder}/swanctl", "swanctl", command, .. arguments, "--uri", $"unix://{Folder}/{Socket}"]);
}
