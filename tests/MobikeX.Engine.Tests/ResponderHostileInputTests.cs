using CsCheck;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using static MobikeX.Engine.Tests.RequestNotifies;
using static MobikeX.Engine.Tests.ResponderBed;

namespace MobikeX.Engine.Tests;

/// <summary>Whatever comes in is answered, and what is refused has changed nothing.</summary>
public class ResponderHostileInputTests
{
    private static readonly PacketAddresses Packet = new(Home, Port, Gateway, Port);

    [Fact]
    public void Arbitrary_octets_are_answered_once_and_never_throw() =>
        Gen.Select(Gen.Byte, Gen.Byte.Array[0, 120]).Sample((first, octets) =>
        {
            ResponderBed bed = new();
            bed.NewTunnel(1);
            bed.SendForResponse((PayloadType)first, octets, Packet);
        });

    [Fact]
    public void A_request_with_octets_flipped_is_answered_once_and_never_throws()
    {
        byte[] request = new RequestNotifies()
            .Selector(Spi(1), Id(1))
            .Update(Old(Home), New(Away), Id(2))
            .RemoveAddress(Ip(Away), Id(3))
            .Alternate(Ip(Third))
            .End()
            .Octets.ToArray();
        Gen.Select(Gen.Int[0, request.Length - 1], Gen.Byte, Gen.Int[0, request.Length - 1], Gen.Byte).Sample((i, a, j, b) =>
        {
            byte[] flipped = [.. request];
            flipped[i] ^= a;
            flipped[j] ^= b;
            ResponderBed bed = new();
            bed.NewTunnel(1, inner: InnerHost);
            bed.SendForResponse(PayloadType.Notify, flipped, Packet);
        });
    }

    [Theory]
    [InlineData(MobikeVersion.Mobike)]
    [InlineData(MobikeVersion.MobikeX)]
    public void A_chain_that_is_cut_is_refused_as_a_whole(MobikeVersion version)
    {
        byte[] request = new RequestNotifies().Update().Update().Octets.ToArray();
        for (int length = 1; length < request.Length; length++)
        {
            ResponderBed bed = new(version: version);
            ChildSa tunnel = bed.NewTunnel(1);
            Transmit response = bed.SendForResponse(PayloadType.Notify, request.AsSpan(0, length), new PacketAddresses(Away, Port, Gateway, Port));
            Assert.Equal(["INVALID_SYNTAX"], AnswerReader.Read(response));
            Assert.Equal(Set(Home), tunnel.Initiator);
            Assert.Equal(Set(Home), bed.Ike.Initiator);
        }
    }

    [Fact]
    public void Requests_that_wait_for_the_backend_do_not_disturb_each_other()
    {
        ResponderBed bed = new();
        ChildSa tunnel = bed.NewTunnel(1);
        RequestNotifies first = new RequestNotifies().Update(New(Away)).RemoveAddress(Ip(Third), Id(1));
        RequestNotifies second = new RequestNotifies().AddAddress(Ip(Third)).Update(Old(Home), New(Away), Id(2));
        bed.Responder.HandleRequest(new ReceivedMessage(ExchangeType.Informational, 1, first.First, first.Octets, Packet), bed.Now, bed.Backend);
        bed.Responder.HandleRequest(new ReceivedMessage(ExchangeType.Informational, 2, second.First, second.Octets, Packet), bed.Now, bed.Backend);
        EngineDriver.Run(bed.Responder, bed.Backend, bed.Now);
        Dictionary<uint, IReadOnlyList<string>> answers = [];
        while (bed.Responder.TryPollTransmit(out Transmit transmit))
        {
            answers.Add(transmit.Token, AnswerReader.Read(transmit));
        }

        Assert.Equal(["UNMATCHED_SELECTOR_SET 1"], answers[1]);
        Assert.Equal(["UNMATCHED_SELECTOR_SET 2"], answers[2]);
        Assert.Equal(Set(Away, Third), tunnel.Initiator);
    }
}
