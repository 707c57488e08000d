using System.Runtime.InteropServices;

namespace MobikeX.Xfrm.Layouts;

/// <summary><c>struct xfrm_selector</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SelectorLayout
{
    public XfrmAddress Destination;
    public XfrmAddress Source;
    public ushort DestinationPort;
    public ushort DestinationPortMask;
    public ushort SourcePort;
    public ushort SourcePortMask;
    public ushort Family;
    public byte DestinationLength;
    public byte SourceLength;
    public byte Protocol;
    public int Interface;
    public uint User;

    public static SelectorLayout From(in XfrmSelector selector) => new()
    {
        Destination = XfrmAddress.From(selector.Destination.Address),
        Source = XfrmAddress.From(selector.Source.Address),
        DestinationPort = BigEndian.Swap(selector.DestinationPort.Value),
        DestinationPortMask = BigEndian.Swap(selector.DestinationPort.Mask),
        SourcePort = BigEndian.Swap(selector.SourcePort.Value),
        SourcePortMask = BigEndian.Swap(selector.SourcePort.Mask),
        Family = selector.Family,
        DestinationLength = selector.Destination.Length,
        SourceLength = selector.Source.Length,
        Protocol = selector.Protocol,
        Interface = selector.Interface,
        User = selector.User,
    };

    public readonly XfrmSelector Read() => new()
    {
        Family = Family,
        Destination = XfrmSelectorSide.From(Destination.Read(Family), DestinationLength),
        Source = XfrmSelectorSide.From(Source.Read(Family), SourceLength),
        DestinationPort = new XfrmPort(BigEndian.Swap(DestinationPort), BigEndian.Swap(DestinationPortMask)),
        SourcePort = new XfrmPort(BigEndian.Swap(SourcePort), BigEndian.Swap(SourcePortMask)),
        Protocol = Protocol,
        Interface = Interface,
        User = User,
    };
}
