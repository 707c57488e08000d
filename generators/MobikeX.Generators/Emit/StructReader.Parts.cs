using MobikeX.Generators.Model;

namespace MobikeX.Generators.Emit;

/// <content>Fields whose length is known at run time only.</content>
internal sealed partial class StructReader
{
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
            case StructListField list:
                ReadStructs(field, list);
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
            length = _shape.Model.Fields.OfType<AddressField>().Select(other => other.ByLength).Distinct().Count(other => other is not null) > 1 ? field.LocalStem + "FamilyLength" : LocalNames.FamilyLength;
            if (_families.Add(pair))
            {
                _code.Line($"int {length} = {_source}.Length == {CSharpText.Invariant(pair.IPv4)} ? IpAddress.IPv4Length : {_source}.Length == {CSharpText.Invariant(pair.IPv6)} ? IpAddress.IPv6Length : 0;");
                _code.When(
                    $"{length} == 0",
                    Fail("BadLength", $"{_source}.Length", CSharpText.Literal(field.Name), $"the length is not {CSharpText.Invariant(pair.IPv4)} or {CSharpText.Invariant(pair.IPv6)} octets"));
            }
        }
        else
        {
            length = _shape.Field(address.FamilyField!).LocalStem + "Length";
        }

        Need(length, field);
        ReadAddress(field, $"{_source}.Slice({_position.At()}, {length})");
        Advance(field, length);
    }

    private void Need(string octets, FieldShape field) =>
        _code.When(
            $"{Rest()} < {octets}",
            Fail("Truncated", $"{_source}.Length", CSharpText.Literal(field.Name), "the input ends here"));

    private string Rest() => _position.At() == "0" ? $"{_source}.Length" : $"{_source}.Length - {CSharpText.Parenthesised(_position.At())}";

    private void ReadOctets(FieldShape field, OctetsField octets)
    {
        if (octets.SizeField is string sizeField)
        {
            FieldShape size = _shape.Field(sizeField);
            string length = Counted(size, field, 1);
            Need(length, field);
            TakeOctets(field, octets, $"{_source}.Slice({_position.At()}, {length})");
            Advance(field, length);
            return;
        }

        string? wrong = LengthTest(Rest(), octets.Minimum, octets.Maximum, octets.Sizes, octets.Multiple);
        if (wrong is not null)
        {
            _code.When(wrong, Fail("BadLength", _position.At(), CSharpText.Literal(field.Name), LengthReason(octets.Minimum, octets.Maximum, octets.Sizes, " octets", octets.Multiple)));
        }

        TakeOctets(field, octets, _position.From(_source));
        _restTaken = true;
    }

    /// <summary>The count as an int: a wide one is compared first, so that the cast loses nothing.</summary>
    private string Counted(FieldShape count, FieldShape counted, int octets)
    {
        if (((NumberField)count.Model).Bits < 32)
        {
            return octets == 1 ? count.Local : $"{count.Local} * {CSharpText.Invariant(octets)}";
        }

        _code.When(
            $"{count.Local} > (ulong)({Rest()}) / {CSharpText.Invariant(octets)}",
            Fail("Truncated", $"{_source}.Length", CSharpText.Literal(counted.Name), "the input ends here"));
        return octets == 1 ? $"(int){count.Local}" : $"(int){count.Local} * {CSharpText.Invariant(octets)}";
    }

    private void TakeOctets(FieldShape field, OctetsField octets, string span)
    {
        if (!_outcome.GivesValue)
        {
            return;
        }

        _code.Line(octets.Inline ? $"value.{field.Storage} = new ShortOctets({span});" : $"value.{field.Storage} = {span};");
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
                _code.When($"{count.Local} > ({Rest()}) / {CSharpText.Invariant(octets)}", Fail("Truncated", $"{_source}.Length", CSharpText.Literal(field.Name), "the input ends here"));
            }

            length = Counted(count, field, octets);
            Need(length, field);
        }
        else
        {
            length = Rest();
            string elements = octets == 1 ? length : $"({length}) / {CSharpText.Invariant(octets)}";
            if (octets > 1)
            {
                _code.When($"({length}) % {CSharpText.Invariant(octets)} != 0", Fail("Truncated", $"{_source}.Length", CSharpText.Literal(field.Name), "the input ends inside an element"));
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

        _code.Line($"value.{field.Storage} = {elementsOf};");
        if (list.Definition?.Unnamed == UnnamedValues.Malformed)
        {
            _shape.Scope.NamesOf(list.Registry!);
            string element = $"{field.LocalStem}Element";
            string count = field.IsOctetList ? $"value.{field.Storage}.Length" : $"value.{field.Storage}.Count";
            _code.Open($"for (int {element} = 0; {element} < {count}; {element}++)");
            _code.When(
                $"!value.{field.Storage}[{element}].IsNamed()",
                Fail("BadValue", octets == 1 ? $"{_position.At()} + {element}" : $"{_position.At()} + ({element} * {CSharpText.Invariant(octets)})", CSharpText.Literal(field.Name), "has a value that is not assigned"));
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

    private void ReadStructs(FieldShape field, StructListField list)
    {
        string source = _position.From(_source);
        string count = "int.MaxValue";
        string length = field.LocalStem + "Length";
        if (list.SizeField is string sizeField)
        {
            length = Counted(_shape.Field(sizeField), field, 1);
            Need(length, field);
            source = $"{_source}.Slice({_position.At()}, {length})";
        }
        else if (list.CountField is string countField)
        {
            FieldShape counted = _shape.Field(countField);
            count = counted.Local;
            if (((NumberField)counted.Model).Bits >= 32)
            {
                _code.When($"{counted.Local} > (ulong)({Rest()})", Fail("Truncated", $"{_source}.Length", CSharpText.Literal(field.Name), "the input ends here"));
                count = "(int)" + counted.Local;
            }
        }

        _code.Open($"if (!{field.Type}.TryRead({source}, {count}, out value.{field.Storage}, out {(list.CountField is null ? "_" : "int " + length)}, out {_outcome.Argument}))");
        _code.Line(FailIn(_position.At()));
        _code.Close();
        if (list.CountField is null && LengthTest($"value.{field.Storage}.Count", list.Minimum, list.Maximum, []) is string wrong)
        {
            _code.When(wrong, Fail("BadLength", _position.At(), CSharpText.Literal(field.Name), LengthReason(list.Minimum, list.Maximum, [], " elements")));
        }

        if (list.CountField is null && list.SizeField is null)
        {
            _restTaken = true;
        }
        else
        {
            _position.Advance(_code, length);
        }
    }

    private void ReadNested(FieldShape field, NestedField nested)
    {
        string type = _shape.Scope.Use(nested.Struct);
        string stem = field.LocalStem;
        string value = _outcome.GivesValue ? "value." + field.Storage : "_";
        bool isEndAsked = IsEndAsked(field);
        string call = type + ".TryRead" + _outcome.Call($"{{0}}, out {value}, out {(isEndAsked ? $"int {stem}Length" : "_")}", IsApart(nested.Definition));
        if (nested.PresenceField is null)
        {
            _code.Open($"if (!{call.Replace("{0}", _position.From(_source))})");
            _code.Line(FailIn(_position.At()));
            _code.Close();
            Advance(field, stem + "Length");
        }
        else
        {
            if (isEndAsked)
            {
                _position.Settle(_code);
            }

            string present = _shape.Field(nested.PresenceField).Local;
            if (_outcome.GivesValue)
            {
                _code.Line($"value.{field.Has} = {present};");
            }

            _code.Open($"if ({present})");
            _code.Open($"if (!{call.Replace("{0}", _position.From(_source))})");
            _code.Line(FailIn(_position.At()));
            _code.Close();
            if (isEndAsked)
            {
                _code.Line($"offset += {stem}Length;");
            }

            _code.Close();
            if (_outcome.GivesValue)
            {
                _code.Next("else");
                _code.Line($"value.{field.Storage} = default;");
                _code.Close();
            }
        }
    }

    private string FailIn(string offset) =>
        Fail($"FailureIn({offset}, failure)");

    private void ReadPadding(FieldShape field, PaddingField padding)
    {
        _position.Settle(_code);
        string octets = _shape.PaddingOf(field);
        _code.Line($"int {octets} = {PaddingExpression("offset", padding.Multiple)};");
        Need(octets, field);
        _position.Advance(_code, octets);
    }

    public static string PaddingExpression(string offset, int multiple) =>
        (multiple & (multiple - 1)) == 0
            ? $"-{offset} & {CSharpText.Invariant(multiple - 1)}"
            : $"({CSharpText.Invariant(multiple)} - ({offset} % {CSharpText.Invariant(multiple)})) % {CSharpText.Invariant(multiple)}";
}
