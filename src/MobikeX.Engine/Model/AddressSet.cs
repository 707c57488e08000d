using MobikeX.Runtime;

namespace MobikeX.Engine;

/// <summary>The addresses that one end of an SA uses at one place: an immutable set, in order of arrival.</summary>
/// <remarks>Most sets have one address, which stands inline; equality does not regard the order.</remarks>
public readonly struct AddressSet : IEquatable<AddressSet>
{
    private readonly IpAddress _first;
    private readonly IpAddress[]? _others;

    /// <summary>The set of one address; empty where that is no address.</summary>
    public AddressSet(IpAddress address)
    {
        _first = address;
        _others = null;
    }

    private AddressSet(IpAddress first, IpAddress[]? others)
    {
        _first = first;
        _others = others;
    }

    /// <summary>How many addresses there are.</summary>
    public int Count => _first.IsNone ? 0 : 1 + (_others?.Length ?? 0);

    /// <summary>True where there is none.</summary>
    public bool IsEmpty => _first.IsNone;

    /// <summary>The address at a position, in order of arrival.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such position.</exception>
    public IpAddress this[int index] =>
        (uint)index >= (uint)Count ? throw new ArgumentOutOfRangeException(nameof(index))
        : index == 0 ? _first
        : _others![index - 1];

    /// <summary>The set of some addresses; one given twice stands once.</summary>
    public static AddressSet Of(params IpAddress[] addresses)
    {
        AddressSet set = default;
        foreach (IpAddress address in addresses ?? throw new ArgumentNullException(nameof(addresses)))
        {
            set = set.With(address);
        }

        return set;
    }

    /// <summary>True where the address is in the set.</summary>
    public bool Contains(IpAddress address) =>
        !address.IsNone && (_first == address || (_others is not null && Array.IndexOf(_others, address) >= 0));

    /// <summary>The set with one more address; the same set where it has it.</summary>
    public AddressSet With(IpAddress address)
    {
        if (address.IsNone || Contains(address))
        {
            return this;
        }

        if (IsEmpty)
        {
            return new AddressSet(address);
        }

        IpAddress[] others = new IpAddress[Count];
        _others?.CopyTo(others, 0);
        others[others.Length - 1] = address;
        return new AddressSet(_first, others);
    }

    /// <summary>The set with one address less; the same set where it does not have it.</summary>
    public AddressSet Without(IpAddress address)
    {
        if (!Contains(address))
        {
            return this;
        }

        AddressSet left = default;
        for (int i = 0; i < Count; i++)
        {
            left = this[i] == address ? left : left.With(this[i]);
        }

        return left;
    }

    /// <summary>The set in which one address stands in the place of another; an address never stands twice.</summary>
    public AddressSet Replace(IpAddress old, IpAddress replacement)
    {
        if (!Contains(old))
        {
            return this;
        }

        AddressSet replaced = default;
        for (int i = 0; i < Count; i++)
        {
            replaced = replaced.With(this[i] == old ? replacement : this[i]);
        }

        return replaced;
    }

    /// <summary>The set in which an address comes first, as the one in use; it joins the set where it is not in it.</summary>
    public AddressSet Beginning(IpAddress first)
    {
        AddressSet ordered = new(first);
        for (int i = 0; i < Count; i++)
        {
            ordered = ordered.With(this[i]);
        }

        return ordered;
    }

    /// <summary>True where the other set has the same addresses in the same order.</summary>
    internal bool IsInOrderOf(in AddressSet other)
    {
        bool same = Count == other.Count;
        for (int i = 0; same && i < Count; i++)
        {
            same = this[i] == other[i];
        }

        return same;
    }

    /// <inheritdoc/>
    public bool Equals(AddressSet other)
    {
        if (Count != other.Count)
        {
            return false;
        }

        for (int i = 0; i < Count; i++)
        {
            if (!other.Contains(this[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AddressSet other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        int hash = 0;
        for (int i = 0; i < Count; i++)
        {
            hash ^= this[i].GetHashCode();
        }

        return hash;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        string[] texts = new string[Count];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = this[i].ToString();
        }

        return "[" + string.Join(", ", texts) + "]";
    }

    /// <summary>Compares two sets without regard to the order.</summary>
    public static bool operator ==(AddressSet left, AddressSet right) => left.Equals(right);

    /// <summary>Compares two sets without regard to the order.</summary>
    public static bool operator !=(AddressSet left, AddressSet right) => !left.Equals(right);
}
