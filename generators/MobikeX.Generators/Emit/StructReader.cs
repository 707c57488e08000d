using System.Globalization;
using MobikeX.Generators.Model;

namespace MobikeX.Generators.Emit;

/// <summary>The body of <c>TryRead</c>: everything is checked once, in wire order.</summary>
internal sealed class StructReader
{
    private readonly StructShape _shape;
    private readonly CodeBlock _code = new();
    private readonly Position _position = new();
    private readonly Dictionary<FieldShape, string> _arguments = [];
    private readonly HashSet<LengthPair> _families = [];
    private readonly string _source;
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

    // Octets behind a measure belong to the struct only as far as it says.
    private bool EndsRun(List<WirePart> run) =>
        run.Count > 0 && _shape.Measure is FieldShape measure && run[run.Count - 1].Fields.Any(slot => ReferenceEquals(slot.Field, measure));

    private void ReadRun(List<WirePart> run)
    {
        int length = run.Sum(part => part.FixedLength!.Value);
        if (length > 0)
        {
            CheckLength(run, length);
        }

        foreach (WirePart part in run)
        {
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

        string here = _position.IsVariable ? $"{_source}.Length - {Parenthesised(_position.At())}" : $"{_source}.Length";
        int offset = _position.IsVariable ? 0 : _position.Constant;
        string name = string.Concat(ends.Take(ends.Count - 1).Select(end => $"{here} < {Invariant(offset + end.End)} ? {CSharpText.Literal(end.Name)} : "))
            + CSharpText.Literal(ends[ends.Count - 1].Name);
        _code.When($"{here} < {Invariant(offset + length)}", Fail("Truncated", $"{_source}.Length", name, "the input ends here"));
    }

    private static int EndOctet(BitPart part, FieldShape field)
    {
        BitSlot slot = part.Slots.First(slot => ReferenceEquals(slot.Field, field));
        return part.Octets - (slot.Shift / 8);
    }

    private void ReadBits(BitPart part)
    {
        if (part.IsReserved)
        {
            return;
        }

        bool whole = part.Slots.Count == 1;
        string octets = Octets(part.Octets);
        string bits = octets;
        int needed = part.Slots.Count(slot => slot.Field.Model is not ReservedField);
        if (!whole && needed > 1)
        {
            bits = "bits" + (_shape.Parts.OfType<BitPart>().Count(IsShared) > 1 ? Invariant(_shape.Parts.OfType<BitPart>().Where(IsShared).ToList().IndexOf(part)) : string.Empty);
            _code.Line($"{(part.Octets <= 4 ? "uint" : "ulong")} {bits} = {octets};");
        }

        foreach (BitSlot slot in part.Slots)
        {
            string value = whole ? bits : Slot(bits, slot);
            Assign(slot, value, part.Octets, whole);
        }
    }

    private static bool IsShared(BitPart part) => part.Slots.Count(slot => slot.Field.Model is not ReservedField) > 1;

    private static string Slot(string bits, BitSlot slot) =>
        slot.Shift == 0 ? $"({bits} & {CSharpText.Mask(slot.Mask)})" : $"(({bits} >> {Invariant(slot.Shift)}) & {CSharpText.Mask(slot.Mask)})";

    private void Assign(BitSlot slot, string value, int octets, bool whole)
    {
        FieldShape field = slot.Field;
        switch (field.Model)
        {
            case ReservedField:
                break;
            case ConstantField constant:
                _code.When(
                    $"{value} != {ConstantNumber(constant)}",
                    Fail("BadValue", _position.At(slot.Octet), CSharpText.Literal(field.Name), "is not that of " + _shape.Model.Info.Name));
                break;
            case FlagField when field.Model.Derived:
                _code.Line($"bool {field.Local} = {FlagTest(value, slot, whole)};");
                break;
            case FlagField:
                Argument(field, FlagTest(value, slot, whole), needsLocal: false);
                break;
            case RegistryField:
                bool checkedLater = field.Model.Derived || ((RegistryField)field.Model).Definition.Unnamed == UnnamedValues.Malformed;
                Argument(field, $"({field.Type}){value}", checkedLater);
                break;
            case NumberField { Derived: true } number:
                _code.Line(number.Bits < 32 ? $"int {field.Local} = {(whole && octets <= 2 ? value : "(int)" + value)};" : $"ulong {field.Local} = {value};");
                break;
            case NumberField number:
                bool exact = whole && (octets is 1 or 2 or 4 or 8 || field.Type == (octets == 3 ? "uint" : "ulong"));
                Argument(field, exact ? value : $"({field.Type}){value}", NumberRange.Of(number).IsNarrower);
                break;
        }
    }

    private string ConstantNumber(ConstantField constant) =>
        _shape.Model.Kind == StructKind.Parameter ? $"({CSharpText.UnsignedType(constant.Bits)})Type" : CSharpText.Number(constant.Value);

    private static string FlagTest(string value, BitSlot slot, bool whole)
    {
        if (whole)
        {
            return value + " != 0";
        }

        // (bits >> 4) & 0x1 reads better, and runs as fast, as bits & 0x10.
        int start = value.IndexOf("bits", StringComparison.Ordinal);
        return start < 0 || value.IndexOf('[') >= 0
            ? $"{value} != 0"
            : $"({value.Substring(start, value.IndexOfAny([' ', ')'], start) - start)} & {CSharpText.Mask(1UL << slot.Shift)}) != 0";
    }

    /// <summary>A value that goes to the constructor: at once where nothing between can change the expression, else through a local.</summary>
    private void Argument(FieldShape field, string expression, bool needsLocal)
    {
        if (needsLocal || _position.IsVariable || !field.IsTold)
        {
            _code.Line($"{field.Type} {field.Local} = {expression};");
            expression = field.Local;
        }

        _arguments[field] = expression;
    }

    private string Octets(int count)
    {
        switch (count)
        {
            case 1:
                return $"{_source}[{_position.At()}]";
            case 2 or 4 or 8:
                return $"{_shape.Primitive("Read", count)}({_position.From(_source)})";
            default:
                string type = count <= 4 ? "uint" : "ulong";
                bool big = _shape.Model.ByteOrder == ByteOrder.BigEndian;
                return "(" + string.Join(" | ", Enumerable.Range(0, count).Select(i =>
                {
                    int shift = (big ? count - 1 - i : i) * 8;
                    string octet = $"({type}){_source}[{_position.At(i)}]";
                    return shift == 0 ? octet : $"({octet} << {Invariant(shift)})";
                })) + ")";
        }
    }

    private void ReadFixed(FieldShape field, int length)
    {
        string octets = $"{_source}.Slice({_position.At()}, {Invariant(length)})";
        switch (field.Model)
        {
            case OctetsField { Inline: true }:
                Argument(field, $"new ShortOctets({octets})", needsLocal: false);
                break;
            case OctetsField:
                Argument(field, octets, needsLocal: false);
                break;
            case AddressField:
                ReadAddress(field, octets);
                break;
        }
    }

    private void ReadAddress(FieldShape field, string octets)
    {
        _code.Line($"IpAddress.TryRead({octets}, out IpAddress {field.Local});");
        _arguments[field] = field.Local;
    }

    /// <summary>What must hold of a field as soon as it is read; <paramref name="ahead"/> says where it is, seen from here.</summary>
    private void Check(FieldShape field, int ahead)
    {
        string at = _position.At(ahead);
        string name = CSharpText.Literal(field.Name);
        switch (field.Model)
        {
            case NumberField number when _shape.MeasuresStruct(field):
                CheckMeasure(field, number, at);
                break;
            case NumberField { Derived: true } number:
                foreach (FieldShape dependent in _shape.DependentsOf(field))
                {
                    CheckCount(field, dependent, at);
                }

                break;
            case NumberField number when NumberRange.Of(number) is { IsNarrower: true } range:
                _code.When(range.Outside(field.Local), Fail("BadValue", at, name, range.Reason));
                break;
            case RegistryField when _shape.DependentsOf(field).Any():
                CheckFamily(field, at);
                break;
            case RegistryField { Definition.Unnamed: UnnamedValues.Malformed } registry:
                _shape.Scope.NamesOf(registry.Registry);
                _code.When($"!{field.Local}.IsNamed()", Fail("BadValue", at, name, "is no value that is assigned"));
                break;
        }
    }

    private void CheckMeasure(FieldShape field, NumberField number, string at)
    {
        // Whatever is shorter would end before this field; what the struct needs besides is checked where it is read.
        string name = CSharpText.Literal(field.Name);
        NumberRange range = NumberRange.Of(number);
        int least = Math.Max(_position.Constant, 0);
        string tooShort = $"{field.Local} < {(_position.IsVariable ? _position.At() : Invariant(least))}";
        _code.When(tooShort, Fail("BadLength", at, name, "counts fewer octets than there must be"));
        if (range.IsNarrower)
        {
            _code.When(range.Outside(field.Local), Fail("BadLength", at, name, range.Reason));
        }

        string length = number.Bits < 32 ? field.Local : $"(ulong){_source}.Length";
        _code.When(
            number.Bits < 32 ? $"{length} > {_source}.Length" : $"{field.Local} > {length}",
            Fail("BadLength", at, name, "counts more octets than there are"));
        _code.Line($"{_source} = {_source}.Slice(0, {(number.Bits < 32 ? field.Local : "(int)" + field.Local)});");
    }

    private void CheckCount(FieldShape count, FieldShape counted, string at)
    {
        (int minimum, int? maximum, IEnumerable<int> sizes) = counted.Model switch
        {
            OctetsField octets => (octets.Minimum, octets.Maximum, octets.Sizes),
            ListField list => (list.Minimum, list.Maximum, EquatableArray<int>.Empty),
            _ => (0, (int?)null, EquatableArray<int>.Empty),
        };
        int[] allowed = sizes.ToArray();
        string? wrong = LengthTest(count.Local, minimum, NarrowerThan(maximum, count), allowed);
        if (wrong is not null)
        {
            _code.When(wrong, Fail("BadLength", at, CSharpText.Literal(count.Name), LengthReason(minimum, maximum, allowed, counted.Model is ListField ? string.Empty : " octets")));
        }
    }

    private static int? NarrowerThan(int? maximum, FieldShape count) =>
        maximum is int most && (ulong)most < CSharpText.MaximumOf(((NumberField)count.Model).Bits) ? maximum : null;

    /// <summary>The test that fails a length; null where every length is fine.</summary>
    public static string? LengthTest(string length, int minimum, int? maximum, IReadOnlyList<int> sizes)
    {
        if (sizes.Count > 0)
        {
            return string.Join(" && ", sizes.Select(size => $"{length} != {Invariant(size)}"));
        }

        string?[] tests = [minimum > 0 ? $"{length} < {Invariant(minimum)}" : null, maximum is int most ? $"{length} > {Invariant(most)}" : null];
        string test = string.Join(" || ", tests.Where(part => part is not null));
        return test.Length == 0 ? null : test;
    }

    public static string LengthReason(int minimum, int? maximum, IReadOnlyList<int> sizes, string unit) =>
        sizes.Count > 0 ? $"is not {CSharpText.Alternatives(sizes)}{unit}"
        : maximum is null ? $"is less than {Invariant(minimum)}{unit}"
        : $"is not {Invariant(minimum)} to {Invariant(maximum.Value)}{unit}";

    private void CheckFamily(FieldShape field, string at)
    {
        AddressField address = (AddressField)_shape.DependentsOf(field).First().Model;
        List<string> choices = [];
        if (address.IPv4 is not null)
        {
            choices.Add($"{field.Local} == {_shape.Scope.Literal(address.IPv4)} ? IpAddress.IPv4Length");
        }

        if (address.IPv6 is not null)
        {
            choices.Add($"{field.Local} == {_shape.Scope.Literal(address.IPv6)} ? IpAddress.IPv6Length");
        }

        _code.Line($"int {field.LocalStem}Length = {string.Join(" : ", choices)} : 0;");
        _code.When($"{field.LocalStem}Length == 0", Fail("BadValue", at, CSharpText.Literal(field.Name), "is no family of an address"));
    }

    private void ReadVariable(FieldShape field)
    {
        switch (field.Model)
        {
            case AddressField address:
                ReadVariableAddress(field, address);
                break;
            case OctetsField octets:
                ReadOctets(field, octets);
                break;
            case ListField list:
                ReadList(field, list);
                break;
            case NestedField nested:
                ReadNested(field, nested);
                break;
            case PaddingField padding:
                ReadPadding(field, padding);
                break;
        }
    }

    private void ReadVariableAddress(FieldShape field, AddressField address)
    {
        string length;
        if (address.ByLength is LengthPair pair)
        {
            length = "familyLength" + (_shape.Model.Fields.OfType<AddressField>().Select(other => other.ByLength).Distinct().Count(other => other is not null) > 1 ? field.Local : string.Empty);
            if (_families.Add(pair))
            {
                _code.Line($"int {length} = {_source}.Length == {Invariant(pair.IPv4)} ? IpAddress.IPv4Length : {_source}.Length == {Invariant(pair.IPv6)} ? IpAddress.IPv6Length : 0;");
                _code.When(
                    $"{length} == 0",
                    Fail("BadLength", $"{_source}.Length", CSharpText.Literal(field.Name), $"the length is not {Invariant(pair.IPv4)} or {Invariant(pair.IPv6)} octets"));
            }
        }
        else
        {
            length = _shape.Field(address.FamilyField!).LocalStem + "Length";
        }

        Need(length, field);
        ReadAddress(field, $"{_source}.Slice({_position.At()}, {length})");
        _position.Advance(_code, length);
    }

    private void Need(string octets, FieldShape field) =>
        _code.When(
            $"{Rest()} < {octets}",
            Fail("Truncated", $"{_source}.Length", CSharpText.Literal(field.Name), "the input ends here"));

    private string Rest() => _position.At() == "0" ? $"{_source}.Length" : $"{_source}.Length - {Parenthesised(_position.At())}";

    private void ReadOctets(FieldShape field, OctetsField octets)
    {
        if (octets.SizeField is string sizeField)
        {
            FieldShape size = _shape.Field(sizeField);
            string length = Counted(size, field, 1);
            Need(length, field);
            TakeOctets(field, octets, $"{_source}.Slice({_position.At()}, {length})");
            _position.Advance(_code, length);
            return;
        }

        string? wrong = LengthTest(Rest(), octets.Minimum, octets.Maximum, octets.Sizes);
        if (wrong is not null)
        {
            _code.When(wrong, Fail("BadLength", _position.At(), CSharpText.Literal(field.Name), LengthReason(octets.Minimum, octets.Maximum, octets.Sizes, " octets")));
        }

        TakeOctets(field, octets, _position.From(_source));
        _restTaken = true;
    }

    /// <summary>The count as an int: a wide one is compared first, so that the cast loses nothing.</summary>
    private string Counted(FieldShape count, FieldShape counted, int octets)
    {
        if (((NumberField)count.Model).Bits < 32)
        {
            return octets == 1 ? count.Local : $"{count.Local} * {Invariant(octets)}";
        }

        _code.When(
            $"{count.Local} > (ulong)({Rest()}) / {Invariant(octets)}",
            Fail("Truncated", $"{_source}.Length", CSharpText.Literal(counted.Name), "the input ends here"));
        return octets == 1 ? $"(int){count.Local}" : $"(int){count.Local} * {Invariant(octets)}";
    }

    private void TakeOctets(FieldShape field, OctetsField octets, string span)
    {
        _code.Line(octets.Inline ? $"ShortOctets {field.Local} = new ShortOctets({span});" : $"ReadOnlySpan<byte> {field.Local} = {span};");
        _arguments[field] = field.Local;
    }

    private void ReadList(FieldShape field, ListField list)
    {
        int octets = list.ElementBits / 8;
        string length;
        if (list.CountField is string countField)
        {
            FieldShape count = _shape.Field(countField);

            // A count below 2^31 of wide elements may pass the range of int: divide instead of multiplying.
            if (octets > 1 && ((NumberField)count.Model).Bits is > 16 and < 32)
            {
                _code.When($"{count.Local} > ({Rest()}) / {Invariant(octets)}", Fail("Truncated", $"{_source}.Length", CSharpText.Literal(field.Name), "the input ends here"));
            }

            length = Counted(count, field, octets);
            Need(length, field);
        }
        else
        {
            length = Rest();
            string elements = octets == 1 ? length : $"({length}) / {Invariant(octets)}";
            if (octets > 1)
            {
                _code.When($"({length}) % {Invariant(octets)} != 0", Fail("Truncated", $"{_source}.Length", CSharpText.Literal(field.Name), "the input ends inside an element"));
            }

            if (LengthTest(elements, list.Minimum, list.Maximum, []) is string wrong)
            {
                _code.When(wrong, Fail("BadLength", _position.At(), CSharpText.Literal(field.Name), LengthReason(list.Minimum, list.Maximum, [], " elements")));
            }
        }

        string span = list.CountField is null ? _position.From(_source) : $"{_source}.Slice({_position.At()}, {length})";
        _code.Line($"ReadOnlySpan<byte> {field.Local} = {span};");
        string elementsOf = field.IsOctetList ? $"MemoryMarshal.Cast<byte, {FieldShape.ElementType(list, _shape.Scope)}>({field.Local})" : $"new {field.Type}({field.Local})";
        if (field.IsOctetList)
        {
            elementsOf = list.Registry is null ? field.Local : elementsOf;
        }

        _arguments[field] = elementsOf;
        if (list.Definition?.Unnamed == UnnamedValues.Malformed)
        {
            _shape.Scope.NamesOf(list.Registry!);
            string element = $"{field.LocalStem}Element";
            string items = $"{field.LocalStem}Items";
            string count = field.IsOctetList ? $"{items}.Length" : $"{items}.Count";
            _code.Line($"{field.Type} {items} = {elementsOf};");
            _code.Open($"for (int {element} = 0; {element} < {count}; {element}++)");
            _code.When(
                $"!{items}[{element}].IsNamed()",
                Fail("BadValue", octets == 1 ? $"{_position.At()} + {element}" : $"{_position.At()} + ({element} * {Invariant(octets)})", CSharpText.Literal(field.Name), "has a value that is not assigned"));
            _code.Close();
        }

        if (list.CountField is null)
        {
            _restTaken = true;
        }
        else
        {
            _position.Advance(_code, field.Local + ".Length");
        }
    }

    private void ReadNested(FieldShape field, NestedField nested)
    {
        string type = _shape.Scope.Use(nested.Struct);
        string stem = field.LocalStem;
        if (nested.PresenceField is null)
        {
            _code.Open($"if (!{type}.TryRead({_position.From(_source)}, out {type} {field.Local}, out int {stem}Length, out failure))");
            _code.Line(FailIn(_position.At()));
            _code.Close();
            _position.Advance(_code, stem + "Length");
        }
        else
        {
            _position.Settle(_code);
            _code.Line($"{type}? {field.Local} = null;");
            _code.Open($"if ({_shape.Field(nested.PresenceField).Local})");
            _code.Open($"if (!{type}.TryRead({_position.From(_source)}, out {type} {stem}Value, out int {stem}Length, out failure))");
            _code.Line(FailIn(_position.At()));
            _code.Close();
            _code.Line($"{field.Local} = {stem}Value;");
            _code.Line($"offset += {stem}Length;");
            _code.Close();
        }

        _arguments[field] = field.Local;
    }

    private string FailIn(string offset) =>
        _shape.IsNotify
            ? $"return FailIn({offset}, failure, out value, out failure);"
            : $"return FailIn({offset}, failure, out value, out consumed, out failure);";

    private void ReadPadding(FieldShape field, PaddingField padding)
    {
        _position.Settle(_code);
        _code.Line($"int padding = {PaddingExpression("offset", padding.Multiple)};");
        Need("padding", field);
        _position.Advance(_code, "padding");
    }

    public static string PaddingExpression(string offset, int multiple) =>
        (multiple & (multiple - 1)) == 0
            ? $"-{offset} & {Invariant(multiple - 1)}"
            : $"({Invariant(multiple)} - ({offset} % {Invariant(multiple)})) % {Invariant(multiple)}";

    private void Finish()
    {
        bool mustEnd = _shape.IsNotify || _shape.Measure is not null || _families.Count > 0;
        if (mustEnd && !_restTaken)
        {
            _code.When($"{_position.At()} != {_source}.Length", Fail("TrailingOctets", _position.At(), "\"\"", "octets are left after the last field"));
        }

        string arguments = string.Join(", ", _shape.Parameters.Select(field => $"{field.Parameter}: {_arguments[field]}"));
        _code.Line(arguments.Length <= 120
            ? $"value = new {_shape.TypeName}({arguments});"
            : $"value = new {_shape.TypeName}(\n    {string.Join(",\n    ", _shape.Parameters.Select(field => $"{field.Parameter}: {_arguments[field]}"))});");

        if (!_shape.IsNotify)
        {
            _code.Line($"consumed = {(_restTaken ? _source + ".Length" : _position.At())};");
        }

        _code.Line("failure = default;");
        _code.Line("return true;");
    }

    private string Fail(string kind, string offset, string name, string reason) =>
        $"return Fail(WireFailureKind.{kind}, {offset}, {name}, {CSharpText.Literal(reason)}, out value, {(_shape.IsNotify ? string.Empty : "out consumed, ")}out failure);";

    private static string Parenthesised(string expression) => expression.IndexOf(' ') >= 0 ? $"({expression})" : expression;

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);
}
