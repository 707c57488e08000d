using MobikeX.Engine;
using MobikeX.Runtime;

namespace MobikeX.Backend.Contract;

/// <summary>A backend with the means to install SAs, to send traffic, and to make a change fail half-way.</summary>
public interface IBackendUnderTest : IDisposable
{
    IIpsecBackend Backend { get; }

    void Install(IkeSa ike);

    void Install(ChildSa child);

    /// <summary>From now on only these addresses may be selectors.</summary>
    void AllowSelectors(params AddressPrefix[] allowed);

    /// <summary>The next change fails when so many SAs have been changed.</summary>
    void FailNextChangeAfter(int sas);

    /// <summary>Calls <paramref name="observer"/> after every step of a change of a CHILD_SA.</summary>
    void ObserveSteps(Action<ChildSa> observer);

    /// <summary>Sends a packet to the Initiator, and returns its sequence number.</summary>
    ulong Send(ChildSa child);

    /// <summary>Receives a packet of the Initiator; false where it is dropped.</summary>
    bool TryReceive(ChildSa child, IpAddress source, ulong sequence);

    /// <summary>Octets that count towards the lifetime.</summary>
    ulong OctetsOf(ChildSa child);

    /// <summary>The Initiator's addresses for which a policy stands.</summary>
    AddressSet CoveredBy(ChildSa child);
}
