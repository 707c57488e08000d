using Generate = MobikeX.Protocol.Tests.PropertyGenerators;

namespace MobikeX.Protocol.Tests;

/// <summary>The property of each parameter of the draft (section 11.4).</summary>
internal static class ParameterProperties
{
    /// <summary>By the type of the parameter.</summary>
    public static IReadOnlyDictionary<NotifyParameter, WireProperty> All { get; } = new Dictionary<NotifyParameter, WireProperty>
    {
        [NotifyParameter.Version] = WireProperty.Of<MobikeVersion[], VersionParameter>(
            Generate.Versions, Generate.Written, static versions => new VersionParameter(versions), VersionParameter.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        [NotifyParameter.Spi] = WireProperty.Of<SpiParameter, SpiParameter>(
            Generate.Spi, static value => Generate.Written(value), static value => value, SpiParameter.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        [NotifyParameter.Ip] = WireProperty.Of<IpParameter, IpParameter>(
            Generate.Ip, static value => Generate.Written(value), static value => value, IpParameter.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        [NotifyParameter.IpsecMode] = WireProperty.Of<IpsecModeParameter, IpsecModeParameter>(
            Generate.Mode, static value => Generate.Written(value), static value => value, IpsecModeParameter.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        [NotifyParameter.IpsecProto] = WireProperty.Of<IpsecProtoParameter, IpsecProtoParameter>(
            Generate.Proto, static value => Generate.Written(value), static value => value, IpsecProtoParameter.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        [NotifyParameter.SelectorSpecificValueParameter] = WireProperty.Of<SelectorSpecificValueParameter, SelectorSpecificValueParameter>(
            Generate.Selector, static value => Generate.Written(value), static value => value, SelectorSpecificValueParameter.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        [NotifyParameter.Id] = WireProperty.Of<IdParameter, IdParameter>(
            Generate.Id, static value => Generate.Written(value), static value => value, IdParameter.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
    };
}
