using System.Globalization;
using MobikeX.Runtime;

namespace MobikeX.Engine;

/// <summary>The addresses that begin with the same bits, such as 192.0.2.0/24.</summary>
public readonly struct AddressPrefix : IEquatable<AddressPrefix>
{
    /// <summary>Creates a prefix.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More bits than the address has.</exception>
    public AddressPrefix(IpAddress address, int length)
    {
        if (length < 0 || length > address.Length * 8)
        {
            throw new ArgumentOutOfRangeException(nameof(length));
        }

        Address = address;
        Length = (byte)length;
    }

    /// <summary>An address that has the bits.</summary>
    public IpAddress Address { get; }

    /// <summary>How many bits count.</summary>
    public byte Length { get; }

    /// <summary>True where the address begins with the bits of this prefix.</summary>
    public bool Contains(IpAddress address) => address.IsIn(Address, Length);

    /// <summary>Reads an address, alone or followed by a slash and the number of bits.</summary>
    public static bool TryParse(string? text, out AddressPrefix value)
    {
        value = default;
        int slash = text?.IndexOf('/') ?? -1;
        if (!IpAddress.TryParse(slash < 0 ? text : text!.Substring(0, slash), out IpAddress address))
        {
            return false;
        }

        int length = address.Length * 8;
        if (slash >= 0 && (!int.TryParse(text!.Substring(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > address.Length * 8))
        {
            return false;
        }

        value = new AddressPrefix(address, length);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(AddressPrefix other) => Address == other.Address && Length == other.Length;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AddressPrefix other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((Address.GetHashCode() * 397) ^ Length);

    /// <inheritdoc/>
    public override string ToString() => $"{Address}/{Length}";

    /// <summary>Compares two prefixes.</summary>
    public static bool operator ==(AddressPrefix left, AddressPrefix right) => left.Equals(right);

    /// <summary>Compares two prefixes.</summary>
    public static bool operator !=(AddressPrefix left, AddressPrefix right) => !left.Equals(right);
}
