using System.Globalization;
using System.Text.Json;
using MobikeX.Cli.Yaml;
using MobikeX.Engine;
using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Cli.Run.Control;

/// <summary>Reads one line that came to a control socket.</summary>
internal sealed class ControlRequestReader
{
    private static readonly (string Command, string[] Members)[] Commands =
    [
        ("list", []),
        ("up", ["connection", "wait"]),
        ("down", ["connection", "wait"]),
        ("rekey", ["connection", "spi", "wait"]),
        ("update", ["connection", "address", "old", "inner", "selectors", "check", "wait"]),
        ("add", ["connection", "address", "inner", "selectors", "check", "wait"]),
        ("remove", ["connection", "address", "inner", "selectors", "check", "wait"]),
        ("offer", ["connection", "alternates", "selectors", "wait"]),
    ];

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 4, AllowDuplicateProperties = false };

    private readonly JsonElement _root;
    private string _fault = string.Empty;

    private ControlRequestReader(JsonElement root) => _root = root;

    /// <summary>The request; null, with what is wrong, where it cannot be read.</summary>
    public static ControlRequest? Read(ReadOnlyMemory<byte> line, out string fault)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(line, Options);
            var reader = new ControlRequestReader(json.RootElement);
            ControlRequest? request = reader.Read();
            fault = reader._fault;
            return fault.Length == 0 ? request : null;
        }
        catch (JsonException)
        {
            fault = "the line is no JSON object";
            return null;
        }
    }

    private ControlRequest? Read()
    {
        if (_root.ValueKind != JsonValueKind.Object)
        {
            return Wrong("the line is no JSON object");
        }

        string command = Text("command") ?? string.Empty;
        (string known, string[] members) = Commands.FirstOrDefault(each => each.Command == command);
        if (known is null)
        {
            return Wrong($"'{command}' is no command{NearestName.Hint(command, Commands.Select(each => each.Command))}");
        }

        foreach (JsonProperty member in _root.EnumerateObject())
        {
            if (member.Name != "command" && !members.Contains(member.Name))
            {
                return Wrong($"{command} has no '{member.Name}'{NearestName.Hint(member.Name, members)}");
            }
        }

        ControlRequest? request = command switch
        {
            "list" => new ListRequest(),
            "up" => Required("connection") is { } up ? new UpRequest(up) : null,
            "down" => Required("connection") is { } down ? new DownRequest(down) : null,
            "rekey" => Required("connection") is { } rekey ? new RekeyRequest(rekey, Spi()) : null,
            "update" => Action(ActionTrait.Update),
            "add" => Action(ActionTrait.Add),
            "remove" => Action(ActionTrait.Remove),
            _ => Has("alternates") ? new OfferRequest(Text("connection"), Parsed<OfferedAlternate>("alternates", AlternateText.TryParse), Selectors()) : null,
        };
        return request is null ? null : request with { Wait = Wait() };
    }

    private ActionRequest? Action(ActionTrait action) => !Has("address") ? null : new(
        Text("connection"),
        action,
        new ActionCommand
        {
            Address = Address("address"),
            Old = Address("old"),
            Places = Flag("inner") ? AddressPlaces.Inner : AddressPlaces.Header,
            Selectors = Selectors(),
            Check = Flag("check"),
        });

    private IReadOnlyList<SaSelector> Selectors() => Parsed<SaSelector>("selectors", SelectorText.TryParse);

    private uint? Spi()
    {
        if (Text("spi") is not { } text)
        {
            return null;
        }

        if (!uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint spi))
        {
            Wrong($"'{text}' is no SPI of a CHILD_SA");
        }

        return spi;
    }

    private TimeSpan Wait()
    {
        if (!_root.TryGetProperty("wait", out JsonElement value))
        {
            return ControlRequest.UsualWait;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double seconds) && seconds >= 0 && seconds <= ControlRequest.LongestWait.TotalSeconds)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        Wrong($"wait is a number of seconds from 0 to {ControlRequest.LongestWait.TotalSeconds}");
        return default;
    }

    private IpAddress? Address(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (!IpAddress.TryParse(text, out IpAddress address))
        {
            Wrong($"'{text}' is no address");
        }

        return address;
    }

    private bool Flag(string name)
    {
        if (!_root.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.False)
        {
            return false;
        }

        if (value.ValueKind != JsonValueKind.True)
        {
            Wrong($"{name} is true or false");
        }

        return true;
    }

    private IReadOnlyList<T> Parsed<T>(string name, TextParser<T> parse)
    {
        var found = new List<T>();
        if (!_root.TryGetProperty(name, out JsonElement list))
        {
            return found;
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            Wrong($"{name} is a list");
            return found;
        }

        foreach (JsonElement item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String)
            {
                Wrong($"{name} is a list of texts");
            }
            else if (parse(TextOf(item), out T read, out string fault))
            {
                found.Add(read);
            }
            else
            {
                Wrong(fault);
            }
        }

        return found;
    }

    private string? Required(string name) => Has(name) ? Text(name) : null;

    /// <summary>What is left out by mistake must not mean everything.</summary>
    private bool Has(string name)
    {
        bool isThere = _root.TryGetProperty(name, out _);
        if (!isThere)
        {
            Wrong($"'{name}' is missing");
        }

        return isThere;
    }

    private string? Text(string name)
    {
        if (!_root.TryGetProperty(name, out JsonElement value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return TextOf(value);
        }

        Wrong($"{name} is a text");
        return null;
    }

    /// <summary>A text may hold an escape of half a character, which is no text.</summary>
    private string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            Wrong("a text has half a character");
            return null;
        }
    }

    private ControlRequest? Wrong(string fault)
    {
        _fault = _fault.Length == 0 ? fault : _fault;
        return null;
    }
}
