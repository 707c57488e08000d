using MobikeX.Engine;
using MobikeX.Ike.Messages;

namespace MobikeX.Ike;

/// <summary>A pair of CHILD_SAs that both peers agreed on, before it is installed.</summary>
internal sealed record NegotiatedChild(
    ChildOptions Options,
    uint LocalSpi,
    uint RemoteSpi,
    ChildSuite Suite,
    bool Transport,
    IReadOnlyList<TrafficSelector> Local,
    IReadOnlyList<TrafficSelector> Remote,
    ChildSa Sa,
    ChildSaSetup Setup,
    IkeChild? Replaces = null);
