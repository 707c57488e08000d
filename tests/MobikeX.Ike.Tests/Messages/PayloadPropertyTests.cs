using CsCheck;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Ike.Tests.Messages;

/// <summary>What is written is read again; whatever the octets are, reading ends and throws nothing.</summary>
public class PayloadPropertyTests
{
    private static readonly Gen<byte[]> Octets = Gen.Byte.Array[0, 40];

    private static readonly Gen<Transform> Transforms = Gen.Select(
        Gen.Byte, Gen.UShort, Gen.UShort, Gen.Bool, (type, id, bits, open) => new Transform((TransformType)type, id, open ? bits : null));

    private static readonly Gen<Proposal> Proposals = Gen.Select(
        Gen.Byte,
        Gen.Byte,
        Gen.OneOf(Gen.Const(0), Gen.Const(4), Gen.Const(8)).SelectMany(length => Gen.Byte.Array[length]),
        Transforms.Array[0, 6],
        (number, protocol, spi, transforms) => new Proposal(number, (ProtocolId)protocol, spi, transforms));

    private static readonly Gen<TrafficSelector> Selectors = Gen.Select(
        Gen.Byte, Gen.UShort, Gen.UShort, Gen.OneOf(Gen.Const(IpAddress.IPv4Length), Gen.Const(IpAddress.IPv6Length)).SelectMany(length => Gen.Select(Gen.Byte.Array[length], Gen.Byte.Array[length])))
        .Select((protocol, start, end, addresses) => new TrafficSelector(protocol, start, end, Address(addresses.Item1), Address(addresses.Item2)));

    private static readonly Gen<IkePayload> Payloads = Gen.OneOf(
        Proposals.Array[1, 5].Select(proposals => (IkePayload)new SaPayload(proposals)),
        Gen.Select(Gen.UShort, Gen.Byte.Array[1, 60], (group, data) => (IkePayload)new KePayload((DiffieHellmanGroup)group, data)),
        Gen.Select(Gen.Bool, Gen.Byte, Octets, (initiator, type, data) => (IkePayload)new IdPayload(
            initiator ? PayloadType.IdentificationInitiator : PayloadType.IdentificationResponder, new Identification((IdentificationType)type, data))),
        Gen.Select(Gen.Byte, Octets, (encoding, data) => (IkePayload)new CertPayload((CertificateEncoding)encoding, data)),
        Gen.Select(Gen.Byte, Octets, (encoding, data) => (IkePayload)new CertReqPayload((CertificateEncoding)encoding, data)),
        Gen.Select(Gen.Byte, Octets, (method, data) => (IkePayload)new AuthPayload((AuthenticationMethod)method, data)),
        Gen.Byte.Array[16, 256].Select(data => (IkePayload)new NoncePayload(data)),
        Gen.Select(Gen.Byte, Gen.Byte.Array[0, 16], Gen.UShort, Octets, Gen.Bool).Select((protocol, spi, type, data, critical) =>
            (IkePayload)new NotifyValue((ProtocolId)protocol, spi, (NotifyType)type, data, critical)),
        Gen.UInt.Array[0, 20].Select(spis => (IkePayload)new DeletePayload(ProtocolId.Esp, spis)),
        Gen.Const((IkePayload)new DeletePayload(ProtocolId.Ike, [])),
        Octets.Select(data => (IkePayload)new VendorIdPayload(data)),
        Selectors.Array[1, 8].Select(selectors => (IkePayload)new TsPayload(PayloadType.TrafficSelectorResponder, selectors)),
        Gen.Select(Gen.Byte, Gen.Select(Gen.UShort[0, 32767], Octets).Array[0, 6]).Select((type, attributes) => (IkePayload)new CpPayload(
            (ConfigurationType)type, [.. attributes.Select(attribute => new ConfigurationAttribute((ConfigurationAttributeType)attribute.Item1, attribute.Item2))])),
        Octets.Select(data => (IkePayload)new UnknownPayload((PayloadType)222, Critical: false, data)));

    [Fact]
    public void A_chain_is_read_as_it_was_written() => Payloads.Array[0, 8].Sample(payloads =>
    {
        var chain = new PayloadChain(payloads);
        Assert.True(MessageReader.TryReadChain(chain.First, chain.Octets, out IReadOnlyList<IkePayload> read, out MessageFault fault), fault.ToString());
        Assert.Equal(payloads.Select(payload => payload.Type), read.Select(payload => payload.Type));
        Assert.Equal(HexText.Of(chain.Octets), HexText.Of(new PayloadChain([.. read]).Octets));
    });

    [Fact]
    public void Any_octets_are_read_or_refused_with_an_answer() => Gen.Select(Gen.Byte, Gen.Byte.Array[0, 200]).Sample((first, octets) =>
        AssertOutcome(MessageReader.TryReadChain((PayloadType)first, octets, out IReadOnlyList<IkePayload> payloads, out MessageFault fault), payloads.Count, fault));

    [Fact]
    public void A_chain_with_octets_changed_is_read_or_refused_with_an_answer() =>
        Gen.Select(Payloads.Array[1, 5], Gen.Select(Gen.Int[0, 5000], Gen.Byte).Array[1, 4]).Sample((payloads, changes) =>
        {
            var chain = new PayloadChain(payloads);
            byte[] octets = chain.Octets.ToArray();
            foreach ((int at, byte value) in changes)
            {
                octets[at % octets.Length] = value;
            }

            AssertOutcome(MessageReader.TryReadChain(chain.First, octets, out IReadOnlyList<IkePayload> read, out MessageFault fault), read.Count, fault);
        });

    [Fact]
    public void Any_datagram_is_read_or_refused() => Gen.Select(Payloads.Array[0, 4], Gen.Select(Gen.Int[0, 400], Gen.Byte).Array[0, 4], Gen.Int[0, 40]).Sample((payloads, changes, cut) =>
    {
        byte[] message = MessageWriter.Write(MessageWriter.Header(1, 2, ExchangeType.IkeSaInit, 0, response: true, initiator: false), new PayloadChain(payloads));
        foreach ((int at, byte value) in changes)
        {
            message[at % message.Length] = value;
        }

        bool read = MessageReader.TryRead(message.AsSpan(0, Math.Max(0, message.Length - cut)), out IkeMessage? found, out MessageFault fault);
        Assert.Equal(read, found is not null);
        Assert.Equal(!read, fault.Reason is { Length: > 0 });
        Assert.True(found?.Sealed is not { } place || place.BodyOffset <= message.Length - cut);
    });

    [Fact]
    public void Any_identity_has_a_text() => Gen.Select(Gen.Byte, Octets).Sample((type, data) =>
        Assert.DoesNotContain(new Identification((IdentificationType)type, data).ToString(), char.IsControl));

    private static void AssertOutcome(bool read, int payloads, MessageFault fault)
    {
        if (!read)
        {
            Assert.Equal(0, payloads);
            Assert.NotEmpty(fault.Reason);
            Assert.NotNull(fault.Answer());
        }
    }

    private static IpAddress Address(byte[] octets) => IpAddress.TryRead(octets, out IpAddress address) ? address : default;
}
