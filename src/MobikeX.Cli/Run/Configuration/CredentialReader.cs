using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MobikeX.Cli.Yaml;
using MobikeX.Ike.Authentication;

namespace MobikeX.Cli.Run.Configuration;

/// <summary>Reads pre-shared keys, certificates and private keys, from the configuration or from files that it names.</summary>
/// <param name="configPath">The configuration file: files that it names are looked for beside it.</param>
/// <param name="faults">Takes what is wrong.</param>
/// <param name="read">Reads a file.</param>
internal sealed class CredentialReader(string configPath, Faults faults, Func<string, byte[]> read)
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private readonly List<IDisposable> _read = [];
    private readonly List<string> _warnings = [];

    /// <summary>Files with secrets that others than their owner can read or write.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>The pre-shared key of a connection, for each end that has nothing else; null where there is none.</summary>
    public Secret? ReadSecret(MappingReader connection)
    {
        YamlValue? text = connection.Take("psk"), file = connection.Take("psk-file");
        if (text is not null && file is not null)
        {
            faults.Add(file, "psk-file stands beside psk; the pre-shared key is in one of them");
            return new Secret(null, file);
        }

        byte[]? key = null;
        if (text is not null && MappingReader.ScalarText(text, "psk", faults) is { } secret)
        {
            Protect(configPath, text);
            key = Encoding.UTF8.GetBytes(secret);
        }
        else if (file is not null && ReadFile(file, "psk-file", isSecret: true) is { } octets)
        {
            key = WithoutLineEnd(octets);
            CryptographicOperations.ZeroMemory(octets);
        }

        if (key is { Length: 0 })
        {
            faults.Add(text ?? file!, "the pre-shared key is empty");
            key = null;
        }

        return text is null && file is null ? null : new Secret(key, text ?? file!);
    }

    /// <summary>How this end proves who it is; null, with a fault, where it cannot.</summary>
    public Credential? ReadOwn(MappingReader local, Secret? secret)
    {
        YamlValue? certificate = local.Take("certificate"), key = local.Take("key");
        if (certificate is null && key is null)
        {
            return Shared(secret, local, "local needs 'certificate' and 'key', or the connection 'psk' or 'psk-file'");
        }

        if (certificate is null || key is null)
        {
            faults.Add(certificate ?? key!, certificate is null ? "key has no certificate beside it" : "certificate has no key beside it");
            return null;
        }

        X509Certificate2Collection? chain = ReadCertificates(certificate, "certificate");
        byte[]? pem = ReadFile(key, "key", isSecret: true);
        if (pem is null)
        {
            return null;
        }

        char[] text = Encoding.UTF8.GetChars(pem);
        CryptographicOperations.ZeroMemory(pem);
        try
        {
            if (chain is null)
            {
                return null;
            }

            return Keep(new OwnCertificate(Keep(X509Certificate2.CreateFromPem(chain[0].ExportCertificatePem(), text)), chain.Skip(1)));
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            faults.Add(key, $"the private key does not serve: {fault.Message}");
            return null;
        }
        finally
        {
            Array.Clear(text);
        }
    }

    /// <summary>How the peer has to prove who it is; null, with a fault, where nothing says so.</summary>
    public Credential? ReadExpected(MappingReader remote, Secret? secret)
    {
        YamlValue? crls = remote.Take("crls");
        if (remote.Take("authorities") is not { } authorities)
        {
            if (crls is not null)
            {
                faults.Add(crls, "crls has no authorities beside it");
            }

            return Shared(secret, remote, "remote needs 'authorities', or the connection 'psk' or 'psk-file'");
        }

        var found = new X509Certificate2Collection();
        foreach (YamlValue item in Items(authorities))
        {
            if (ReadCertificates(item, "authorities") is { } certificates)
            {
                found.AddRange(certificates);
            }
        }

        if (authorities is YamlSequence { Items.Count: 0 })
        {
            faults.Add(authorities, "authorities is empty, so that no certificate is trusted");
        }

        IReadOnlyList<RevocationList>? revoked = crls is null ? [] : ReadRevoked(crls);
        if (found.Count == 0 || revoked is null)
        {
            return null;
        }

        try
        {
            return Keep(new TrustAnchors(found, revoked));
        }
        catch (ArgumentException fault) when (fault.ParamName == "revoked")
        {
            faults.Add(crls!, fault.Message);
            return null;
        }
    }

    /// <summary>Forgets all that was read: the configuration is wrong elsewhere.</summary>
    public void Forget()
    {
        foreach (IDisposable each in _read)
        {
            each.Dispose();
        }
    }

    private PresharedKey? Shared(Secret? secret, MappingReader end, string missing)
    {
        if (secret is null)
        {
            faults.Add(end.At, missing);
            return null;
        }

        return secret.Use() is { } key ? Keep(new PresharedKey(key)) : null;
    }

    private X509Certificate2Collection? ReadCertificates(YamlValue file, string what)
    {
        if (ReadFile(file, what, isSecret: false) is not { } pem)
        {
            return null;
        }

        var found = new X509Certificate2Collection();
        try
        {
            found.ImportFromPem(Encoding.UTF8.GetString(pem));
        }
        catch (CryptographicException fault)
        {
            faults.Add(file, $"{file.Kind} has no certificates in PEM: {fault.Message}");
            return null;
        }

        foreach (X509Certificate2 each in found)
        {
            Keep(each);
        }

        if (found.Count == 0)
        {
            faults.Add(file, $"{file.Kind} has no certificate in PEM");
            return null;
        }

        return found;
    }

    /// <summary>The lists of revoked certificates; null, with a fault, where one cannot be read.</summary>
    private List<RevocationList>? ReadRevoked(YamlValue files)
    {
        List<RevocationList> lists = [];
        bool isRead = true;
        foreach (YamlValue file in Items(files))
        {
            if (ReadFile(file, "crls", isSecret: false) is not { } octets)
            {
                isRead = false;
                continue;
            }

            try
            {
                lists.AddRange(RevocationList.Read(octets));
            }
            catch (CryptographicException fault)
            {
                faults.Add(file, fault.Message);
                isRead = false;
            }
        }

        if (files is YamlSequence { Items.Count: 0 })
        {
            faults.Add(files, "crls is empty; without the key no certificate is looked for among revoked ones");
            isRead = false;
        }

        foreach (RevocationList late in lists.Where(static list => list.Until < DateTimeOffset.UtcNow))
        {
            _warnings.Add($"{faults.Path}:{files.Line}:{files.Column}: the CRL of {late.Issuer} is out of date since {late.Until:u}: its certificates are refused");
        }

        return isRead ? lists : null;
    }

    private static IReadOnlyList<YamlValue> Items(YamlValue value) => value is YamlSequence list ? list.Items : [value];

    private byte[]? ReadFile(YamlValue value, string what, bool isSecret)
    {
        if (MappingReader.ScalarText(value, what, faults) is not { } name)
        {
            return null;
        }

        string path = Path.Combine(Path.GetDirectoryName(configPath) ?? string.Empty, name);
        try
        {
            byte[] octets = read(path);
            if (isSecret)
            {
                Protect(path, value);
            }

            return octets;
        }
        catch (InputException wrong)
        {
            faults.Add(value, wrong.Message);
            return null;
        }
    }

    private void Protect(string path, YamlValue at)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(path) && (File.GetUnixFileMode(path) & Others) != 0)
        {
            _warnings.Add($"{faults.Path}:{at.Line}:{at.Column}: {path} holds a secret and is open to others than its owner");
        }
    }

    private T Keep<T>(T read)
        where T : IDisposable
    {
        _read.Add(read);
        return read;
    }

    private static byte[] WithoutLineEnd(byte[] octets)
    {
        ReadOnlySpan<byte> text = octets;
        text = text.EndsWith("\n"u8) ? text[..^1] : text;
        return (text.EndsWith("\r"u8) ? text[..^1] : text).ToArray();
    }
}

/// <summary>A pre-shared key and where it stands; the octets are null where it cannot be read.</summary>
internal sealed class Secret(byte[]? octets, YamlValue at) : IDisposable
{
    public YamlValue At { get; } = at;

    public bool IsUsed { get; private set; }

    public byte[]? Use()
    {
        IsUsed = true;
        return octets;
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(octets);
}
