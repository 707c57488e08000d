namespace MobikeX.Cli.Tests;

/// <summary>A configuration with what there must be, and little else.</summary>
internal static class SmallConfig
{
    public const string Text = """
        connections:
          road:
            psk: secret
            local: { id: mn@example.org }
            remote: { addresses: 203.0.113.1 }
            children: { net: { remote: 10.1.0.0/16 } }
        """;
}
