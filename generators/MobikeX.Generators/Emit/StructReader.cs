using MobikeX.Generators.Model;

namespace MobikeX.Generators.Emit;

/// <summary>The body of <c>TryRead</c>: everything is checked once, in wire order.</summary>
internal sealed partial class StructReader
{
    private readonly StructShape _shape;
    private readonly CodeBlock _code = new();
    private readonly Position _position = new();
    private readonly HashSet<LengthPair> _families = [];
    private readonly HashSet<FlagSet> _flagsRead = [];
    private readonly string _source;

    // What cuts the source where the struct says that it ends.
    private readonly List<string> _cuts = [];

    // Octets of the run that stand behind the part which is read.
    private int _left;
    private bool _restTaken;

    private StructReader(StructShape shape)
    {
        _shape = shape;
        _source = shape.IsNotify ? "data" : "source";
    }

    public static string Body(StructShape shape) => new StructReader(shape).Build();

    private string Build()
    {
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
        _code.Line($"IpAddress.TryRead({octets}, out value.{field.Storage});");
    }

    private void Finish()
    {
        bool mustEnd = _shape.IsNotify || _shape.Measure is not null || _families.Count > 0;
        if (mustEnd && !_restTaken)
        {
            _code.When($"{_position.At()} != {_source}.Length", Fail("TrailingOctets", _position.At(), "\"\"", "octets are left after the last field"));
        }

        if (_shape.Told.Count == 0)
        {
            _code.Line("value = default;");
        }

        if (!_shape.IsNotify)
        {
            _code.Line($"consumed = {(_restTaken ? _source + ".Length" : _position.At())};");
        }

        _code.Line("failure = default;");
        _code.Line("return true;");
    }

    private string Fail(string kind, string offset, string name, string reason) =>
        Fail($"Failure(WireFailureKind.{kind}, {offset}, {name}, {CSharpText.Literal(reason)})");

    // The outputs are set here and not by a method that makes the failure: where the reader is inlined they can then stay in registers.
    private string Fail(string failure) =>
        $"failure = {failure};\nvalue = default;\n{(_shape.IsNotify ? string.Empty : "consumed = 0;\n")}return false;";
}
