using CsCheck;
using MobikeX.Protocol.Ikev2;
using Generate = MobikeX.Protocol.Tests.PropertyGenerators;
using V1 = MobikeX.Protocol.Mobike;

namespace MobikeX.Protocol.Tests;

/// <summary>The property of each notify, by its name: those of the draft, and those of RFC 4555 that the draft gives another meaning.</summary>
internal static class NotifyProperties
{
    private static readonly Gen<byte[]> Nothing = Gen.Const(Array.Empty<byte>());

    private static readonly Gen<IdParameter?> MaybeId = Maybe(Generate.Id);

    private static readonly Gen<IpParameter?> MaybeIp = Maybe(Generate.Ip);

    private static readonly Gen<byte[]> VersionLists = Generate.Versions.Array[0, 2].Select(lists => lists.SelectMany(Generate.Written).ToArray());

    private static readonly Gen<byte[]> Terms = Generate.Term.Array[0, 6].Select(terms => terms.SelectMany(octets => octets).ToArray());

    /// <summary>Those that version 2 reads as RFC 4555 and RFC 7296 do.</summary>
    private static IReadOnlyDictionary<string, WireProperty> Shared { get; } = new Dictionary<string, WireProperty>
    {
        ["UNSUPPORTED_CRITICAL_PAYLOAD"] = WireProperty.OfNotify<byte, UnsupportedCriticalPayloadNotify>(
            Gen.Byte, static type => [type], static type => new UnsupportedCriticalPayloadNotify((PayloadType)type), UnsupportedCriticalPayloadNotify.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        ["INVALID_MESSAGE_ID"] = WireProperty.OfNotify<uint, InvalidMessageIdNotify>(
            Gen.UInt, static id => Generate.BigEndian(id), static id => new InvalidMessageIdNotify(id), InvalidMessageIdNotify.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        ["INVALID_KE_PAYLOAD"] = WireProperty.OfNotify<ushort, InvalidKePayloadNotify>(
            Gen.UShort, static group => Generate.BigEndian(group)[2..], static group => new InvalidKePayloadNotify((DiffieHellmanGroup)group), InvalidKePayloadNotify.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        ["SET_WINDOW_SIZE"] = WireProperty.OfNotify<uint, SetWindowSizeNotify>(
            Gen.UInt[0, 3], static size => Generate.BigEndian(size), static size => new SetWindowSizeNotify(size), SetWindowSizeNotify.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        ["CHILD_SA_NOT_FOUND"] = WireProperty.OfNotify<byte[], ChildSaNotFoundNotify>(
            Nothing, static none => none, static _ => default, ChildSaNotFoundNotify.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        ["REKEY_SA"] = WireProperty.OfNotify<byte[], RekeySaNotify>(
            Nothing, static none => none, static _ => default, RekeySaNotify.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        ["COOKIE"] = WireProperty.OfNotify<byte[], CookieNotify>(
            Gen.Byte.Array[0, 70], static octets => octets, static octets => new CookieNotify(octets), CookieNotify.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        ["NAT_DETECTION_SOURCE_IP"] = WireProperty.OfNotify<byte[], NatDetectionSourceIpNotify>(
            Gen.Byte.Array[19, 21], static octets => octets, static octets => new NatDetectionSourceIpNotify(octets), NatDetectionSourceIpNotify.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        ["NAT_DETECTION_DESTINATION_IP"] = WireProperty.OfNotify<byte[], NatDetectionDestinationIpNotify>(
            Gen.Byte.Array[19, 21], static octets => octets, static octets => new NatDetectionDestinationIpNotify(octets), NatDetectionDestinationIpNotify.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        ["COOKIE2"] = WireProperty.OfNotify<byte[], V1.Cookie2Notify>(
            Gen.Byte.Array[0, 70], static octets => octets, static octets => new V1.Cookie2Notify(octets), V1.Cookie2Notify.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        ["ADDITIONAL_IP4_ADDRESS"] = WireProperty.OfNotify<IpAddress, V1.AdditionalIp4AddressNotify>(
            Generate.Address, static address => Generate.Written(address), static address => new V1.AdditionalIp4AddressNotify(address), V1.AdditionalIp4AddressNotify.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        ["NO_NATS_ALLOWED"] = WireProperty.OfNotify<(IpAddress, IpAddress, ushort, ushort), V1.NoNatsAllowedNotify>(
            Gen.Select(Generate.Address, Generate.Address, Gen.UShort, Gen.UShort), static x => [.. Generate.Written(x.Item1), .. Generate.Written(x.Item2), .. Generate.BigEndian(x.Item3)[2..], .. Generate.BigEndian(x.Item4)[2..]], static x => new V1.NoNatsAllowedNotify(x.Item1, x.Item2, x.Item3, x.Item4), V1.NoNatsAllowedNotify.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        ["UNEXPECTED_NAT_DETECTED"] = WireProperty.OfNotify<byte[], V1.UnexpectedNatDetectedNotify>(
            Nothing, static none => none, static _ => default, V1.UnexpectedNatDetectedNotify.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
    };

    /// <summary>Those of the draft.</summary>
    private static IReadOnlyDictionary<string, WireProperty> OfDraft { get; } = new Dictionary<string, WireProperty>
    {
        ["MOBIKE_SUPPORTED"] = WireProperty.OfNotify<byte[], MobikeSupportedNotify>(
            VersionLists, static octets => octets, static octets => MobikeSupportedNotify.TryRead(octets, out MobikeSupportedNotify value, out _) ? value : default, MobikeSupportedNotify.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        ["SELECTOR"] = WireProperty.OfNotify<byte[], SelectorNotify>(
            Terms, static octets => octets, static octets => SelectorNotify.TryRead(octets, out SelectorNotify value, out _) ? value : default, SelectorNotify.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        ["MOBIKE_UNSUPPORTED_VERSION"] = WireProperty.OfNotify<byte[], MobikeUnsupportedVersionNotify>(
            VersionLists, static octets => octets, static octets => MobikeUnsupportedVersionNotify.TryRead(octets, out MobikeUnsupportedVersionNotify value, out _) ? value : default, MobikeUnsupportedVersionNotify.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        ["END_OF_SELECTOR"] = WireProperty.OfNotify<byte[], EndOfSelectorNotify>(
            Nothing, static none => none, static _ => default, EndOfSelectorNotify.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        ["ADDITIONAL_IP_ADDRESS"] = WireProperty.OfNotify<(IpParameter, IdParameter?), AdditionalIpAddressNotify>(
            Gen.Select(Generate.Ip, MaybeId), static x => [.. Generate.Written(x.Item1), .. Octets(x.Item2)], static x => new AdditionalIpAddressNotify(x.Item1, x.Item2), AdditionalIpAddressNotify.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        ["NO_ADDITIONAL_ADDRESSES"] = WireProperty.OfNotify<byte[], NoAdditionalAddressesNotify>(
            Nothing, static none => none, static _ => default, NoAdditionalAddressesNotify.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        ["UPDATE_SA_ADDRESSES"] = WireProperty.OfNotify<(IpParameter?, IpParameter?, IdParameter?), UpdateSaAddressesNotify>(
            Gen.Select(MaybeIp, MaybeIp, MaybeId), static x => [.. Octets(x.Item1), .. Octets(x.Item2), .. Octets(x.Item3)], static x => new UpdateSaAddressesNotify(x.Item1, x.Item2, x.Item3), UpdateSaAddressesNotify.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        ["ADD_SA_ADDRESS"] = WireProperty.OfNotify<(IpParameter?, IdParameter?), AddSaAddressNotify>(
            Gen.Select(MaybeIp, MaybeId), static x => [.. Octets(x.Item1), .. Octets(x.Item2)], static x => new AddSaAddressNotify(x.Item1, x.Item2), AddSaAddressNotify.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        ["REMOVE_SA_ADDRESS"] = WireProperty.OfNotify<(IpParameter?, IdParameter?), RemoveSaAddressNotify>(
            Gen.Select(MaybeIp, MaybeId), static x => [.. Octets(x.Item1), .. Octets(x.Item2)], static x => new RemoveSaAddressNotify(x.Item1, x.Item2), RemoveSaAddressNotify.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        ["CLOSING_SA"] = WireProperty.OfNotify<IdParameter?, ClosingSaNotify>(
            MaybeId, Octets, static id => new ClosingSaNotify(id), ClosingSaNotify.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        ["UNACCEPTABLE_ADDRESS"] = WireProperty.OfNotify<IdParameter?, UnacceptableAddressNotify>(
            MaybeId, Octets, static id => new UnacceptableAddressNotify(id), UnacceptableAddressNotify.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        ["DOES_NOT_FIT_SPD"] = WireProperty.OfNotify<IdParameter?, DoesNotFitSpdNotify>(
            MaybeId, Octets, static id => new DoesNotFitSpdNotify(id), DoesNotFitSpdNotify.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        ["UNACCEPTABLE_PARAMETER"] = WireProperty.OfNotify<IdParameter?, UnacceptableParameterNotify>(
            MaybeId, Octets, static id => new UnacceptableParameterNotify(id), UnacceptableParameterNotify.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        ["UNEXPECTED_PAYLOAD_AFTER_SELECTOR"] = WireProperty.OfNotify<IdParameter?, UnexpectedPayloadAfterSelectorNotify>(
            MaybeId, Octets, static id => new UnexpectedPayloadAfterSelectorNotify(id), UnexpectedPayloadAfterSelectorNotify.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        ["UNMATCHED_SELECTOR_SET"] = WireProperty.OfNotify<IdParameter?, UnmatchedSelectorSetNotify>(
            MaybeId, Octets, static id => new UnmatchedSelectorSetNotify(id), UnmatchedSelectorSetNotify.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        ["TEMPORARY_FAILURE"] = WireProperty.OfNotify<IdParameter?, TemporaryFailureNotify>(
            MaybeId, Octets, static id => new TemporaryFailureNotify(id), TemporaryFailureNotify.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
    };

    /// <summary>Those that RFC 4555 and RFC 7296 have otherwise.</summary>
    private static IReadOnlyDictionary<string, WireProperty> OfMobike { get; } = new Dictionary<string, WireProperty>
    {
        ["MOBIKE_SUPPORTED"] = WireProperty.OfNotify<byte[], V1.MobikeSupportedNotify>(
            Nothing, static none => none, static _ => default, V1.MobikeSupportedNotify.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        ["ADDITIONAL_IP6_ADDRESS"] = WireProperty.OfNotify<IpAddress, V1.AdditionalIp6AddressNotify>(
            Generate.Address, static address => Generate.Written(address), static address => new V1.AdditionalIp6AddressNotify(address), V1.AdditionalIp6AddressNotify.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        ["NO_ADDITIONAL_ADDRESSES"] = WireProperty.OfNotify<byte[], V1.NoAdditionalAddressesNotify>(
            Nothing, static none => none, static _ => default, V1.NoAdditionalAddressesNotify.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        ["UPDATE_SA_ADDRESSES"] = WireProperty.OfNotify<byte[], V1.UpdateSaAddressesNotify>(
            Nothing, static none => none, static _ => default, V1.UpdateSaAddressesNotify.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        ["UNACCEPTABLE_ADDRESS"] = WireProperty.OfNotify<byte[], V1.UnacceptableAddressNotify>(
            Nothing, static none => none, static _ => default, V1.UnacceptableAddressNotify.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
        ["TEMPORARY_FAILURE"] = WireProperty.OfNotify<byte[], Ikev2.TemporaryFailureNotify>(
            Nothing, static none => none, static _ => default, Ikev2.TemporaryFailureNotify.TryRead,
            static (in value, to, out written, out announced) => { announced = value.WireLength; return value.TryWrite(to, out written, out _); },
            static (in left, in right) => left == right),
    };

    /// <summary>What version 2 reads.</summary>
    public static IReadOnlyDictionary<string, WireProperty> Version2 { get; } = Shared.Concat(OfDraft).ToDictionary();

    /// <summary>What version 1 reads.</summary>
    public static IReadOnlyDictionary<string, WireProperty> Version1 { get; } = Shared.Concat(OfMobike).ToDictionary();

    private static Gen<T?> Maybe<T>(Gen<T> gen)
        where T : struct =>
        Gen.Select(gen, Gen.Bool).Select(static (value, has) => has ? value : (T?)null);

    private static byte[] Octets(IpParameter? ip) => ip is { } value ? Generate.Written(value) : [];

    private static byte[] Octets(IdParameter? id) => id is { } value ? Generate.Written(value) : [];
}
