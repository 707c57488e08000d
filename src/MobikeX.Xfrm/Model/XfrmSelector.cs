using MobikeX.Engine;
using MobikeX.Runtime;
using MobikeX.Xfrm.Layouts;

namespace MobikeX.Xfrm;

/// <summary>Which packets an SA or a policy is for.</summary>
public readonly record struct XfrmSelector
{
    /// <summary>The source addresses.</summary>
    public XfrmSelectorSide Source { get; init; }

    /// <summary>The destination addresses.</summary>
    public XfrmSelectorSide Destination { get; init; }

    /// <summary>The source ports.</summary>
    public XfrmPort SourcePort { get; init; }

    /// <summary>The destination ports.</summary>
    public XfrmPort DestinationPort { get; init; }

    /// <summary>The protocol above IP; 0 for every one.</summary>
    public byte Protocol { get; init; }

    /// <summary>The index of the network interface; 0 for every one.</summary>
    public int Interface { get; init; }

    /// <summary>The user that sends; 0 for every one.</summary>
    public uint User { get; init; }

    /// <summary>The kernel's number of the address family; 0 for either.</summary>
    public ushort Family { get; init; }

    /// <summary>True where every address of the family is meant.</summary>
    public bool IsAnyAddress => Source.Length == 0 && Destination.Length == 0;

    /// <summary>The selector from one prefix to another.</summary>
    public static XfrmSelector Between(AddressPrefix source, AddressPrefix destination) => new()
    {
        Source = XfrmSelectorSide.From(source.Address, source.Length),
        Destination = XfrmSelectorSide.From(destination.Address, destination.Length),
        Family = AddressFamilies.Of(source.Address.IsNone ? destination.Address : source.Address),
    };

    /// <summary>The selector from one host to another.</summary>
    public static XfrmSelector Between(IpAddress source, IpAddress destination) =>
        Between(new AddressPrefix(source, source.Length * 8), new AddressPrefix(destination, destination.Length * 8));

    /// <inheritdoc/>
    public override string ToString() => $"{Source} → {Destination}";

    internal XfrmSelector Readdressed(XfrmSelectorSide source, XfrmSelectorSide destination) => this with
    {
        Source = source,
        Destination = destination,
        Family = !source.Address.IsNone ? AddressFamilies.Of(source.Address) : !destination.Address.IsNone ? AddressFamilies.Of(destination.Address) : Family,
    };
}

/// <summary>The addresses at one side of a selector; a length of 0 is every address.</summary>
/// <param name="Address">The address, or none.</param>
/// <param name="Length">How many bits of it count.</param>
public readonly record struct XfrmSelectorSide(IpAddress Address, byte Length)
{
    /// <summary>The side of one host.</summary>
    public static XfrmSelectorSide Host(IpAddress address) => new(address, (byte)(address.Length * 8));

    /// <summary>True where it is one host.</summary>
    public bool IsHost => !Address.IsNone && Length == Address.Length * 8;

    /// <inheritdoc/>
    public override string ToString() => Length == 0 ? "any" : $"{Address}/{Length}";

    internal static XfrmSelectorSide From(IpAddress address, byte length) => new(address, length);
}

/// <summary>Ports at one side of a selector; a mask of 0 is every port.</summary>
/// <param name="Value">The port.</param>
/// <param name="Mask">Which bits of it count.</param>
public readonly record struct XfrmPort(ushort Value, ushort Mask);
