using MobikeX.Generators.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MobikeX.Generators.Syntax;

/// <summary>Reads the subset of YAML that specs use. Never throws on any text, and ends on any text.</summary>
internal sealed class YamlReader
{
    /// <summary>Deeper than any spec needs, and shallow enough for the stack of a compiler's thread.</summary>
    public const int MaximumDepth = 32;

    /// <summary>In UTF-16 code units. The largest protocols take a tenth of it.</summary>
    public const int MaximumLength = 1024 * 1024;

    private readonly SpecFile _file;
    private readonly IParser _parser;
    private readonly List<SpecDiagnostic> _diagnostics = [];
    private bool _broken;

    private YamlReader(SpecFile file)
    {
        _file = file;
        _parser = new Parser(new Scanner(new StringReader(file.Text), skipComments: true));
    }

    public static YamlDocument Read(SpecFile file)
    {
        if (file.Text.Length > MaximumLength)
        {
            SpecDiagnostic tooLarge = SpecDiagnostic.Create(YamlRules.TooLarge, SpecSpan.Top(file.Path), MaximumLength);
            return new YamlDocument(file, null, [tooLarge]);
        }

        var reader = new YamlReader(file);
        YamlNode? root = reader.ReadDocument();
        return new YamlDocument(file, root, reader._diagnostics);
    }

    private YamlNode? ReadDocument()
    {
        while (MoveNext() && _parser.Current is StreamStart or DocumentStart)
        {
        }

        if (_broken || _parser.Current is null or StreamEnd)
        {
            return null;
        }

        YamlNode root = ReadNode(MaximumDepth);
        while (MoveNext() && _parser.Current is DocumentEnd)
        {
        }

        if (!_broken && _parser.Current is DocumentStart second)
        {
            Report(YamlRules.SecondDocument, SpanOf(second));
        }

        return root;
    }

    /// <summary>Reads the node that begins at the current event, and leaves the parser on its last event.</summary>
    private YamlNode ReadNode(int depth)
    {
        ParsingEvent start = _parser.Current!;
        if (start is NodeEvent node)
        {
            RejectProperties(node);
        }

        switch (start)
        {
            case Scalar scalar:
                return new YamlScalar(SpanOf(scalar), scalar.Value, scalar.Style is ScalarStyle.Plain or ScalarStyle.Any);

            case AnchorAlias alias:
                Report(YamlRules.Alias, SpanOf(alias), "*" + alias.Value.Value);
                return new YamlScalar(SpanOf(alias), "", plain: true) { Truncated = true };

            case SequenceStart or MappingStart when depth == 0:
                Report(YamlRules.TooDeep, SpanOf(start), MaximumDepth);
                _broken = true;
                return new YamlScalar(SpanOf(start), "", plain: true) { Truncated = true };

            case SequenceStart:
                return ReadSequence(start, depth);

            case MappingStart:
                return ReadMapping(start, depth);

            default:
                return new YamlScalar(SpanOf(start), "", plain: true) { Truncated = true };
        }
    }

    private YamlSequence ReadSequence(ParsingEvent start, int depth)
    {
        var items = new List<YamlNode>();
        while (!_broken && MoveNext() && _parser.Current is not SequenceEnd)
        {
            items.Add(ReadNode(depth - 1));
        }

        return new YamlSequence(SpanOf(start), items) { Truncated = _broken };
    }

    private YamlMapping ReadMapping(ParsingEvent start, int depth)
    {
        var entries = new List<YamlEntry>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        while (!_broken && MoveNext() && _parser.Current is not MappingEnd)
        {
            YamlNode key = ReadNode(depth - 1);
            if (_broken || !MoveNext())
            {
                break;
            }

            YamlNode value = ReadNode(depth - 1);
            if (key is not YamlScalar scalar)
            {
                Report(YamlRules.ComplexKey, key.Span);
            }
            else if (scalar.Truncated)
            {
                // An alias for a key, reported as such: nobody can know what name it would be.
                continue;
            }
            else if (!known.Add(scalar.Value))
            {
                Report(YamlRules.DuplicateKey, scalar.Span, scalar.Value);
            }
            else
            {
                entries.Add(new YamlEntry(scalar, value));
            }
        }

        return new YamlMapping(SpanOf(start), entries) { Truncated = _broken };
    }

    private void RejectProperties(NodeEvent node)
    {
        if (!node.Anchor.IsEmpty)
        {
            Report(YamlRules.Alias, SpanOf(node), "&" + node.Anchor.Value);
        }

        if (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific)
        {
            Report(YamlRules.Tag, SpanOf(node), node.Tag.Value);
        }
    }

    /// <summary>False at the end of what can be read; the reason is reported.</summary>
    private bool MoveNext()
    {
        if (_broken)
        {
            return false;
        }

        try
        {
            if (_parser.MoveNext())
            {
                return true;
            }
        }
        catch (YamlException e)
        {
            Report(YamlRules.Syntax, SpanOf(e.Start, e.End), Sentence(e.InnerException is null ? e.Message : e.InnerException.Message));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Nothing but the parser runs here, and on texts that are no YAML it also throws InvalidOperationException
            // and others: whatever it is, the text is at fault, at the last place that was read.
            Report(YamlRules.Syntax, SpanOf(_parser.Current?.End ?? Mark.Empty, _parser.Current?.End ?? Mark.Empty), Sentence(e.Message));
        }

        _broken = true;
        return false;
    }

    private void Report(Microsoft.CodeAnalysis.DiagnosticDescriptor rule, SpecSpan span, params object[] arguments) =>
        _diagnostics.Add(SpecDiagnostic.Create(rule, span, arguments));

    private SpecSpan SpanOf(ParsingEvent e) => e is Scalar ? SpanOf(e.Start, e.End) : SpanOf(e.Start, e.Start);

    private SpecSpan SpanOf(in Mark start, in Mark end)
    {
        // Marks count lines and columns from 1, Roslyn from 0; an end before its start is a slip of the scanner.
        Mark last = end.Index < start.Index ? start : end;
        int index = Clamp(start.Index, _file.Text.Length);
        return new SpecSpan(
            _file.Path,
            index,
            Clamp(last.Index, _file.Text.Length) - index,
            Clamp(start.Line - 1, int.MaxValue),
            Clamp(start.Column - 1, int.MaxValue),
            Clamp(last.Line - 1, int.MaxValue),
            Clamp(last.Column - 1, int.MaxValue));
    }

    private static int Clamp(long value, int maximum) => (int)Math.Max(0, Math.Min(value, maximum));

    private static string Sentence(string message) => message.Replace('\r', ' ').Replace('\n', ' ').Trim().TrimEnd('.');
}
