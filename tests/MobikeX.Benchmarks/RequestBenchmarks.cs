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
    // What is written is no constant, which a compiler would write ahead of time for either.
    private readonly ulong _oldNumber = 0xc0000201;
    private readonly ulong _newNumber = 0xc6336407;
    private readonly IpAddress _old = IpAddress.Parse("192.0.2.1");
    private readonly IpAddress _new = IpAddress.Parse("198.51.100.7");
    private readonly uint _spi = 0xc1000001;
    private readonly ushort _id = 7;
    private readonly byte[] _request = new byte[52];
    private readonly byte[] _destination = new byte[52];
    private readonly BinarySerializer _serializer = new();
    private readonly MemoryStream _stream = new();
    private ReflectiveRequest _reflective = new();

    [GlobalSetup]
    public void Setup()
    {
        WriteByHand();
        _destination.CopyTo(_request, 0);
        Array.Clear(_destination);
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
    public uint ReadByHand()
    {
        if (!HandWritten.TryRead(_request, out HandWritten.Request request, out _))
        {
            return 0;
        }

        uint sum = request.Update.Id + (request.Update.New.Low == _newNumber && request.Update.New.High == 0 && request.Update.New.Length == IpAddress.IPv4Length ? 1U : 0U);
        ReadOnlySpan<byte> selector = request.Selector;
        while (HandWritten.TryTake(ref selector, out ReadOnlySpan<byte> parameter))
        {
            if (HandWritten.TryGetSpi(parameter, out ulong spi))
            {
                sum += (uint)spi;
            }
        }

        return sum;
    }

    [BenchmarkCategory("read")]
    [Benchmark]
    public uint ReadGenerated()
    {
        Reader reader = default;
        reader.Expected = _new;
        PayloadChainReader chain = new(PayloadType.Notify, _request);
        while (chain.TryReadNotify(out NotifyPayload notify))
        {
            Protocol.NotifyDispatcher.Dispatch(in notify, ref reader);
        }

        return chain.IsAtEnd ? reader.Sum : 0;
    }

    [BenchmarkCategory("read")]
    [Benchmark]
    public object ReadReflective() => _serializer.Deserialize<ReflectiveRequest>(_request);

    [BenchmarkCategory("write")]
    [Benchmark]
    public int WriteByHand()
    {
        HandWritten.UpdateRequest update = new()
        {
            HasOld = true,
            Old = new HandWritten.Ip { Flags = 0x0a, Length = 4, Low = _oldNumber },
            HasNew = true,
            New = new HandWritten.Ip { Flags = 0x06, Length = 4, Low = _newNumber },
            HasId = true,
            Id = _id,
        };
        return HandWritten.Write(_destination, _spi, sizeof(uint), in update, out _);
    }

    [BenchmarkCategory("write")]
    [Benchmark]
    public int WriteGenerated()
    {
        PayloadChainWriter chain = new(_destination);
        ParameterWriter parameters = new(chain.Data);
        SpiParameter spi = new(ShortOctets.From(_spi));
        if (!parameters.TryAdd(in spi) || !chain.TryAdd(NotifyType.Selector, parameters.Written.Length, out _))
        {
            return 0;
        }

        UpdateSaAddressesNotify update = new(new IpParameter(_old, old: true, header: true), new IpParameter(_new, @new: true, header: true), new IdParameter(_id));
        if (!update.TryWrite(chain.Data, out int octets, out _) || !chain.TryAdd(NotifyType.UpdateSaAddresses, octets, out _))
        {
            return 0;
        }

        return chain.TryAdd(NotifyType.EndOfSelector, 0, out _) ? chain.Written.Length : 0;
    }

    [BenchmarkCategory("write")]
    [Benchmark]
    public long WriteReflective()
    {
        _stream.Position = 0;
        _serializer.Serialize(_stream, _reflective);
        return _stream.Position;
    }

    /// <summary>Takes the request's notifies and keeps what a responder would act on.</summary>
    private struct Reader : Protocol.INotifyHandler
    {
        internal uint Sum;
        internal IpAddress Expected;

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
            Sum += notify.Id!.Value.Identifier + (notify.New!.Value.Address == Expected ? 1U : 0U);
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
