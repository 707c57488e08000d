namespace MobikeX.Cli.Run.Control;

/// <summary>What is told of an IKE_SA: never a key.</summary>
internal sealed record IkeSaDescription
{
    public required string Connection { get; init; }

    /// <summary>Who the peer is; null before it has proved so.</summary>
    public required string? Peer { get; init; }

    /// <summary>Which end began the first IKE_SA: Initiator or Responder.</summary>
    public required string Role { get; init; }

    public required string LocalSpi { get; init; }

    public required string RemoteSpi { get; init; }

    /// <summary>Address and UDP port of requests, here and at the peer.</summary>
    public required string Local { get; init; }

    public required string Remote { get; init; }

    public required bool Established { get; init; }

    /// <summary>In front of which end a NAT is: local, remote, both; null where there is none.</summary>
    public required string? Nat { get; init; }

    /// <summary>The version of MOBIKE that is in use; null where none is.</summary>
    public required int? Mobike { get; init; }

    /// <summary>The addresses that the Initiator was given inside the tunnel.</summary>
    public required IReadOnlyList<string> Inner { get; init; }

    public required IReadOnlyList<ChildSaDescription> Children { get; init; }
}

/// <summary>What is told of a pair of CHILD_SAs.</summary>
internal sealed record ChildSaDescription
{
    public required string Name { get; init; }

    public required string LocalSpi { get; init; }

    public required string RemoteSpi { get; init; }

    public required string Protocol { get; init; }

    public required string Mode { get; init; }

    /// <summary>The addresses of packets, here and at the peer.</summary>
    public required IReadOnlyList<string> Local { get; init; }

    public required IReadOnlyList<string> Remote { get; init; }

    /// <summary>What it carries.</summary>
    public required string Selectors { get; init; }
}
