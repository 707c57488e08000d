namespace MobikeX.Lab.Ike;

/// <summary>Who wrote the daemon at one end.</summary>
internal enum PeerProduct
{
    Mobikex,
    StrongSwan,
    Libreswan,
}

/// <summary>How two hosts prove who they are.</summary>
internal enum LabProof
{
    SharedKey,
    Ecdsa,
    Rsa,
}

/// <summary>How the names of scenarios call the daemons.</summary>
internal static class PeerProductWords
{
    public static string Word(this PeerProduct product) => product.ToString().ToLowerInvariant();
}
