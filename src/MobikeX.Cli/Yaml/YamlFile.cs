using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MobikeX.Cli.Yaml;

/// <summary>Reads YAML text into values with places. Built on the event parser: no reflection, and every key keeps its position.</summary>
internal sealed class YamlFile
{
    /// <summary>Deeper than any format of this tool; a bound for hostile input.</summary>
    private const int DepthLimit = 32;

    private readonly Parser _events;
    private readonly Faults _faults;
    private readonly Dictionary<string, YamlValue> _anchors = [];

    private YamlFile(string text, Faults faults)
    {
        _events = new Parser(new StringReader(text));
        _faults = faults;
    }

    /// <summary>The one document of the text; null, with a fault, where there is none that can be read.</summary>
    public static YamlValue? Read(string text, Faults faults)
    {
        var file = new YamlFile(text, faults);
        try
        {
            return file.ReadDocument();
        }
        catch (YamlException fault)
        {
            // Of a tab in the indentation the parser tells only where the mapping around it starts.
            (int line, int column) = IndentingTab(text, fault) ?? ((int)fault.Start.Line, (int)fault.Start.Column);
            faults.Add(line, column, Reason(fault));
            return null;
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            // The parser throws these, with no position of their own, on some unfinished input and on tags that are no URI.
            Mark at = file._events.Current?.Start ?? Mark.Empty;
            faults.Add((int)at.Line, (int)at.Column, fault.Message);
            return null;
        }
    }

    private static (int Line, int Column)? IndentingTab(string text, YamlException fault)
    {
        string[] lines = text.Split('\n');
        int line = Array.FindIndex(lines, each => each.TrimStart(' ').StartsWith('\t'));
        return line >= 0 && fault.Message.Contains("tab", StringComparison.Ordinal) ? (line + 1, lines[line].IndexOf('\t') + 1) : null;
    }

    private static string Reason(YamlException fault) =>
        fault is SyntaxErrorException or SemanticErrorException ? $"not YAML: {fault.Message}" : fault.Message;

    private YamlValue? ReadDocument()
    {
        _events.Consume<StreamStart>();
        if (_events.Accept<StreamEnd>(out _))
        {
            _faults.Add(1, 1, "the file is empty");
            return null;
        }

        _events.Consume<DocumentStart>();
        YamlValue root = ReadValue(0);
        _events.Consume<DocumentEnd>();
        if (_events.Accept<DocumentStart>(out DocumentStart? second))
        {
            _faults.Add((int)second.Start.Line, (int)second.Start.Column, "a second document; a file holds one");
        }

        return root;
    }

    private YamlValue ReadValue(int depth)
    {
        ParsingEvent start = _events.Consume<ParsingEvent>();
        int line = (int)start.Start.Line;
        int column = (int)start.Start.Column;
        if (depth > DepthLimit)
        {
            throw new YamlException(start.Start, start.End, $"nested deeper than {DepthLimit} levels");
        }

        YamlValue value;
        switch (start)
        {
            case Scalar scalar:
                value = new YamlScalar(scalar.Value, scalar.Style is not ScalarStyle.Plain, line, column);
                break;
            case SequenceStart:
                value = new YamlSequence(ReadItems(depth), line, column);
                break;
            case MappingStart:
                List<YamlEntry> entries = ReadEntries(depth);
                value = depth > 0 && entries.Count > 0 && start.Start.Index == 0
                    // The pair in [ a: b ] is a mapping to which the parser gives no place.
                    ? new YamlMapping(entries, entries[0].Key.Line, entries[0].Key.Column)
                    : new YamlMapping(entries, line, column);
                break;
            case AnchorAlias alias:
                // Only a value that is complete can be repeated, so a cycle is impossible.
                return _anchors.TryGetValue(alias.Value.Value, out YamlValue? repeated)
                    ? repeated
                    : throw new YamlException(start.Start, start.End, $"no anchor '{alias.Value.Value}' stands before this alias");
            default:
                throw new YamlException(start.Start, start.End, "a value is missing here");
        }

        if (start is NodeEvent { Anchor.IsEmpty: false } node)
        {
            _anchors[node.Anchor.Value] = value;
        }

        return value;
    }

    private List<YamlValue> ReadItems(int depth)
    {
        var items = new List<YamlValue>();
        while (!_events.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadValue(depth + 1));
        }

        return items;
    }

    private List<YamlEntry> ReadEntries(int depth)
    {
        var entries = new List<YamlEntry>();
        var names = new HashSet<string>();
        while (!_events.TryConsume<MappingEnd>(out _))
        {
            YamlValue key = ReadValue(depth + 1);
            YamlValue value = ReadValue(depth + 1);
            if (key is not YamlScalar name)
            {
                _faults.Add(key, $"a key is a name, found {key.Kind}");
            }
            else if (!names.Add(name.Text))
            {
                _faults.Add(name, $"'{name.Text}' stands here a second time");
            }
            else
            {
                entries.Add(new YamlEntry(name, value));
            }
        }

        return entries;
    }
}
