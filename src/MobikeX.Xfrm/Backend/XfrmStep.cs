using MobikeX.Engine;

namespace MobikeX.Xfrm;

/// <summary>What one step of a move or an installation does to the kernel.</summary>
internal enum XfrmStepKind
{
    /// <summary>A policy that blocks comes for addresses that have none.</summary>
    Block,

    /// <summary>A policy comes with a new pair.</summary>
    NewPolicy,

    /// <summary>An SA goes; its counters are kept.</summary>
    DeleteSa,

    /// <summary>An SA comes, with the counters.</summary>
    NewSa,

    /// <summary>An SA refuses from now on what came to another address.</summary>
    JoinWindow,

    /// <summary>What an SA carried that has gone counts for one that stays.</summary>
    CountUse,

    /// <summary>An SA gets other limits.</summary>
    UpdateSa,

    /// <summary>An SA moves in one step.</summary>
    MigrateSa,

    /// <summary>A policy asks for the SA at its new place.</summary>
    UpdatePolicy,

    /// <summary>A policy goes, for addresses that are gone.</summary>
    DeletePolicy,
}

/// <summary>One step of a move or an installation.</summary>
internal readonly record struct XfrmStep(XfrmStepKind Kind, ChildSa? Child, string What);
