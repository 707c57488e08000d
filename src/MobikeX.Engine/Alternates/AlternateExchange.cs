using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Engine;

/// <summary>Offers alternate addresses to the peer: actions of <see cref="AlternateInitiatorMachine"/> (sections 7.2 and 7.3). Either end may.</summary>
internal sealed class AlternateExchange : IAlternateInitiatorHandler
{
    private const int LargestAddress = 64;

    private readonly MobikeXEngine _engine;
    private readonly IdentifierSource _identifiers;
    private readonly ActionMessage _message;
    private AlternateInitiatorMachine _machine;
    private IReadOnlyList<OfferedAlternate> _alternates = [];
    private IReadOnlyList<RequestedNotify> _selectors = [];
    private IReadOnlyList<RequestedNotify> _actions = [];
    private ResponseReading? _response;
    private Action? _next;

    public AlternateExchange(MobikeXEngine engine, IdentifierSource? identifiers = null)
    {
        _engine = engine;
        _identifiers = identifiers ?? new IdentifierSource();
        _message = new ActionMessage(engine);
    }

    /// <summary>True while an offer is under way.</summary>
    public bool IsBusy => _message.Token is not null;

    /// <summary>True where the response to the offer is reported under this token.</summary>
    public bool Awaits(uint token) => _message.Token == token;

    /// <summary>Offers a list. One that is under way is finished first; of those that wait the latest replaces the others.</summary>
    public void Offer(IReadOnlyList<OfferedAlternate> alternates, IReadOnlyList<SaSelector> selectors)
    {
        if (IsBusy)
        {
            _next = () => Offer(alternates, selectors);
            return;
        }

        if ((Objection(alternates, selectors, _engine.Ike.Version) ?? Write(alternates, selectors)) is { } objection)
        {
            _engine.Put(new CommandRefused(null, objection));
            return;
        }

        _alternates = alternates;
        AlternateExchange self = this;
        _machine.Wanted(ref self);
    }

    /// <summary>Takes the response.</summary>
    public void TakeResponse(ResponseReading response)
    {
        _response = response;
        _message.End();
        AlternateExchange self = this;
        if (response.HasError)
        {
            _machine.Refused(ref self);
        }
        else
        {
            _machine.Answered(ref self);
        }

        _response = null;
        OfferNext();
    }

    /// <summary>No response will come.</summary>
    public void TakeLoss()
    {
        _message.End();
        AlternateExchange self = this;
        _machine.Lost(ref self);
        OfferNext();
    }

    void IAlternateInitiatorHandler.Send() => _message.Send([], _selectors, _actions, _engine.ToPeer());

    void IAlternateInitiatorHandler.Acknowledge() =>
        _engine.Put(new ActionAccepted(ActionTrait.Alternate, null, _alternates.Any(static alternate => alternate.Check)));

    void IAlternateInitiatorHandler.ForwardError()
    {
        foreach (AnsweredNotify answer in _response!.Answers)
        {
            _engine.Put(new ActionAnswered(ActionTrait.Alternate, answer.Identifier, answer.Type));
        }
    }

    void IAlternateInitiatorHandler.Fail() => _engine.Put(new ActionFailed(ActionTrait.Alternate, null, "no response came"));

    private void OfferNext()
    {
        Action? next = _next;
        _next = null;
        next?.Invoke();
    }

    /// <summary>Why an offer cannot be sent under a version; null where it can.</summary>
    private static string? Objection(IReadOnlyList<OfferedAlternate> alternates, IReadOnlyList<SaSelector> selectors, MobikeVersion? version) =>
        version is null ? "no version is agreed on"
        : selectors.Count > 0 && alternates.Count == 0 ? "a list for selected SAs cannot be taken back"
        : version == MobikeVersion.Mobike && (selectors.Count > 0 || alternates.Any(static alternate => alternate.Check)) ? "version 1 has neither SELECTOR nor CHECK"
        : null;

    /// <summary>Writes the offer, all of it before anything is sent. Why something of it cannot be written; null where all is.</summary>
    private string? Write(IReadOnlyList<OfferedAlternate> alternates, IReadOnlyList<SaSelector> selectors)
    {
        if (!SelectorData.TryWrite(selectors, _identifiers, out _selectors))
        {
            return "a SELECTOR cannot be written";
        }

        List<RequestedNotify> actions = [];
        foreach (OfferedAlternate alternate in alternates)
        {
            if (!TryWrite(alternate, out RequestedNotify notify))
            {
                return "what is said of an alternate address cannot be written";
            }

            actions.Add(notify);
        }

        _actions = actions.Count > 0 ? actions : [new RequestedNotify(NoAdditionalAddressesNotify.Type, [])];
        return null;
    }

    private bool TryWrite(in OfferedAlternate alternate, out RequestedNotify notify) =>
        _engine.Ike.Version == MobikeVersion.Mobike
            ? TryWriteRaw(alternate.Address, out notify)
            : TryWriteParameters(alternate, _identifiers.Next(), out notify);

    /// <summary>Under version 1 the data is the address, and its family has a notify of its own (RFC 4555 section 3.6).</summary>
    private static bool TryWriteRaw(IpAddress address, out RequestedNotify notify)
    {
        byte[] data = new byte[address.Length];
        notify = new RequestedNotify(
            address.IsIPv4 ? Protocol.Mobike.AdditionalIp4AddressNotify.Type : Protocol.Mobike.AdditionalIp6AddressNotify.Type,
            data);
        return address.TryWrite(data);
    }

    /// <summary>An alternate has H set, and neither O, N nor I (section 7.2).</summary>
    private static bool TryWriteParameters(in OfferedAlternate alternate, ushort identifier, out RequestedNotify notify)
    {
        AdditionalIpAddressNotify offer = new(
            new IpParameter(alternate.Address, check: alternate.Check, header: true, information: alternate.Information),
            id: new IdParameter(identifier));
        Span<byte> data = stackalloc byte[LargestAddress];
        bool isWritten = offer.TryWrite(data, out int written, out _);
        notify = new RequestedNotify(AdditionalIpAddressNotify.Type, data.Slice(0, written).ToArray());
        return isWritten;
    }
}
