using MobikeX.Generators.Model;

namespace MobikeX.Generators.Emit;

/// <summary>The body of <c>TryWrite</c> and of <c>WireLength</c>: what the reader would refuse is refused before an octet is written.</summary>
internal sealed partial class StructWriter
{
    private readonly StructShape _shape;
    private readonly CodeBlock _code = new();
    private readonly Position _position = new();

    // Numbers so far that no one statement writes.
    private int _wide;

    // The octets that stand in their place already; null where all is written.
    private readonly FieldShape? _inPlace;

    private StructWriter(StructShape shape, FieldShape? inPlace = null)
    {
        _shape = shape;
        _inPlace = inPlace;
    }

    public static string Body(StructShape shape) => new StructWriter(shape).Build();

    /// <summary>The body of <c>TryWriteAround</c>, which writes all but <paramref name="inPlace"/>.</summary>
    public static string BodyAround(StructShape shape, FieldShape inPlace) => new StructWriter(shape, inPlace).Build();

    /// <summary>The local that says how many octets of the field stand in their place.</summary>
    public static string LengthInPlace(FieldShape field) => CSharpText.CamelCase(field.Property) + "Length";

    /// <summary>The expression of the length, or the body of its getter where it takes statements.</summary>
    public static (string? Expression, string? Body) Length(StructShape shape)
    {
        int constant = 0;
        List<string> terms = [];
        CodeBlock? code = null;
        bool unbounded = false;
        foreach (WirePart part in shape.Parts)
        {
            if (part.FixedLength is int length)
            {
                constant += length;
                continue;
            }

            FieldShape field = ((OctetPart)part).Field;
            if (field.Model is PaddingField padding)
            {
                code ??= new CodeBlock();
                string sum = StructShape.Sum(constant, terms);
                code.Line(code.IsEmpty ? $"int length = {sum};" : $"length += {sum};");
                code.Line($"length += {StructReader.PaddingExpression("length", padding.Multiple)};");
                constant = 0;
                terms.Clear();
                continue;
            }

            unbounded |= field.Model is OctetsField { Inline: false } or ListField or StructListField or NestedField { Definition.IsView: true };
            terms.Add(shape.LengthOf(field));
        }

        string total = StructShape.Sum(constant, terms);
        if (code is not null)
        {
            if (total != "0")
            {
                code.Line($"length += {total};");
            }

            return (null, code.Line("return length;").ToString());
        }

        // Views of a whole address space would pass the range of int.
        return unbounded && terms.Count + (constant > 0 ? 1 : 0) > 1
            ? ($"(int)Math.Min(int.MaxValue, (long){total})", null)
            : (total, null);
    }

    private string Build()
    {
        foreach (FieldShape field in _shape.Told)
        {
            CheckValue(field);
        }

        if (_inPlace is not null)
        {
            _code.When($"{LengthInPlace(_inPlace)} < 0", Fail("BadLength", _shape.OffsetOf(_inPlace), CSharpText.Literal(_inPlace.Name), "cannot be less than 0 octets"));
        }

        CheckDependents();
        if (_shape.Fields.Count == 0)
        {
            _code.Line("written = 0;");
            _code.Line("failure = default;");
            _code.Line("return true;");
            return _code.ToString();
        }

        bool isFixed = _shape.Measure is null && _shape.Model.FixedLength is not null && _shape.Parts.All(part => part.FixedLength is not null);
        string length = isFixed ? CSharpText.Invariant(_shape.Parts.Sum(part => part.FixedLength!.Value)) : "length";
        if (!isFixed)
        {
            _code.Line(_inPlace is null ? "int length = WireLength;" : $"long length = {LengthAround(_inPlace)};");
        }

        CheckMeasure();
        _code.When($"destination.Length < {length}", Fail("DestinationTooSmall", "destination.Length", "\"\"", "the destination is too small"));
        foreach (WirePart part in _shape.Parts.Where(part => part is not OctetPart octets || octets.Field != _inPlace))
        {
            WritePart(part);
        }

        _code.Line($"written = {(_inPlace is null ? string.Empty : "(int)")}{length};");
        _code.Line("failure = default;");
        _code.Line("return true;");
        return _code.ToString();
    }

    // A long, which no length that is given passes: it is compared with what there is before it is made an int.
    private string LengthAround(FieldShape inPlace)
    {
        IEnumerable<FieldShape> fields = _shape.Parts.Where(part => part.FixedLength is null).Select(part => ((OctetPart)part).Field);
        return "(long)" + StructShape.Sum(
            _shape.Parts.Sum(part => part.FixedLength ?? 0), fields.Select(field => field == inPlace ? LengthInPlace(inPlace) : _shape.LengthOf(field)).ToList());
    }

    private static string Count(FieldShape field) =>
        field.Model is StructListField list ? $"{field.Storage}.{(list.SizeField is null ? "Count" : "Octets.Length")}"
        : field.IsWideList ? $"{field.Storage}.Count" : $"{field.Storage}.Length";

    private void WritePart(WirePart part)
    {
        if (part is BitPart bits)
        {
            WriteBits(bits);
            _position.Skip(bits.Octets);
            return;
        }

        FieldShape field = ((OctetPart)part).Field;
        switch (field.Model)
        {
            case OctetsField { Inline: true }:
                WriteValue(field, part, $"{field.Storage}.TryWrite({_position.From("destination")});");
                break;
            case AddressField:
                WriteValue(field, part, $"{field.Storage}.TryWrite({_position.From("destination")});");
                break;
            case OctetsField:
                WriteValue(field, part, $"{field.Storage}.CopyTo({_position.From("destination")});");
                break;
            case ListField when field.IsOctetList:
                string octets = ((ListField)field.Model).Registry is null ? field.Storage : $"MemoryMarshal.AsBytes({field.Storage})";
                WriteValue(field, part, $"{octets}.CopyTo({_position.From("destination")});");
                break;
            case ListField:
                WriteValue(field, part, $"{field.Storage}.Write({_position.From("destination")});");
                break;
            case StructListField:
                WriteValue(field, part, $"{field.Storage}.Octets.CopyTo({_position.From("destination")});");
                break;
            case NestedField nested:
                WriteNested(field, nested);
                break;
            case PaddingField padding:
                _position.Settle(_code);
                string local = _shape.PaddingOf(field);
                _code.Line($"int {local} = {StructReader.PaddingExpression("offset", padding.Multiple)};");
                _code.Line($"destination.Slice(offset, {local}).Clear();");
                if (!IsLast(part))
                {
                    _position.Advance(_code, local);
                }

                break;
        }
    }

    private void WriteValue(FieldShape field, WirePart part, string statement)
    {
        _code.Line(statement);
        if (part.FixedLength is int length)
        {
            _position.Skip(length);
        }
        else if (!IsLast(part))
        {
            _position.Advance(_code, _shape.LengthOf(field));
        }
    }

    private bool IsLast(WirePart part) => ReferenceEquals(_shape.Parts[_shape.Parts.Count - (_inPlace is null ? 1 : 2)], part);

    private void WriteNested(FieldShape field, NestedField nested)
    {
        string stem = field.LocalStem;
        if (nested.PresenceField is null)
        {
            _code.Open($"if (!{field.Storage}.TryWrite({_position.From("destination")}, out int {stem}Length, out failure))");
            _code.Line($"written = 0;\nfailure = FailureIn({_position.At()}, failure);\nreturn false;");
            _code.Close();
            _position.Advance(_code, stem + "Length");
            return;
        }

        _position.Settle(_code);
        _code.Open($"if ({field.Has})");
        _code.Open($"if (!{field.Storage}.TryWrite({_position.From("destination")}, out int {stem}Length, out failure))");
        _code.Line($"written = 0;\nfailure = FailureIn({_position.At()}, failure);\nreturn false;");
        _code.Close();
        _code.Line($"offset += {stem}Length;");
        _code.Close();
    }

    private string Fail(string kind, string offset, string name, string reason) =>
        $"written = 0;\nfailure = Failure(WireFailureKind.{kind}, {offset}, {name}, {CSharpText.Literal(reason)});\nreturn false;";
}
