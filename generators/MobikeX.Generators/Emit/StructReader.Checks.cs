using MobikeX.Generators.Model;

namespace MobikeX.Generators.Emit;

/// <content>What must hold of a field as soon as it is read.</content>
internal sealed partial class StructReader
{
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
                _code.When(range.Outside(Read(field)), Fail("BadValue", at, name, range.Reason));
                break;
            case RegistryField when _shape.DependentsOf(field).Any():
                CheckFamily(field, at);
                break;
            case RegistryField { Definition.Unnamed: UnnamedValues.Malformed } registry:
                _shape.Scope.NamesOf(registry.Registry);
                _code.When($"!{Read(field)}.IsNamed()", Fail("BadValue", at, name, "is no value that is assigned"));
                break;
        }
    }

    private void CheckMeasure(FieldShape field, NumberField number, string at)
    {
        // All that stands at a fixed place is there, and is read before the source is cut: it need not be looked for again.
        string name = CSharpText.Literal(field.Name);
        NumberRange range = NumberRange.Of(number);
        bool countsRest = number.Measures == "rest";
        if (!countsRest)
        {
            _code.When($"{field.Local} < {_position.At(_left)}", Fail("BadLength", at, name, "counts fewer octets than there must be"));
        }

        if (range.IsNarrower)
        {
            _code.When(range.Outside(field.Local), Fail("BadLength", at, name, range.Reason));
        }

        string there = countsRest ? Rest() : $"{_source}.Length";
        _code.When(
            number.Bits < 32 ? $"{field.Local} > {there}" : $"{field.Local} > (ulong)({there})",
            Fail("BadLength", at, name, "counts more octets than there are"));
        string length = number.Bits < 32 ? field.Local : "(int)" + field.Local;
        _cuts.Add($"{_source} = {_source}.Slice(0, {(countsRest && _position.At() != "0" ? $"{_position.At()} + {length}" : length)});");
    }

    private void CheckCount(FieldShape count, FieldShape counted, string at)
    {
        (int minimum, int? maximum, IEnumerable<int> sizes) = counted.Model switch
        {
            OctetsField octets => (octets.Minimum, octets.Maximum, octets.Sizes),
            ListField list => (list.Minimum, list.Maximum, EquatableArray<int>.Empty),
            StructListField { CountField: not null } list => (list.Minimum, list.Maximum, EquatableArray<int>.Empty),
            _ => (0, (int?)null, EquatableArray<int>.Empty),
        };
        int[] allowed = sizes.ToArray();
        int multiple = counted.Model is OctetsField { Multiple: int given } ? given : 1;
        string? wrong = LengthTest(count.Local, minimum, NarrowerThan(maximum, count), allowed, multiple);
        if (wrong is not null)
        {
            _code.When(wrong, Fail("BadLength", at, CSharpText.Literal(count.Name), LengthReason(minimum, maximum, allowed, counted.Model is ListField or StructListField ? string.Empty : " octets", multiple)));
        }
    }

    private static int? NarrowerThan(int? maximum, FieldShape count) =>
        maximum is int most && (ulong)most < CSharpText.MaximumOf(((NumberField)count.Model).Bits) ? maximum : null;

    /// <summary>The test that fails a length; null where every length is fine.</summary>
    public static string? LengthTest(string length, int minimum, int? maximum, IReadOnlyList<int> sizes, int multiple = 1)
    {
        if (sizes.Count > 0)
        {
            return string.Join(" && ", sizes.Select(size => $"{length} != {CSharpText.Invariant(size)}"));
        }

        string?[] tests = [minimum > 0 ? $"{length} < {CSharpText.Invariant(minimum)}" : null, maximum is int most ? $"{length} > {CSharpText.Invariant(most)}" : null, multiple > 1 ? $"{CSharpText.Parenthesised(length)} % {CSharpText.Invariant(multiple)} != 0" : null];
        string test = string.Join(" || ", tests.Where(part => part is not null));
        return test.Length == 0 ? null : test;
    }

    public static string LengthReason(int minimum, int? maximum, IReadOnlyList<int> sizes, string unit, int multiple = 1) =>
        sizes.Count > 0 ? $"is not {CSharpText.Alternatives(sizes)}{unit}"
        : multiple > 1 ? $"is not a multiple of {CSharpText.Invariant(multiple)}{unit}, or not {CSharpText.Invariant(minimum)}{(maximum is int most ? " to " + CSharpText.Invariant(most) : " or more")}"
        : maximum is null ? $"is less than {CSharpText.Invariant(minimum)}{unit}"
        : $"is not {CSharpText.Invariant(minimum)} to {CSharpText.Invariant(maximum.Value)}{unit}";

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
}
