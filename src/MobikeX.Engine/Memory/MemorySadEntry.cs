using MobikeX.Runtime;

namespace MobikeX.Engine.Memory;

/// <summary>The traffic state of a pair of CHILD_SAs: one sending counter and one replay window, however many addresses it has.</summary>
public sealed class MemorySadEntry
{
    private const int WindowSize = 64;

    private readonly ChildSa _child;
    private ulong _window;

    internal MemorySadEntry(ChildSa child)
    {
        _child = child;
        Covered = child.SelectorAddresses;
    }

    /// <summary>The sequence number of the last packet sent.</summary>
    public ulong LastSent { get; private set; }

    /// <summary>The highest sequence number received.</summary>
    public ulong HighestReceived { get; private set; }

    /// <summary>Packets and octets sent and received.</summary>
    public ChildSaUsage Usage { get; private set; }

    /// <summary>Octets sent and received, by which the lifetime is counted.</summary>
    public ulong Octets => Usage.InboundOctets + Usage.OutboundOctets;

    /// <summary>The Initiator's addresses for which a policy stands, so that nothing leaves in clear.</summary>
    public AddressSet Covered { get; private set; }

    /// <summary>Sends a packet on the one outbound state.</summary>
    /// <returns>Its sequence number.</returns>
    public ulong Send(int octets)
    {
        Usage = Usage with { OutboundPackets = Usage.OutboundPackets + 1, OutboundOctets = Usage.OutboundOctets + (ulong)octets };
        return ++LastSent;
    }

    /// <summary>Receives a packet; false where its source is none of the SA's, or the packet came before.</summary>
    public bool TryReceive(IpAddress source, ulong sequence, int octets)
    {
        if ((!_child.Initiator.Contains(source) && !_child.Responder.Contains(source)) || !IsNew(sequence))
        {
            return false;
        }

        Usage = Usage with { InboundPackets = Usage.InboundPackets + 1, InboundOctets = Usage.InboundOctets + (ulong)octets };
        return true;
    }

    internal void Cover(AddressSet also)
    {
        for (int i = 0; i < also.Count; i++)
        {
            Covered = Covered.With(also[i]);
        }
    }

    internal void CoverOnly(AddressSet addresses) => Covered = addresses;

    private bool IsNew(ulong sequence)
    {
        if (sequence > HighestReceived)
        {
            ulong ahead = sequence - HighestReceived;
            _window = ahead >= WindowSize ? 1 : (_window << (int)ahead) | 1;
            HighestReceived = sequence;
            return true;
        }

        ulong behind = HighestReceived - sequence;
        ulong bit = behind < WindowSize ? 1UL << (int)behind : 0;
        if (sequence == 0 || bit == 0 || (_window & bit) != 0)
        {
            return false;
        }

        _window |= bit;
        return true;
    }
}
