using MobikeX.Engine;
using MobikeX.Ike.Messages;

namespace MobikeX.Ike;

/// <summary>A pair of CHILD_SAs that is installed.</summary>
internal sealed class IkeChild(NegotiatedChild negotiated)
{
    public ChildOptions Options { get; } = negotiated.Options;

    public uint LocalSpi { get; } = negotiated.LocalSpi;

    public uint RemoteSpi { get; } = negotiated.RemoteSpi;

    public ChildSuite Suite { get; } = negotiated.Suite;

    public bool Transport { get; } = negotiated.Transport;

    public IReadOnlyList<TrafficSelector> Local { get; } = negotiated.Local;

    public IReadOnlyList<TrafficSelector> Remote { get; } = negotiated.Remote;

    public ChildSa Sa { get; } = negotiated.Sa;

    public string Selectors => $"{string.Join(", ", Local)} === {string.Join(", ", Remote)}";

    public IkeTimer? RekeyTimer { get; set; }

    public IkeTimer? ExpiryTimer { get; set; }

    public bool IsRekeying { get; set; }

    public bool IsDeleting { get; set; }

    public void Stop()
    {
        RekeyTimer?.Stop();
        ExpiryTimer?.Stop();
    }
}
