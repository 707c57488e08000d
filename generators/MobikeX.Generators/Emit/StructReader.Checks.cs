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
}
