using CsCheck;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;
using static MobikeX.Engine.Tests.RequestNotifies;
using static MobikeX.Engine.Tests.ResponderBed;

namespace MobikeX.Engine.Tests;

/// <summary>Whatever comes in is answered, and what is refused has changed nothing.</summary>
public class ResponderHostileInputTests
{
    private static readonly PacketAddresses Packet = new(Home, Port, Gateway, Port);
    private static readonly PacketAddresses FromAway = new(Away, Port, Gateway, Port);

    [Theory]
    [InlineData(null)]
    [InlineData(MobikeVersion.Mobike)]
    [InlineData(MobikeVersion.MobikeX)]
    public void Arbitrary_octets_are_answered_once_and_never_throw(MobikeVersion? version) =>
        Gen.Select(Gen.Byte, Gen.Byte.Array[0, 120]).Sample((first, octets) =>
            AssertRefusedChangesNothing(version, (PayloadType)first, octets));

    [Theory]
    [InlineData(null)]
    [InlineData(MobikeVersion.Mobike)]
    [InlineData(MobikeVersion.MobikeX)]
    public void A_request_with_octets_flipped_is_answered_once_and_never_throws(MobikeVersion? version)
    {
        byte[] request = new RequestNotifies()
            .Selector(Spi(1), Id(1))
            .Update(Old(Home), New(Away), Id(2))
            .RemoveAddress(Ip(Away), Id(3))
            .Alternate(Ip(Third))
            .End()
            .Octets.ToArray();
        Gen.Select(Gen.Int[0, request.Length - 1], Gen.Byte, Gen.Int[0, request.Length - 1], Gen.Byte).Sample((i, a, j, b) =>
            AssertRefusedChangesNothing(version, PayloadType.Notify, Flipped(request, (i, a), (j, b))));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(MobikeVersion.Mobike)]
    [InlineData(MobikeVersion.MobikeX)]
    public void A_single_notify_with_octets_flipped_does_all_that_it_says_or_nothing(MobikeVersion? version)
    {
        byte[][] requests =
        [
            new RequestNotifies().Update(Old(Home), New(Away), Id(2)).Octets.ToArray(),
            new RequestNotifies().Update(Id(2)).Octets.ToArray(),
            new RequestNotifies().AddAddress(Ip(Away), Id(3)).Octets.ToArray(),
            new RequestNotifies().RemoveAddress(Ip(Home), Id(3)).Octets.ToArray(),
            new RequestNotifies().Alternate(Ip(Third), Id(4)).Octets.ToArray(),
            new RequestNotifies().Add(NotifyType.MobikeUnsupportedVersion, [1, 1, 255, 0]).Octets.ToArray(),
            new RequestNotifies().Add(NotifyType.MobikeSupported, [1, 2, 1, 2]).Octets.ToArray(),
        ];
        Gen.Select(Gen.Int[0, requests.Length - 1], Gen.Int[0, 200], Gen.Byte).Sample((which, i, a) =>
        {
            byte[] request = requests[which];
            AssertRefusedChangesNothing(version, PayloadType.Notify, Flipped(request, (i % request.Length, a)));
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

    private static byte[] Flipped(byte[] request, params (int Index, byte By)[] flips)
    {
        byte[] flipped = [.. request];
        foreach ((int index, byte by) in flips)
        {
            flipped[index] ^= by;
        }

        return flipped;
    }

    /// <summary>One response; where the request has nothing that acts, or every notify of it is refused, SAs, alternates and version are as they were.</summary>
    private static void AssertRefusedChangesNothing(MobikeVersion? version, PayloadType first, byte[] payloads)
    {
        ResponderBed bed = new(version: version);
        SecurityAssociation[] sas = [bed.Ike, bed.NewTunnel(1, inner: InnerHost), bed.NewTransport(2)];
        string before = State(bed.Ike, sas);

        Transmit response = bed.SendForResponse(first, payloads, FromAway);

        (List<NotifyType> asked, bool isWhole) = TypesOf(first, payloads);
        (List<NotifyType> answered, _) = TypesOf(response.First, response.Payloads.Span);
        bool isRefused = answered.Contains(NotifyType.InvalidSyntax)
            || answered.Contains(NotifyType.UnsupportedCriticalPayload)
            || (answered.Count >= asked.Count && answered.TrueForAll(static type => (int)type <= Protocol.Ikev2.Constants.LastErrorType));
        if (!isWhole || isRefused || !asked.Exists(type => Acts(type, version)))
        {
            Assert.Equal(before, State(bed.Ike, sas));
        }
    }

    private static bool Acts(NotifyType type, MobikeVersion? version) => type switch
    {
        NotifyType.MobikeSupported => true,
        NotifyType.UpdateSaAddresses or NotifyType.AdditionalIp6Address or NotifyType.NoAdditionalAddresses => version is not null,
        NotifyType.AdditionalIp4Address => version == MobikeVersion.Mobike,
        NotifyType.AddSaAddress or NotifyType.RemoveSaAddress or NotifyType.MobikeUnsupportedVersion => version == MobikeVersion.MobikeX,
        _ => false,
    };

    private static (List<NotifyType> Types, bool IsWhole) TypesOf(PayloadType first, ReadOnlySpan<byte> payloads)
    {
        List<NotifyType> types = [];
        PayloadChainReader reader = new(first, payloads);
        while (reader.TryRead(out PayloadView payload))
        {
            if (payload.TryReadNotify(out NotifyPayload notify, out _))
            {
                types.Add(notify.NotifyMessageType);
            }
        }

        return (types, reader.Failure.Kind == WireFailureKind.None);
    }

    private static string State(IkeSa ike, SecurityAssociation[] sas) =>
        $"{ike.Version} {ike.Alternates.Count} " + string.Join(' ', sas.Select(static sa => $"{sa.IsClosed} {SaAddresses.Of(sa)}"));
}
