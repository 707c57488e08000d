namespace MobikeX.Wfp;

/// <summary>Which end of an IKE_SA this host is.</summary>
public enum WfpEnd : byte
{
    /// <summary>The Initiator, whose addresses change.</summary>
    Initiator,

    /// <summary>The Responder.</summary>
    Responder,
}
