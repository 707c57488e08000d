using System.Numerics;
using MobikeX.Engine;
using MobikeX.Runtime;

namespace MobikeX.Ike;

/// <summary>The inner addresses that a Responder assigns: a peer that comes back gets the address it had.</summary>
/// <remarks>
/// The first and the last address of an IPv4 prefix shorter than 31 bits are not assigned, nor is the first of an IPv6 prefix shorter than 127 bits.
/// What a peer had is forgotten, the longest unused first, only when no address is free that nobody ever had.
/// </remarks>
public sealed class AddressPool
{
    private readonly Dictionary<string, Lease> _byIdentity = [];
    private readonly Dictionary<IpAddress, Lease> _byAddress = [];
    private readonly LinkedList<Lease> _released = [];
    private readonly BigInteger _last;
    private BigInteger _next;

    /// <summary>Creates a pool of the addresses in a prefix.</summary>
    /// <exception cref="ArgumentException">The prefix has no address.</exception>
    public AddressPool(AddressPrefix prefix)
    {
        if (prefix.Address.IsNone)
        {
            throw new ArgumentException("no prefix", nameof(prefix));
        }

        Prefix = prefix;
        (IpAddress first, IpAddress last) = AddressRange.Of(prefix);
        bool reserves = prefix.Address.Length * 8 - prefix.Length > 1;
        _next = AddressRange.ToNumber(first) + (reserves ? 1 : 0);
        _last = AddressRange.ToNumber(last) - (reserves && first.IsIPv4 ? 1 : 0);
    }

    /// <summary>The addresses of the pool.</summary>
    public AddressPrefix Prefix { get; }

    /// <summary>How many addresses are in use.</summary>
    public int InUse => _byAddress.Count - _released.Count;

    /// <summary>Assigns an address to a peer: the one it had, else the one it asks for, else a free one.</summary>
    /// <param name="identity">The identity by which the peer was authenticated.</param>
    /// <param name="requested">The address that the peer asks for; none where it has no wish.</param>
    /// <param name="address">The address; several IKE_SAs of one peer share it.</param>
    /// <returns>False where every address is in use.</returns>
    public bool TryAssign(string identity, IpAddress requested, out IpAddress address)
    {
        if (!_byIdentity.TryGetValue(identity, out Lease? lease))
        {
            lease = TakeRequested(requested) ?? TakeNext() ?? TakeReleased();
            if (lease is null)
            {
                address = default;
                return false;
            }

            lease.Identity = identity;
            _byIdentity.Add(identity, lease);
            _byAddress[lease.Address] = lease;
        }

        if (lease.Released is { } released)
        {
            _released.Remove(released);
            lease.Released = null;
        }

        lease.Uses++;
        address = lease.Address;
        return true;
    }

    /// <summary>Gives an address back, once for each time it was assigned. The peer finds it again as long as nobody else needs it.</summary>
    public void Release(string identity, IpAddress address)
    {
        if (_byIdentity.TryGetValue(identity, out Lease? lease) && lease.Address == address && lease.Uses > 0 && --lease.Uses == 0)
        {
            lease.Released = _released.AddLast(lease);
        }
    }

    private Lease? TakeRequested(IpAddress requested)
    {
        if (!Prefix.Contains(requested) || _byAddress.ContainsKey(requested))
        {
            return null;
        }

        // Below the next address all were assigned; above the last none may be.
        BigInteger number = AddressRange.ToNumber(requested);
        return number >= _next && number <= _last ? new Lease(requested) : null;
    }

    private Lease? TakeNext()
    {
        while (_next <= _last)
        {
            IpAddress address = AddressRange.ToAddress(_next, Prefix.Address.IsIPv4);
            _next += 1;
            if (!_byAddress.ContainsKey(address))
            {
                return new Lease(address);
            }
        }

        return null;
    }

    private Lease? TakeReleased()
    {
        if (_released.First is not { } oldest)
        {
            return null;
        }

        _byIdentity.Remove(oldest.Value.Identity);
        return oldest.Value;
    }

    private sealed class Lease(IpAddress address)
    {
        public IpAddress Address { get; } = address;

        public string Identity { get; set; } = "";

        public int Uses { get; set; }

        public LinkedListNode<Lease>? Released { get; set; }
    }
}
