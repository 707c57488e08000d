using MobikeX.Generators.Model;

namespace MobikeX.Generators.Emit;

/// <summary>The body of <c>TryRead</c>, or of what tells why it refuses: everything is checked once, in wire order.</summary>
internal sealed partial class StructReader
{
    private readonly StructShape _shape;
    private readonly CodeBlock _code = new();
    private readonly Position _position = new();
    private readonly HashSet<LengthPair> _families = [];
    private readonly HashSet<FlagSet> _flagsRead = [];
    private readonly string _source;
    private readonly ReaderOutcome _outcome;

    // What cuts the source where the struct says that it ends.
    private readonly List<string> _cuts = [];

    // Octets of the run that stand behind the part which is read.
    private int _left;
    private bool _restTaken;

    private StructReader(StructShape shape, ReaderOutcome outcome)
    {
        _shape = shape;
        _outcome = outcome;
        _source = shape.IsNotify ? "data" : "source";
    }

    public static string Body(StructShape shape, ReaderOutcome outcome) => new StructReader(shape, outcome).Build();

    /// <summary>True where a struct has a reader that does not tell why it refuses: that is found out by a second one, so that the first is short enough to be part of others.</summary>
    public static bool IsApart(StructModel model) =>
        model.Kind != StructKind.Union && model.Fields.All(field => field is not (ListField or StructListField or PaddingField));

    private string Build()
    {
        if (!_outcome.GivesValue && _shape.Fields.Any(field => field.Model is NestedField))
        {
            _code.Line("WireFailure failure;");
        }

        int index = 0;
        while (index < _shape.Parts.Count)
        {
            int end = index;
            List<WirePart> run = [];
            while (end < _shape.Parts.Count && _shape.Parts[end].FixedLength is not null && !EndsRun(run))
            {
                run.Add(_shape.Parts[end++]);
            }

            if (run.Count > 0)
            {
                ReadRun(run);
                index = end;
            }
            else
            {
                ReadVariable(((OctetPart)_shape.Parts[index++]).Field);
            }
        }

        Finish();
        return _code.ToString();
    }

    // Octets behind a length of the rest are counted from there.
    private bool EndsRun(List<WirePart> run) =>
        run.Count > 0 && _shape.Measure is { Model: NumberField { Measures: "rest" } } measure && run[run.Count - 1].Fields.Any(slot => ReferenceEquals(slot.Field, measure));

    private void ReadRun(List<WirePart> run)
    {
        int length = run.Sum(part => part.FixedLength!.Value);
        if (length > 0)
        {
            CheckLength(run, length);
        }

        _left = length;
        foreach (WirePart part in run)
        {
            _left -= part.FixedLength!.Value;
            if (part is BitPart bits)
            {
                ReadBits(bits);
            }
            else
            {
                ReadFixed(((OctetPart)part).Field, part.FixedLength!.Value);
            }

            _position.Skip(part.FixedLength!.Value);
            foreach ((FieldShape field, int octet) in part.Fields)
            {
                Check(field, octet - part.FixedLength!.Value);
            }
        }

        foreach (string cut in _cuts)
        {
            _code.Line(cut);
        }

        _cuts.Clear();

        _code.Blank();
    }

    private void CheckLength(List<WirePart> run, int length)
    {
        List<(string Name, int End)> ends = [];
        int start = 0;
        foreach (WirePart part in run)
        {
            foreach ((FieldShape field, int octet) in part.Fields)
            {
                int end = part is BitPart bits ? start + EndOctet(bits, field) : start + part.FixedLength!.Value;
                if (ends.Count == 0 || ends[ends.Count - 1].End < end)
                {
                    ends.Add((field.Name, end));
                }
            }

            start += part.FixedLength!.Value;
        }

        string here = _position.IsVariable ? $"{_source}.Length - {CSharpText.Parenthesised(_position.At())}" : $"{_source}.Length";
        int offset = _position.IsVariable ? 0 : _position.Constant;
        string name = string.Concat(ends.Take(ends.Count - 1).Select(end => $"{here} < {CSharpText.Invariant(offset + end.End)} ? {CSharpText.Literal(end.Name)} : "))
            + CSharpText.Literal(ends[ends.Count - 1].Name);
        _code.When($"{here} < {CSharpText.Invariant(offset + length)}", Fail("Truncated", $"{_source}.Length", name, "the input ends here"));
    }

    private static int EndOctet(BitPart part, FieldShape field)
    {
        BitSlot slot = part.Slots.First(slot => ReferenceEquals(slot.Field, field));
        return part.Octets - (slot.Shift / 8);
    }

    private void ReadFixed(FieldShape field, int length)
    {
        if (!_outcome.GivesValue)
        {
            return;
        }

        string octets = $"{_source}.Slice({_position.At()}, {CSharpText.Invariant(length)})";
        switch (field.Model)
        {
            case OctetsField { Inline: true }:
                Store(field, $"new ShortOctets({octets})");
                break;
            case OctetsField:
                Store(field, octets);
                break;
            case AddressField:
                ReadAddress(field, octets);
                break;
        }
    }

    private void ReadAddress(FieldShape field, string octets)
    {
        if (_outcome.GivesValue)
        {
            _code.Line($"IpAddress.TryRead({octets}, out value.{field.Storage});");
        }
    }

    private bool MustEnd => _shape.IsNotify || _shape.Measure is not null || _families.Count > 0;

    private void Advance(FieldShape field, string octets)
    {
        if (IsEndAsked(field))
        {
            _position.Advance(_code, octets);
        }
    }

    // Who only asks why a value is refused need not know where a field ends, unless something is checked behind it.
    private bool IsEndAsked(FieldShape field) =>
        _outcome.GivesValue
        || _shape.Parts.SkipWhile(part => part is not OctetPart octets || octets.Field != field).Skip(1).FirstOrDefault() switch
        {
            null => MustEnd,
            OctetPart { Field.Model: OctetsField { Rest: true, Minimum: 0, Maximum: null, Multiple: 1 } } => false,
            _ => true,
        };

    private void Finish()
    {
        if (MustEnd && !_restTaken)
        {
            _code.When($"{_position.At()} != {_source}.Length", Fail("TrailingOctets", _position.At(), "\"\"", "octets are left after the last field"));
        }

        if (_outcome.GivesValue && _shape.Told.Count == 0)
        {
            _code.Line("value = default;");
        }

        if (_outcome.GivesValue && !_shape.IsNotify)
        {
            _code.Line($"consumed = {(_restTaken ? _source + ".Length" : _position.At())};");
        }

        _code.Line(_outcome.Done);
    }

    private string Fail(string kind, string offset, string name, string reason) =>
        Fail($"Failure(WireFailureKind.{kind}, {offset}, {name}, {CSharpText.Literal(reason)})");

    private string Fail(string failure) =>
        _outcome.Refused(failure, $"value = default;\n{(_shape.IsNotify ? string.Empty : "consumed = 0;\n")}");
}
