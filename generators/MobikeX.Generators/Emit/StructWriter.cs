using System.Globalization;
using MobikeX.Generators.Model;

namespace MobikeX.Generators.Emit;

/// <summary>The body of <c>TryWrite</c> and of <c>WireLength</c>: what the reader would refuse is refused before an octet is written.</summary>
internal sealed class StructWriter
{
    private readonly StructShape _shape;
    private readonly CodeBlock _code = new();
    private readonly Position _position = new();

    private StructWriter(StructShape shape) => _shape = shape;

    public static string Body(StructShape shape) => new StructWriter(shape).Build();

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

            unbounded |= field.Model is OctetsField { Inline: false } or ListField or NestedField { Definition.IsView: true };
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

        CheckDependents();
        if (_shape.Fields.Count == 0)
        {
            _code.Line("written = 0;");
            _code.Line("failure = default;");
            _code.Line("return true;");
            return _code.ToString();
        }

        bool isFixed = _shape.Model.FixedLength is not null && _shape.Parts.All(part => part.FixedLength is not null);
        string length = isFixed ? Invariant(_shape.Parts.Sum(part => part.FixedLength!.Value)) : "length";
        if (!isFixed)
        {
            _code.Line("int length = WireLength;");
        }

        CheckMeasure();
        _code.When($"destination.Length < {length}", Fail("DestinationTooSmall", "destination.Length", "\"\"", "the destination is too small"));
        foreach (WirePart part in _shape.Parts)
        {
            WritePart(part);
        }

        _code.Line($"written = {length};");
        _code.Line("failure = default;");
        _code.Line("return true;");
        return _code.ToString();
    }

    private void CheckValue(FieldShape field)
    {
        string name = CSharpText.Literal(field.Name);
        string at = _shape.OffsetOf(field);
        switch (field.Model)
        {
            case NumberField number when NumberRange.Of(number) is { IsNarrowerThanType: true } range:
                _code.When(range.Outside(field.Property), Fail("BadValue", at, name, range.Reason));
                break;
            case RegistryField registry:
                CheckRegistry(field, registry, name, at);
                break;
            case OctetsField octets:
                CheckOctets(field, octets, name, at);
                break;
            case AddressField address:
                CheckAddress(field, address, name, at);
                break;
            case ListField list:
                CheckList(field, list, name, at);
                break;
        }
    }

    private void CheckRegistry(FieldShape field, RegistryField registry, string name, string at)
    {
        if (registry.Definition.Unnamed == UnnamedValues.Malformed)
        {
            _shape.Scope.NamesOf(registry.Registry);
            _code.When($"!{field.Property}.IsNamed()", Fail("BadValue", at, name, "is no value that is assigned"));
        }

        string underlying = CSharpText.UnsignedType(registry.Definition.Width);
        if (CSharpText.MaximumOf(registry.Bits) < TypeMaximum(underlying))
        {
            _code.When(
                $"({underlying}){field.Property} > {CSharpText.Number(CSharpText.MaximumOf(registry.Bits))}",
                Fail("BadValue", at, name, $"does not fit {Invariant(registry.Bits)} bits"));
        }
    }

    private static ulong TypeMaximum(string type) => type switch
    {
        "byte" => byte.MaxValue,
        "ushort" => ushort.MaxValue,
        "uint" => uint.MaxValue,
        _ => ulong.MaxValue,
    };

    private void CheckOctets(FieldShape field, OctetsField octets, string name, string at)
    {
        int? maximum = octets.Maximum;
        if (octets.SizeField is not null && _shape.CapacityOf(octets.SizeField) is var capacity && capacity < (ulong)(maximum ?? int.MaxValue))
        {
            maximum = (int)capacity;
        }

        bool isFixed = octets.SizeField is null && !octets.Rest;
        int[] sizes = isFixed ? [octets.Minimum] : octets.Sizes.ToArray();
        if (octets.Inline && sizes.Length == 0 && maximum >= 16)
        {
            maximum = null;
        }

        if (StructReader.LengthTest(field.Property + ".Length", octets.Minimum, maximum, sizes) is string wrong)
        {
            _code.When(wrong, Fail("BadLength", at, name, StructReader.LengthReason(octets.Minimum, maximum, sizes, " octets")));
        }
    }

    private void CheckAddress(FieldShape field, AddressField address, string name, string at)
    {
        bool v4 = address.Fixed == FixedFamily.IPv4 || (address.Fixed == FixedFamily.None && (address.IPv4 is not null || address.ByLength is not null));
        bool v6 = address.Fixed == FixedFamily.IPv6 || (address.Fixed == FixedFamily.None && (address.IPv6 is not null || address.ByLength is not null));
        if (v4 && v6)
        {
            _code.When($"{field.Property}.IsNone", Fail("BadValue", at, name, "is no address"));
        }
        else
        {
            _code.When(v4 ? $"!{field.Property}.IsIPv4" : $"!{field.Property}.IsIPv6", Fail("BadValue", at, name, v4 ? "is no IPv4 address" : "is no IPv6 address"));
        }

        if (address.ByLength is LengthPair pair)
        {
            _code.When(
                $"WireLength != ({field.Property}.IsIPv4 ? {Invariant(pair.IPv4)} : {Invariant(pair.IPv6)})",
                Fail("BadLength", at, name, "the length does not tell the family of this address"));
        }
    }

    private void CheckList(FieldShape field, ListField list, string name, string at)
    {
        int? maximum = list.Maximum;
        ulong capacity = _shape.CapacityOf(list.CountField);
        if (capacity < (ulong)(maximum ?? int.MaxValue))
        {
            maximum = (int)capacity;
        }

        string count = field.IsOctetList ? $"{field.Property}.Length" : $"{field.Property}.Count";
        if (StructReader.LengthTest(count, list.Minimum, maximum, []) is string wrong)
        {
            _code.When(wrong, Fail("BadLength", at, name, StructReader.LengthReason(list.Minimum, maximum, [], " elements")));
        }

        if (list.Definition?.Unnamed == UnnamedValues.Malformed)
        {
            _shape.Scope.NamesOf(list.Registry!);
            _code.Open($"for (int i = 0; i < {count}; i++)");
            _code.When($"!{field.Property}[i].IsNamed()", Fail("BadValue", at, name, "has a value that is not assigned"));
            _code.Close();
        }
    }

    // One derived field may speak for several others, which then have to agree.
    private void CheckDependents()
    {
        foreach (FieldShape derived in _shape.Fields.Where(field => field.Model.Derived))
        {
            FieldShape[] dependents = _shape.DependentsOf(derived).ToArray();
            foreach (FieldShape other in dependents.Skip(1))
            {
                string test = other.Model switch
                {
                    AddressField => $"{dependents[0].Property}.IsIPv4 != {other.Property}.IsIPv4",
                    NestedField => $"{dependents[0].Property}.HasValue != {other.Property}.HasValue",
                    _ => $"{Count(dependents[0])} != {Count(other)}",
                };
                _code.When(test, Fail("BadLength", _shape.OffsetOf(other), CSharpText.Literal(other.Name), $"does not agree with {dependents[0].Name}, though {derived.Name} says both"));
            }
        }
    }

    private static string Count(FieldShape field) => field.IsWideList ? $"{field.Property}.Count" : $"{field.Property}.Length";

    private void CheckMeasure()
    {
        if (_shape.Measure is not FieldShape measure)
        {
            return;
        }

        NumberField number = (NumberField)measure.Model;
        ulong maximum = Math.Min(number.Maximum, CSharpText.MaximumOf(number.Bits));
        if (maximum < int.MaxValue)
        {
            _code.When($"length > {CSharpText.Number(maximum)}", Fail("BadLength", _shape.OffsetOf(measure), CSharpText.Literal(measure.Name), $"cannot be more than {maximum}"));
        }

        if (number.Minimum > 0 && number.Minimum > (ulong)_shape.Model.MinimumLength)
        {
            _code.When($"length < {CSharpText.Number(number.Minimum)}", Fail("BadLength", _shape.OffsetOf(measure), CSharpText.Literal(measure.Name), $"cannot be less than {number.Minimum}"));
        }

        if (number.Allowed.Count > 0)
        {
            _code.When(NumberRange.Of(number).Outside("length"), Fail("BadLength", _shape.OffsetOf(measure), CSharpText.Literal(measure.Name), NumberRange.Of(number).Reason));
        }
    }

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
                WriteValue(field, part, $"{field.Property}.TryWrite({_position.From("destination")});");
                break;
            case AddressField:
                WriteValue(field, part, $"{field.Property}.TryWrite({_position.From("destination")});");
                break;
            case OctetsField:
                WriteValue(field, part, $"{field.Property}.CopyTo({_position.From("destination")});");
                break;
            case ListField when field.IsOctetList:
                string octets = ((ListField)field.Model).Registry is null ? field.Property : $"MemoryMarshal.AsBytes({field.Property})";
                WriteValue(field, part, $"{octets}.CopyTo({_position.From("destination")});");
                break;
            case ListField:
                WriteValue(field, part, $"{field.Property}.Write({_position.From("destination")});");
                break;
            case NestedField nested:
                WriteNested(field, nested);
                break;
            case PaddingField padding:
                _position.Settle(_code);
                _code.Line($"int padding = {StructReader.PaddingExpression("offset", padding.Multiple)};");
                _code.Line("destination.Slice(offset, padding).Clear();");
                if (!IsLast(part))
                {
                    _position.Advance(_code, "padding");
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

    private bool IsLast(WirePart part) => ReferenceEquals(_shape.Parts[_shape.Parts.Count - 1], part);

    private void WriteNested(FieldShape field, NestedField nested)
    {
        string stem = field.LocalStem;
        if (nested.PresenceField is null)
        {
            _code.Open($"if (!{field.Property}.TryWrite({_position.From("destination")}, out int {stem}Length, out failure))");
            _code.Line($"return FailIn({_position.At()}, failure, out written, out failure);");
            _code.Close();
            _position.Advance(_code, stem + "Length");
            return;
        }

        _position.Settle(_code);
        _code.Open($"if ({field.Property}.HasValue)");
        _code.Open($"if (!{field.Property}.Value.TryWrite({_position.From("destination")}, out int {stem}Length, out failure))");
        _code.Line($"return FailIn({_position.At()}, failure, out written, out failure);");
        _code.Close();
        _code.Line($"offset += {stem}Length;");
        _code.Close();
    }

    private void WriteBits(BitPart part)
    {
        string type = part.Octets <= 1 ? "byte" : part.Octets <= 2 ? "ushort" : part.Octets <= 4 ? "uint" : "ulong";
        string wide = part.Octets <= 4 ? "uint" : "ulong";
        List<string> terms = [];
        foreach (BitSlot slot in part.Slots.Where(slot => slot.Field.Model is not ReservedField))
        {
            terms.Add(Term(slot, part.Slots.Count == 1 ? type : wide, part.Slots.Count == 1));
        }

        string value;
        if (terms.Count == 0)
        {
            value = "0";
        }
        else if (part.Slots.Count == 1)
        {
            value = terms[0];
        }
        else
        {
            value = terms.Count == 1 ? terms[0] : "(\n    " + string.Join("\n    | ", terms) + ")";
            value = type == wide ? value : $"({type}){value}";
        }

        switch (part.Octets)
        {
            case 1:
                _code.Line($"destination[{_position.At()}] = {value};");
                break;
            case 2 or 4 or 8:
                _code.Line($"{_shape.Primitive("Write", part.Octets)}({_position.From("destination")}, {value});");
                break;
            default:
                string local = "bits" + _position.At().Replace("offset", "At").Replace(" ", string.Empty).Replace("+", string.Empty);
                _code.Line($"{wide} {local} = {value};");
                bool big = _shape.Model.ByteOrder == ByteOrder.BigEndian;
                for (int i = 0; i < part.Octets; i++)
                {
                    int shift = (big ? part.Octets - 1 - i : i) * 8;
                    _code.Line($"destination[{_position.At(i)}] = (byte)({local}{(shift == 0 ? string.Empty : " >> " + Invariant(shift))});");
                }

                break;
        }
    }

    /// <summary>One field's bits, in place.</summary>
    private string Term(BitSlot slot, string type, bool whole)
    {
        FieldShape field = slot.Field;
        if (field.Model is FlagField)
        {
            string flag = field.Model.Derived ? Presence(field) : field.Property;
            string mask = CSharpText.Mask(1UL << slot.Shift) + (type == "ulong" ? "UL" : "U");
            return $"({flag} ? {mask.Replace("ULUL", "UL")} : 0{(type == "ulong" ? "UL" : "U")})";
        }

        string value = field.Model switch
        {
            ConstantField constant => _shape.Model.Kind == StructKind.Parameter ? $"({type})Type" : $"({type}){CSharpText.Number(constant.Value)}",
            RegistryField { Derived: true } => $"({type}){Family(field)}",
            RegistryField => $"({type}){field.Property}",
            NumberField { Derived: true } => $"({type}){Counted(field)}",
            NumberField number => CSharpText.UnsignedType(number.Bits) == type ? field.Property : $"({type}){field.Property}",
            _ => throw new InvalidOperationException($"{field.Name} has no bits"),
        };
        return whole || slot.Shift == 0 ? value : $"({value} << {Invariant(slot.Shift)})";
    }

    private string Presence(FieldShape flag) =>
        _shape.DependentsOf(flag).FirstOrDefault() is FieldShape nested ? nested.Property + ".HasValue" : "false";

    private string Family(FieldShape family)
    {
        FieldShape field = _shape.DependentsOf(family).First();
        AddressField address = (AddressField)field.Model;
        string? v4 = address.IPv4 is null ? null : _shape.Scope.Literal(address.IPv4);
        string? v6 = address.IPv6 is null ? null : _shape.Scope.Literal(address.IPv6);
        return v4 is null ? v6! : v6 is null ? v4 : $"({field.Property}.IsIPv4 ? {v4} : {v6})";
    }

    private string Counted(FieldShape count)
    {
        if (_shape.MeasuresStruct(count))
        {
            return _shape.Model.FixedLength is int length ? Invariant(length) : "length";
        }

        return _shape.DependentsOf(count).FirstOrDefault() is FieldShape counted ? Count(counted) : "0";
    }

    private string Fail(string kind, string offset, string name, string reason) =>
        $"return Fail(WireFailureKind.{kind}, {offset}, {name}, {CSharpText.Literal(reason)}, out written, out failure);";

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);
}
