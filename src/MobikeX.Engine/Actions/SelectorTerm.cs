using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Engine;

/// <summary>One parameter of a SELECTOR.</summary>
internal readonly struct SelectorTerm
{
    private readonly ulong _number;
    private readonly IpAddress _address;
    private readonly AddressPlaces _places;

    private SelectorTerm(NotifyParameter type, ulong number, IpAddress address = default, AddressPlaces places = AddressPlaces.None, bool isIke = false)
    {
        Type = type;
        _number = number;
        _address = address;
        _places = places;
        IsIkeSpi = isIke;
    }

    public NotifyParameter Type { get; }

    /// <summary>True for an SPI of eight octets, which names an IKE_SA.</summary>
    public bool IsIkeSpi { get; }

    /// <summary>The SPI, where the term is one.</summary>
    public ulong Spi => _number;

    public SelectorValue Value => (SelectorValue)_number;

    /// <summary>Takes a parameter; false for one that selects nothing, such as ID.</summary>
    public static bool TryFrom(in AnyParameter parameter, out SelectorTerm term)
    {
        if (parameter.TryGetSpi(out SpiParameter spi))
        {
            term = new SelectorTerm(SpiParameter.Type, spi.Spi.ToUInt64(), isIke: spi.Spi.Length == Constants.IkeSaSpi);
        }
        else if (parameter.TryGetIp(out IpParameter ip))
        {
            term = new SelectorTerm(IpParameter.Type, 0, ip.Address, RequestedAction.PlacesOf(ip));
        }
        else if (parameter.TryGetIpsecMode(out IpsecModeParameter mode))
        {
            term = new SelectorTerm(IpsecModeParameter.Type, (ulong)mode.Mode);
        }
        else if (parameter.TryGetIpsecProto(out IpsecProtoParameter protocol))
        {
            term = new SelectorTerm(IpsecProtoParameter.Type, (ulong)protocol.Protocol);
        }
        else if (parameter.TryGetSelectorSpecificValue(out SelectorSpecificValueParameter value))
        {
            term = new SelectorTerm(SelectorSpecificValueParameter.Type, (ulong)value.Value);
        }
        else
        {
            term = default;
            return false;
        }

        return true;
    }

    public bool Matches(SecurityAssociation sa, IkeSa current) => Type switch
    {
        SpiParameter.Type => IsIkeSpi ? sa is IkeSa ike && ike.Spi == _number : sa is ChildSa child && child.Spi == _number,
        IpParameter.Type => HasAddress(sa),
        IpsecModeParameter.Type => sa is ChildSa child && child.Mode == (IpsecMode)_number,
        IpsecProtoParameter.Type => (IpsecProto)_number == (sa is ChildSa child ? child.Protocol : IpsecProto.Ike),
        SelectorSpecificValueParameter.Type => Value == SelectorValue.AllIkeSa ? sa is IkeSa : sa == current || (sa as ChildSa)?.Ike == current,
        _ => false,
    };

    /// <summary>Both places asked for, or neither, means anywhere.</summary>
    private bool HasAddress(SecurityAssociation sa)
    {
        bool header = sa.Initiator.Contains(_address) || sa.Responder.Contains(_address);
        bool inner = sa.Inner.Contains(_address);
        return _places switch
        {
            AddressPlaces.Header => header,
            AddressPlaces.Inner => inner,
            _ => header || inner,
        };
    }
}
