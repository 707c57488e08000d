using System.Buffers.Binary;
using CsCheck;

namespace MobikeX.Protocol.Tests;

/// <summary>Values to test with: every parameter that can be written, and octets that mostly cannot be read.</summary>
internal static class PropertyGenerators
{
    public static readonly Gen<IpAddress> Address = Gen.OneOf(Gen.Byte.Array[4], Gen.Byte.Array[16]).Select(ToAddress);

    public static readonly Gen<MultihomingInformation> Information =
        Gen.Select(Gen.Byte, Gen.Byte, Gen.Int[0, 3], Gen.UInt, Gen.UInt).Select((preference, addressClass, reachability, start, life) =>
            new MultihomingInformation(preference, (AddressClass)addressClass, (Reachability)reachability, start, life));

    public static readonly Gen<IpParameter> Ip =
        Gen.Select(Address, Gen.Int[0, 31], Information, Gen.Bool).Select((address, flags, information, has) => new IpParameter(
            address,
            check: (flags & 1) != 0,
            old: (flags & 2) != 0,
            @new: (flags & 4) != 0,
            header: (flags & 8) != 0,
            inner: (flags & 16) != 0,
            information: has ? information : null));

    public static readonly Gen<SpiParameter> Spi = Gen.OneOf(Gen.Byte.Array[4], Gen.Byte.Array[8]).Select(octets => new SpiParameter(new ShortOctets(octets)));

    public static readonly Gen<IpsecModeParameter> Mode = Gen.Byte.Select(value => new IpsecModeParameter((IpsecMode)value));

    public static readonly Gen<IpsecProtoParameter> Proto = Gen.Byte.Select(value => new IpsecProtoParameter((IpsecProto)value));

    public static readonly Gen<SelectorSpecificValueParameter> Selector = Gen.Byte.Select(value => new SelectorSpecificValueParameter((SelectorValue)value));

    public static readonly Gen<IdParameter> Id = Gen.UShort.Select(value => new IdParameter(value));

    public static readonly Gen<MobikeVersion[]> Versions = Gen.Byte.Array[1, 255].Select(values => Array.ConvertAll(values, value => (MobikeVersion)value));

    /// <summary>The octets of some parameter that a SELECTOR takes, well-formed.</summary>
    public static readonly Gen<byte[]> Term = Gen.OneOf(
        Ip.Select(value => Written(value)),
        Spi.Select(value => Written(value)),
        Mode.Select(value => Written(value)),
        Proto.Select(value => Written(value)),
        Selector.Select(value => Written(value)),
        Id.Select(value => Written(value)));

    /// <summary>The octets of some parameter, well-formed.</summary>
    public static readonly Gen<byte[]> Parameter = Gen.OneOf(Term, Versions.Select(values => Written(values)));

    /// <summary>Octets from a peer that means no good: none of the protocol, and parameters with an octet changed or cut off.</summary>
    public static readonly Gen<byte[]> Hostile = Gen.OneOf(
        Gen.Byte.Array[0, 80],
        Gen.Select(Gen.Byte[0, 8], Gen.Byte.Array[0, 40]).Select((type, rest) => (byte[])[type, .. rest]),
        Parameter.Array[0, 4].Select(parameters => parameters.SelectMany(octets => octets).ToArray()),
        Gen.Select(Parameter.Array[1, 4], Gen.Int[0, 1000], Gen.Byte).Select((parameters, at, value) =>
        {
            byte[] octets = [.. parameters.SelectMany(parameter => parameter)];
            octets[at % octets.Length] = value;
            return octets[..(octets.Length - (at % 3))];
        }));

    public static byte[] Written(in IpParameter value) => Octets(value.WireLength, value.TryWrite(Buffer, out int written, out _), written);

    public static byte[] Written(in SpiParameter value) => Octets(value.WireLength, value.TryWrite(Buffer, out int written, out _), written);

    public static byte[] Written(in IpsecModeParameter value) => Octets(value.WireLength, value.TryWrite(Buffer, out int written, out _), written);

    public static byte[] Written(in IpsecProtoParameter value) => Octets(value.WireLength, value.TryWrite(Buffer, out int written, out _), written);

    public static byte[] Written(in SelectorSpecificValueParameter value) => Octets(value.WireLength, value.TryWrite(Buffer, out int written, out _), written);

    public static byte[] Written(in IdParameter value) => Octets(value.WireLength, value.TryWrite(Buffer, out int written, out _), written);

    public static byte[] Written(MobikeVersion[] versions)
    {
        VersionParameter value = new(versions);
        return Octets(value.WireLength, value.TryWrite(Buffer, out int written, out _), written);
    }

    public static byte[] Written(IpAddress address)
    {
        byte[] octets = new byte[address.Length];
        Assert.True(address.TryWrite(octets));
        return octets;
    }

    public static byte[] BigEndian(uint value)
    {
        byte[] octets = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(octets, value);
        return octets;
    }

    [ThreadStatic]
    private static byte[]? _buffer;

    private static Span<byte> Buffer
    {
        get
        {
            // What is reserved or padding must be written, not left as it was.
            _buffer ??= new byte[512];
            _buffer.AsSpan().Fill(0xEE);
            return _buffer;
        }
    }

    private static byte[] Octets(int wireLength, bool done, int written)
    {
        Assert.True(done);
        Assert.Equal(wireLength, written);
        return _buffer.AsSpan(0, written).ToArray();
    }

    private static IpAddress ToAddress(byte[] octets)
    {
        Assert.True(IpAddress.TryRead(octets, out IpAddress address));
        return address;
    }
}
