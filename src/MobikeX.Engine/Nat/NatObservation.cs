using MobikeX.Protocol.Ikev2;
using MobikeX.Protocol.Mobike;
using NotifyDispatcher = MobikeX.Protocol.Mobike.NotifyDispatcher;

namespace MobikeX.Engine;

/// <summary>What the notifies of a request say of NATs, held against the addresses of its packet (RFC 7296 section 2.23, RFC 4555 section 3.9).</summary>
internal struct NatObservation
{
    private bool _sourceTold;
    private bool _sourceSame;
    private bool _destinationTold;
    private bool _destinationSame;

    /// <summary>True where the request allows no NAT, and its packet does not have the addresses that it names.</summary>
    public bool IsUnexpected { get; private set; }

    /// <summary>True where the request lets NATs be detected, so that its response does too.</summary>
    public readonly bool IsTold => _sourceTold || _destinationTold;

    /// <summary>Whether there is a NAT; null where the request does not tell.</summary>
    public readonly bool? HasNat => IsTold ? (_sourceTold && !_sourceSame) || (_destinationTold && !_destinationSame) : null;

    public void Observe(in NotifyPayload payload, IkeSa ike, in PacketAddresses packet)
    {
        switch (payload.NotifyMessageType)
        {
            // There is one for each address that the sender may be using: one that fits is enough.
            case NatDetectionSourceIpNotify.Type when NotifyDispatcher.TryRead(payload, out NatDetectionSourceIpNotify source):
                _sourceTold = true;
                _sourceSame |= NatHash.IsOf(source.Data, ike, packet.Source, packet.SourcePort);
                break;
            case NatDetectionDestinationIpNotify.Type when NotifyDispatcher.TryRead(payload, out NatDetectionDestinationIpNotify destination):
                _destinationTold = true;
                _destinationSame |= NatHash.IsOf(destination.Data, ike, packet.Destination, packet.DestinationPort);
                break;
            case NoNatsAllowedNotify.Type when NotifyDispatcher.TryRead(payload, out NoNatsAllowedNotify allowed):
                IsUnexpected |= allowed.Source != packet.Source
                    || allowed.Destination != packet.Destination
                    || allowed.SourcePort != packet.SourcePort
                    || allowed.DestinationPort != packet.DestinationPort;
                break;
        }
    }
}
