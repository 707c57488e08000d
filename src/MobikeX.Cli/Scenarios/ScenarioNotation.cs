using MobikeX.Cli.Decoding;
using MobikeX.Cli.Notation;
using MobikeX.Cli.Yaml;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Cli.Scenarios;

/// <summary>Reads and writes the notifies of a scenario file.</summary>
internal static class ScenarioNotation
{
    /// <summary>
    /// The notifies of a list, as the version reads them. What this version has no word for may be said in the words of the
    /// other: a file shows that way what comes of it.
    /// </summary>
    public static IReadOnlyList<ScenarioNotify> Read(YamlValue value, MobikeVersion version, Faults faults)
    {
        if (value is not YamlSequence list)
        {
            faults.Add(value, $"a list of notifies is expected, [] for none, found {value.Kind}");
            return [];
        }

        var preferred = ProtocolReading.Of(version);
        var other = ProtocolReading.Of(version == MobikeVersion.Mobike ? MobikeVersion.MobikeX : MobikeVersion.Mobike);
        var notifies = new List<ScenarioNotify>();
        foreach (YamlValue item in list.Items)
        {
            if (ReadItem(item, preferred, other, faults) is not { } written)
            {
                continue;
            }

            bool? critical = (item as YamlMapping)?.Find("critical") is null ? null : written.Critical;
            notifies.Add(new ScenarioNotify(item, critical, written));
        }

        return notifies;
    }

    private static WrittenNotify? ReadItem(YamlValue item, ProtocolReading preferred, ProtocolReading other, Faults faults)
    {
        var list = new YamlSequence([item], item.Line, item.Column);
        var first = new Faults(faults.Path);
        foreach ((ProtocolReading reading, Faults found) in ((ProtocolReading, Faults)[])[(preferred, first), (other, new Faults(faults.Path))])
        {
            List<WrittenNotify> written = NotifyListReader.Read(list, reading, found);
            if (!found.Any)
            {
                return written[0];
            }
        }

        if (ReadData(item, faults.Path) is { } raw)
        {
            return raw;
        }

        faults.AddAll(first);
        return null;
    }

    /// <summary>A notify whose data is given as octets, <c>NAME: { data: hex }</c>, although its spec would say what they mean.</summary>
    private static WrittenNotify? ReadData(YamlValue item, string path)
    {
        if (item is not YamlMapping mapping
            || mapping.Entries.FirstOrDefault(entry => entry.Value is YamlMapping { Entries: [{ Key.Text: "data" }] }) is not { } named
            || !NotifyTypeNames.TryParse(named.Key.Text, out NotifyType type))
        {
            return null;
        }

        // Read as { code: …, data: …, critical: … }, which has the same checks.
        var code = new YamlEntry(new YamlScalar("code", false, named.Key.Line, named.Key.Column), new YamlScalar($"{(ushort)type}", false, named.Key.Line, named.Key.Column));
        YamlEntry data = ((YamlMapping)named.Value).Entries[0];
        var raw = new YamlMapping([code, data, .. mapping.Entries.Where(entry => entry != named)], item.Line, item.Column);
        var faults = new Faults(path);
        List<WrittenNotify> written = NotifyListReader.Read(new YamlSequence([raw], item.Line, item.Column), ProtocolReading.Of(MobikeVersion.MobikeX), faults);
        return faults.Any ? null : written[0];
    }

    /// <summary>The notifies as a chain of payloads.</summary>
    public static byte[] Chain(IReadOnlyList<ScenarioNotify> notifies, out PayloadType first)
    {
        first = notifies.Count == 0 ? PayloadType.NoNextPayload : PayloadType.Notify;
        return NotifyChain.Write([.. notifies.Select(notify => notify.Written)]);
    }
}
