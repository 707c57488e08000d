using MobikeX.Cli.Decoding;
using MobikeX.Cli.Yaml;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Cli.Notation;

/// <summary>A notify as a <c>notifies:</c> list gives it, ready to be put into a chain.</summary>
/// <param name="Whole">The payload with its header, where the list gives that instead of a notify.</param>
internal sealed record WrittenNotify(NotifyType Type, bool Critical, byte[] Data, byte[]? Whole = null);

/// <summary>Reads a <c>notifies:</c> list of a scenario file or of <c>mobikex encode</c>.</summary>
internal sealed class NotifyListReader
{
    /// <summary>The most Notification Data that the 16-bit length of a payload leaves room for.</summary>
    private static readonly int MaximumData = ushort.MaxValue - NotifyPayload.MinimumLength;

    private readonly ProtocolReading _reading;
    private readonly Faults _faults;
    private readonly byte[] _buffer = new byte[MaximumData];

    private NotifyListReader(ProtocolReading reading, Faults faults)
    {
        _reading = reading;
        _faults = faults;
    }

    /// <summary>The notifies in order; those that are at fault are recorded and left out.</summary>
    internal static List<WrittenNotify> Read(YamlValue notifies, ProtocolReading reading, Faults faults)
    {
        var written = new List<WrittenNotify>();
        if (notifies is not YamlSequence list)
        {
            faults.Add(notifies, $"a list of notifies is expected, found {notifies.Kind}");
            return written;
        }

        var reader = new NotifyListReader(reading, faults);
        foreach (YamlValue item in list.Items)
        {
            if (reader.ReadItem(item) is { } notify)
            {
                written.Add(notify);
            }
        }

        return written;
    }

    private WrittenNotify? ReadItem(YamlValue item)
    {
        if (item is not YamlMapping mapping)
        {
            return Refuse(item, $"a notify is NAME: [parameters], found {item.Kind}");
        }

        if (mapping.Find("hex") is { } hex)
        {
            return ReadWhole(mapping, hex.Value);
        }

        if (mapping.Find("code") is not null)
        {
            return ReadCode(mapping);
        }

        YamlEntry[] named = [.. mapping.Entries.Where(entry => entry.Key.Text != "critical")];
        if (named.Length != 1)
        {
            return Refuse(item, named.Length == 0 ? "a notify has a name" : $"one notify an item: '{named[1].Key.Text}' begins another");
        }

        return TryReadCritical(mapping, out bool critical) ? ReadNamed(named[0], critical) : null;
    }

    private WrittenNotify? ReadWhole(YamlMapping mapping, YamlValue hex)
    {
        if (mapping.Entries.Count > 1)
        {
            return Refuse(mapping, "hex gives the whole payload, so nothing stands beside it");
        }

        if (hex is not YamlScalar text || !HexText.TryRead(text.Text, out byte[] octets, out _) || octets.Length == 0)
        {
            return Refuse(hex, $"hex is {HexText.Expected}, found {hex.Kind}");
        }

        return (PayloadType)octets[0] == PayloadType.NoNextPayload
            ? new WrittenNotify(default, Critical: false, [], octets)
            : Refuse(hex, "the first octet, next payload, is 00 here; it is set when another notify follows");
    }

    private WrittenNotify? ReadCode(YamlMapping mapping)
    {
        var fields = new NotationFields(mapping, "notify", mapping, _faults);
        bool fine = fields.TryNumber("code", 0, ushort.MaxValue, required: true, out ulong code);
        fine &= fields.TryOctets("data", required: false, out byte[] data);
        fine &= fields.TryFlag("critical", out bool critical);
        if (!fields.Finish(["code", "data", "critical"]) || !fine)
        {
            return null;
        }

        return data.Length <= MaximumData
            ? new WrittenNotify((NotifyType)code, critical, data)
            : Refuse(mapping, $"data has {data.Length} octets, a notify has room for {MaximumData}");
    }

    private WrittenNotify? ReadNamed(YamlEntry notify, bool critical)
    {
        string name = notify.Key.Text;
        if (!NotifyTypeNames.TryParse(name, out _))
        {
            return Refuse(notify.Key, $"no notify is called '{name}'{NearestName.Hint(name, NotifyTypeNames.All)}");
        }

        var parameters = new List<NotationParameter>();
        var places = new List<YamlValue>();
        NotationFields? fields = null;
        switch (notify.Value)
        {
            case YamlMapping given:
                fields = new NotationFields(notify.Key, name, given, _faults);
                break;
            case YamlSequence { Items: [YamlMapping { Entries: [{ Value: not YamlMapping }, ..] } given] }:
                // The fields of the notify itself, put in a list as parameters are.
                fields = new NotationFields(notify.Key, name, given, _faults);
                break;
            case YamlSequence list:
                bool fine = true;
                foreach (YamlValue item in list.Items)
                {
                    fine &= TryReadParameter(name, item, parameters);
                    places.Add(item);
                }

                if (!fine)
                {
                    return null;
                }

                break;
            default:
                return Refuse(notify.Value, $"{name} takes a list of parameters, [] for none, found {notify.Value.Kind}");
        }

        int faultsBefore = _faults.Count;
        if (_reading.TryEncode(name, parameters, fields, _buffer, out int written, out NotifyType type, out string? error, out int errorIndex))
        {
            return new WrittenNotify(type, critical, _buffer[..written]);
        }

        // What a field is at fault for stands there already, with the place of the field.
        if (_faults.Count == faultsBefore)
        {
            Refuse(errorIndex >= 0 && errorIndex < places.Count ? places[errorIndex] : notify.Key, $"{name}: {error ?? "cannot be written so"}");
        }

        return null;
    }

    private bool TryReadParameter(string notify, YamlValue item, List<NotationParameter> parameters)
    {
        if (item is not YamlMapping { Entries: [var entry] })
        {
            Refuse(item, $"{notify}: a parameter is {{ NAME: {{ field: value }} }}, found {item.Kind}");
            return false;
        }

        if (!NotifyParameterNames.TryParse(entry.Key.Text, out _))
        {
            Refuse(entry.Key, $"no parameter is called '{entry.Key.Text}'{NearestName.Hint(entry.Key.Text, NotifyParameterNames.All)}");
            return false;
        }

        if (entry.Value is not YamlMapping fields)
        {
            Refuse(entry.Value, $"{entry.Key.Text} takes a mapping of field names to values, found {entry.Value.Kind}");
            return false;
        }

        parameters.Add(new NotationParameter(entry.Key.Text, new NotationFields(entry.Key, entry.Key.Text, fields, _faults)));
        return true;
    }

    private bool TryReadCritical(YamlMapping mapping, out bool critical) =>
        new NotationFields(mapping, "notify", mapping, _faults).TryFlag("critical", out critical);

    private WrittenNotify? Refuse(YamlValue at, string text)
    {
        _faults.Add(at, text);
        return null;
    }
}
