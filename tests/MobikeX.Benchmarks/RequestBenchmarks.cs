using BenchmarkDotNet.Attributes;
using BinarySerialization;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Benchmarks;

/// <summary>The octets of one request, SELECTOR(SPI), UPDATE_SA_ADDRESSES(old, new, ID), END_OF_SELECTOR: generated, hand-written, reflective.</summary>
[MemoryDiagnoser]
public class RequestBenchmarks
{
    private static readonly IpAddress Old = IpAddress.Parse("192.0.2.1");
    private static readonly IpAddress New = IpAddress.Parse("198.51.100.7");

    private readonly byte[] _request = new byte[52];
    private readonly byte[] _destination = new byte[52];
    private readonly BinarySerializer _serializer = new();
    private readonly MemoryStream _stream = new();
    private ReflectiveRequest _reflective = new();

    [GlobalSetup]
    public void Setup()
    {
        HandWritten.Write(_request, 0xc1000001, 0xc0000201, 0xc6336407, 7);
        WriteGenerated();
        if (!_destination.AsSpan().SequenceEqual(_request))
        {
            throw new InvalidOperationException($"the rivals write different octets: {Hex.ToText(_destination)}, {Hex.ToText(_request)}");
        }

        if (ReadGenerated() != ReadByHand())
        {
            throw new InvalidOperationException("the rivals read different values");
        }

        _reflective = _serializer.Deserialize<ReflectiveRequest>(_request);
    }

    [BenchmarkCategory("read")]
    [Benchmark(Baseline = true)]
    public uint ReadByHand() => HandWritten.TryRead(_request, out HandWritten.Request request) ? (uint)request.Spi + request.Id + (uint)request.New.Low : 0;

    [BenchmarkCategory("read")]
    [Benchmark]
    public uint ReadGenerated()
    {
        Reader reader = default;
        PayloadChainReader chain = new(PayloadType.Notify, _request);
        while (chain.TryRead(out PayloadView payload))
        {
            if (!payload.TryReadNotify(out NotifyPayload notify, out _))
            {
                return 0;
            }

            Protocol.NotifyDispatcher.Dispatch(in notify, ref reader);
        }

        return reader.Sum;
    }

    [BenchmarkCategory("read")]
    [Benchmark]
    public object ReadReflective() => _serializer.Deserialize<ReflectiveRequest>(_request);

    [BenchmarkCategory("write")]
    [Benchmark]
    public int WriteByHand() => HandWritten.Write(_destination, 0xc1000001, 0xc0000201, 0xc6336407, 7);

    [BenchmarkCategory("write")]
    [Benchmark]
    public int WriteGenerated()
    {
        Span<byte> data = stackalloc byte[32];
        Span<byte> destination = _destination;
        ParameterWriter parameters = new(data);
        SpiParameter spi = new(ShortOctets.From(0xc1000001));
        parameters.TryAdd(in spi);
        int written = Put(destination, PayloadType.Notify, NotifyType.Selector, parameters.Written);

        UpdateSaAddressesNotify update = new(new IpParameter(Old, old: true, header: true), new IpParameter(New, @new: true, header: true), new IdParameter(7));
        update.TryWrite(data, out int octets, out _);
        written += Put(destination.Slice(written), PayloadType.Notify, NotifyType.UpdateSaAddresses, data.Slice(0, octets));
        return written + Put(destination.Slice(written), PayloadType.NoNextPayload, NotifyType.EndOfSelector, default);
    }

    [BenchmarkCategory("write")]
    [Benchmark]
    public long WriteReflective()
    {
        _stream.Position = 0;
        _serializer.Serialize(_stream, _reflective);
        return _stream.Position;
    }

    private static int Put(Span<byte> destination, PayloadType next, NotifyType type, ReadOnlySpan<byte> data)
    {
        new NotifyPayload(nextPayload: next, protocolId: default, notifyMessageType: type, spi: default, data: data).TryWrite(destination, out int written, out _);
        return written;
    }

    /// <summary>Takes the request's notifies and keeps what a responder would act on.</summary>
    private struct Reader : Protocol.INotifyHandler
    {
        internal uint Sum;

        public void OnSelector(in SelectorNotify notify)
        {
            foreach (AnyParameter parameter in notify)
            {
                if (parameter.TryGetSpi(out SpiParameter spi))
                {
                    Sum += (uint)spi.Spi.ToUInt64();
                }
            }
        }

        public void OnUpdateSaAddresses(in UpdateSaAddressesNotify notify)
        {
            Span<byte> address = stackalloc byte[IpAddress.IPv4Length];
            notify.New!.Value.Address.TryWrite(address);
            Sum += notify.Id!.Value.Identifier + System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(address);
        }

        public readonly void OnEndOfSelector(in EndOfSelectorNotify notify)
        {
        }

        // The rest of the interface: none of these stands in the request.
        public readonly void OnUnsupportedCriticalPayload(in UnsupportedCriticalPayloadNotify notify)
        {
        }

        public readonly void OnInvalidMessageId(in InvalidMessageIdNotify notify)
        {
        }

        public readonly void OnInvalidKePayload(in InvalidKePayloadNotify notify)
        {
        }

        public readonly void OnUnacceptableAddress(in UnacceptableAddressNotify notify)
        {
        }

        public readonly void OnUnexpectedNatDetected(in Protocol.Mobike.UnexpectedNatDetectedNotify notify)
        {
        }

        public readonly void OnTemporaryFailure(in Protocol.TemporaryFailureNotify notify)
        {
        }

        public readonly void OnChildSaNotFound(in ChildSaNotFoundNotify notify)
        {
        }

        public readonly void OnMobikeUnsupportedVersion(in MobikeUnsupportedVersionNotify notify)
        {
        }

        public readonly void OnDoesNotFitSpd(in DoesNotFitSpdNotify notify)
        {
        }

        public readonly void OnUnacceptableParameter(in UnacceptableParameterNotify notify)
        {
        }

        public readonly void OnUnexpectedPayloadAfterSelector(in UnexpectedPayloadAfterSelectorNotify notify)
        {
        }

        public readonly void OnUnmatchedSelectorSet(in UnmatchedSelectorSetNotify notify)
        {
        }

        public readonly void OnSetWindowSize(in SetWindowSizeNotify notify)
        {
        }

        public readonly void OnNatDetectionSourceIp(in NatDetectionSourceIpNotify notify)
        {
        }

        public readonly void OnNatDetectionDestinationIp(in NatDetectionDestinationIpNotify notify)
        {
        }

        public readonly void OnCookie(in CookieNotify notify)
        {
        }

        public readonly void OnRekeySa(in RekeySaNotify notify)
        {
        }

        public readonly void OnMobikeSupported(in MobikeSupportedNotify notify)
        {
        }

        public readonly void OnAdditionalIp4Address(in Protocol.Mobike.AdditionalIp4AddressNotify notify)
        {
        }

        public readonly void OnAdditionalIpAddress(in AdditionalIpAddressNotify notify)
        {
        }

        public readonly void OnNoAdditionalAddresses(in NoAdditionalAddressesNotify notify)
        {
        }

        public readonly void OnCookie2(in Protocol.Mobike.Cookie2Notify notify)
        {
        }

        public readonly void OnNoNatsAllowed(in Protocol.Mobike.NoNatsAllowedNotify notify)
        {
        }

        public readonly void OnAddSaAddress(in AddSaAddressNotify notify)
        {
        }

        public readonly void OnRemoveSaAddress(in RemoveSaAddressNotify notify)
        {
        }

        public readonly void OnClosingSa(in ClosingSaNotify notify)
        {
        }

        public readonly void OnMalformed(in NotifyPayload payload, in WireFailure failure)
        {
        }

        public readonly void OnOther(in NotifyPayload payload)
        {
        }
    }
}
