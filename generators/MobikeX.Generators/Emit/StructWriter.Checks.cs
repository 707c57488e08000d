using MobikeX.Generators.Model;

namespace MobikeX.Generators.Emit;

/// <content>What the reader would refuse.</content>
internal sealed partial class StructWriter
{
    private void CheckValue(FieldShape field)
    {
        string name = CSharpText.Literal(field.Name);
        string at = _shape.OffsetOf(field);
        switch (field.Model)
        {
            case NumberField number when NumberRange.Of(number) is { IsNarrowerThanType: true } range:
                _code.When(range.Outside(field.Storage), Fail("BadValue", at, name, range.Reason));
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
            case StructListField list:
                CheckStructs(field, list, name, at);
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
            _code.When($"!{field.Storage}.IsNamed()", Fail("BadValue", at, name, "is no value that is assigned"));
        }

        string underlying = CSharpText.UnsignedType(registry.Definition.Width);
        if (CSharpText.MaximumOf(registry.Bits) < TypeMaximum(underlying))
        {
            _code.When(
                $"({underlying}){field.Storage} > {CSharpText.Number(CSharpText.MaximumOf(registry.Bits))}",
                Fail("BadValue", at, name, $"does not fit {CSharpText.Invariant(registry.Bits)} bits"));
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
        int? maximum = Bound(octets.Maximum, octets.SizeField);
        bool isFixed = octets.SizeField is null && !octets.Rest;
        int[] sizes = isFixed ? [octets.Minimum] : octets.Sizes.ToArray();
        if (octets.Inline && sizes.Length == 0 && maximum >= 16)
        {
            maximum = null;
        }

        if (StructReader.LengthTest(field.Storage + ".Length", octets.Minimum, maximum, sizes, octets.Multiple) is string wrong)
        {
            _code.When(wrong, Fail("BadLength", at, name, StructReader.LengthReason(octets.Minimum, maximum, sizes, " octets", octets.Multiple)));
        }
    }

    private void CheckAddress(FieldShape field, AddressField address, string name, string at)
    {
        bool v4 = address.Fixed == FixedFamily.IPv4 || (address.Fixed == FixedFamily.None && (address.IPv4 is not null || address.ByLength is not null));
        bool v6 = address.Fixed == FixedFamily.IPv6 || (address.Fixed == FixedFamily.None && (address.IPv6 is not null || address.ByLength is not null));
        if (v4 && v6)
        {
            _code.When($"{field.Storage}.IsNone", Fail("BadValue", at, name, "is no address"));
        }
        else
        {
            _code.When(v4 ? $"!{field.Storage}.IsIPv4" : $"!{field.Storage}.IsIPv6", Fail("BadValue", at, name, v4 ? "is no IPv4 address" : "is no IPv6 address"));
        }

        if (address.ByLength is LengthPair pair)
        {
            _code.When(
                $"WireLength != ({field.Storage}.IsIPv4 ? {CSharpText.Invariant(pair.IPv4)} : {CSharpText.Invariant(pair.IPv6)})",
                Fail("BadLength", at, name, "the length does not tell the family of this address"));
        }
    }

    private void CheckStructs(FieldShape field, StructListField list, string name, string at)
    {
        CheckElements($"{field.Storage}.Count", list.Minimum, Bound(list.Maximum, list.CountField), name, at);
        if (list.SizeField is not null && _shape.CapacityOf(list.SizeField) is var room && room < int.MaxValue)
        {
            _code.When($"{field.Storage}.Octets.Length > {CSharpText.Number(room)}", Fail("BadLength", at, name, $"is more than {room} octets"));
        }
    }

    private void CheckList(FieldShape field, ListField list, string name, string at)
    {
        string count = Count(field);
        CheckElements(count, list.Minimum, Bound(list.Maximum, list.CountField), name, at);
        if (list.Definition?.Unnamed == UnnamedValues.Malformed)
        {
            _shape.Scope.NamesOf(list.Registry!);
            _code.Open($"for (int i = 0; i < {count}; i++)");
            _code.When($"!{field.Storage}[i].IsNamed()", Fail("BadValue", at, name, "has a value that is not assigned"));
            _code.Close();
        }
    }

    private void CheckElements(string count, int minimum, int? maximum, string name, string at)
    {
        if (StructReader.LengthTest(count, minimum, maximum, []) is string wrong)
        {
            _code.When(wrong, Fail("BadLength", at, name, StructReader.LengthReason(minimum, maximum, [], " elements")));
        }
    }

    /// <summary>The most that the field which counts can say, where that is less.</summary>
    private int? Bound(int? maximum, string? countField) =>
        _shape.CapacityOf(countField) is var capacity && capacity < (ulong)(maximum ?? int.MaxValue) ? (int)capacity : maximum;

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
                    AddressField => $"{dependents[0].Storage}.IsIPv4 != {other.Storage}.IsIPv4",
                    NestedField => $"{dependents[0].Has} != {other.Has}",
                    _ => $"{Count(dependents[0])} != {Count(other)}",
                };
                _code.When(test, Fail("BadLength", _shape.OffsetOf(other), CSharpText.Literal(other.Name), $"does not agree with {dependents[0].Name}, though {derived.Name} says both"));
            }
        }
    }

    private void CheckMeasure()
    {
        if (_shape.Measure is not FieldShape measure)
        {
            return;
        }

        NumberField number = (NumberField)measure.Model;
        string length = Measured(measure, "length");
        ulong maximum = Math.Min(number.Maximum, CSharpText.MaximumOf(number.Bits));
        if (maximum < int.MaxValue)
        {
            _code.When($"{length} > {CSharpText.Number(maximum)}", Fail("BadLength", _shape.OffsetOf(measure), CSharpText.Literal(measure.Name), $"cannot be more than {maximum}"));
        }

        if (number.Minimum > 0 && (number.Measures == "rest" || number.Minimum > (ulong)_shape.Model.MinimumLength))
        {
            _code.When($"{length} < {CSharpText.Number(number.Minimum)}", Fail("BadLength", _shape.OffsetOf(measure), CSharpText.Literal(measure.Name), $"cannot be less than {number.Minimum}"));
        }

        if (number.Allowed.Count > 0)
        {
            _code.When(NumberRange.Of(number).Outside(length), Fail("BadLength", _shape.OffsetOf(measure), CSharpText.Literal(measure.Name), NumberRange.Of(number).Reason));
        }
    }
}
