using System.CommandLine;
using MobikeX.Protocol;

namespace MobikeX.Cli.Commands;

/// <summary>The option of every command that a program may call.</summary>
internal static class JsonOption
{
    internal static Option<bool> Create() => new("--json") { Description = "Print one JSON value instead of text." };
}

/// <summary>The option of what has keys, and may be asked for them.</summary>
internal static class KeyLogOption
{
    internal static Option<string?> Create() => new("--keylog")
    {
        Description = "Append the keys of each IKE_SA in the format of Wireshark's IKEv2 decryption table. Whoever reads the file reads all that the IKE_SAs carry.",
        HelpName = "FILE",
    };
}

/// <summary>The option that says which protocol version two peers agreed on.</summary>
internal static class VersionOption
{
    internal static Option<MobikeVersion> Create()
    {
        var option = new Option<MobikeVersion>("--version")
        {
            Description = "The negotiated version, which says how notifies are read: 1 is MOBIKE (RFC 4555), 2 is MOBIKE-X.",
            HelpName = "1|2",
            DefaultValueFactory = _ => MobikeVersion.MobikeX,
            CustomParser = result =>
            {
                switch (result.Tokens[0].Value)
                {
                    case "1":
                        return MobikeVersion.Mobike;
                    case "2":
                        return MobikeVersion.MobikeX;
                    case var other:
                        result.AddError($"--version is 1 or 2, found '{other}'");
                        return default;
                }
            },
        };
        return option;
    }
}
