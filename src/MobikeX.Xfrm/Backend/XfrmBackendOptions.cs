using MobikeX.Engine;

namespace MobikeX.Xfrm;

/// <summary>How a backend is to work.</summary>
public sealed class XfrmBackendOptions
{
    /// <summary>Where moves are written down, unless said otherwise.</summary>
    public const string DefaultJournalFolder = "/run/mobikex";

    /// <summary>The addresses that may be selectors; null: all.</summary>
    public IReadOnlyList<AddressPrefix>? AllowedSelectors { get; set; }

    /// <summary>Where moves are written down while they last; on a file system in memory, since keys are in it.</summary>
    public string JournalFolder { get; init; } = DefaultJournalFolder;
}
