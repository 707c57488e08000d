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
            var alone = new YamlSequence([item], item.Line, item.Column);
            var first = new Faults(faults.Path);
            List<WrittenNotify> written = NotifyListReader.Read(alone, preferred, first);
            if (first.Any)
            {
                var second = new Faults(faults.Path);
                written = NotifyListReader.Read(alone, other, second);
                if (second.Any)
                {
                    faults.AddAll(first);
                    continue;
                }
            }

            bool? critical = (item as YamlMapping)?.Find("critical") is null ? null : written[0].Critical;
            notifies.Add(new ScenarioNotify(item, critical, written[0]));
        }

        return notifies;
    }

    /// <summary>The notifies as a chain of payloads.</summary>
    public static byte[] Chain(IReadOnlyList<ScenarioNotify> notifies, out PayloadType first)
    {
        first = notifies.Count == 0 ? PayloadType.NoNextPayload : PayloadType.Notify;
        return NotifyChain.Write([.. notifies.Select(notify => notify.Written)]);
    }
}
