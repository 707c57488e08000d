using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Engine;

/// <summary>What a response says: the version that was chosen, errors and warnings with their IDs, and NATs.</summary>
/// <remarks>A status notify that cannot be read, or that has an SPI and takes none, says nothing; an error says that it is one, whatever it carries.</remarks>
internal sealed class ResponseReading
{
    private readonly List<AnsweredNotify> _answers = [];
    private readonly List<MobikeVersion> _supported = [];
    private NatObservation _nat;
    private bool _isSupported;
    private bool _isMalformed;

    private ResponseReading()
    {
    }

    /// <summary>The versions of its MOBIKE_SUPPORTED, empty where that names none; null where there is none.</summary>
    public IReadOnlyList<MobikeVersion>? Supported => _isSupported ? _supported : null;

    /// <summary>True where a MOBIKE_SUPPORTED or MOBIKE_UNSUPPORTED_VERSION cannot be read.</summary>
    public bool IsVersionMalformed => _isMalformed;

    /// <summary>The versions of its MOBIKE_UNSUPPORTED_VERSION; null where there is none.</summary>
    public IReadOnlyList<MobikeVersion>? UnsupportedVersion { get; private set; }

    /// <summary>The errors, and the warnings that an SA closes.</summary>
    public IReadOnlyList<AnsweredNotify> Answers => _answers;

    /// <summary>True where one of the answers is an error.</summary>
    public bool HasError => _answers.Exists(static answer => IsError(answer.Type));

    /// <summary>True where the address was refused and nothing else, so that another may be taken (section 7.4).</summary>
    public bool RefusesAddress => HasError && _answers.TrueForAll(static answer => Protocol.NotifyDispatcher.TryGetRefuses(answer.Type, out RefusesTrait refused) && refused == RefusesTrait.Address);

    /// <summary>Whether NAT detection found a NAT; null where the response has none.</summary>
    public bool? HasNat => _nat.HasNat;

    /// <summary>Reads a response, as far as it can be read.</summary>
    public static ResponseReading Of(in ReceivedMessage message, IkeSa ike)
    {
        ResponseReading reading = new();
        PayloadChainReader reader = new(message.First, message.Payloads);
        while (reader.TryRead(out PayloadView payload))
        {
            if (payload.TryReadNotify(out NotifyPayload notify, out _))
            {
                reading.Take(notify);
                reading._nat.Observe(notify, ike, message.Packet);
            }
        }

        return reading;
    }

    private void Take(in NotifyPayload payload)
    {
        switch (payload.NotifyMessageType)
        {
            case MobikeSupportedNotify.Type:
                _isSupported = true;
                _isMalformed |= !Protocol.NotifyDispatcher.TryRead(payload, out MobikeSupportedNotify supported);
                _supported.AddRange(VersionData.Read(supported));
                break;
            case MobikeUnsupportedVersionNotify.Type when Protocol.NotifyDispatcher.TryRead(payload, out MobikeUnsupportedVersionNotify unsupported):
                UnsupportedVersion = VersionData.Read(unsupported);
                AddAnswer(payload);
                break;
            case MobikeUnsupportedVersionNotify.Type:
                _isMalformed = true;
                AddAnswer(payload);
                break;
            case NotifyType type when IsError(type) || Protocol.NotifyDispatcher.TryRead(payload, out ClosingSaNotify _):
                AddAnswer(payload);
                break;
        }
    }

    private void AddAnswer(in NotifyPayload payload) =>
        _answers.Add(new AnsweredNotify(payload.NotifyMessageType, ReadableId.Of(payload.Data)));

    private static bool IsError(NotifyType type) => (int)type <= Protocol.Ikev2.Constants.LastErrorType;
}
