using MobikeX.Generators.Model;

namespace MobikeX.Generators.Emit;

/// <summary>The numbers that a field may have, beside what its width allows.</summary>
internal sealed class NumberRange
{
    private readonly NumberField _field;
    private readonly ulong _capacity;
    private readonly ulong _typeMaximum;

    private NumberRange(NumberField field)
    {
        _field = field;
        _capacity = CSharpText.MaximumOf(field.Bits);
        _typeMaximum = CSharpText.MaximumOf(field.Bits <= 8 ? 8 : field.Bits <= 16 ? 16 : field.Bits <= 32 ? 32 : 64);
        Maximum = Math.Min(field.Maximum, _capacity);
    }

    public static NumberRange Of(NumberField field) => new(field);

    public ulong Maximum { get; }

    /// <summary>True where the width could carry a number that the field may not have.</summary>
    public bool IsNarrower => _field.Allowed.Count > 0 || _field.Minimum > 0 || Maximum < _capacity;

    /// <summary>True where the C# type could hold a number that the field may not have: what a writer checks.</summary>
    public bool IsNarrowerThanType => IsNarrower || _capacity < _typeMaximum;

    public string Reason =>
        _field.Allowed.Count > 0 ? "is not " + CSharpText.Alternatives(_field.Allowed.AsSpan().ToArray())
        : Maximum == _typeMaximum ? $"is less than {_field.Minimum}"
        : $"is not {_field.Minimum} to {Maximum}";

    /// <summary>The test that is true for a number that the field may not have.</summary>
    public string Outside(string value)
    {
        if (_field.Allowed.Count > 0)
        {
            return string.Join(" && ", _field.Allowed.Select(number => $"{value} != {CSharpText.Number(number)}"));
        }

        List<string> tests = [];
        if (_field.Minimum > 0)
        {
            tests.Add($"{value} < {CSharpText.Number(_field.Minimum)}");
        }

        if (Maximum < _typeMaximum)
        {
            tests.Add($"{value} > {CSharpText.Number(Maximum)}");
        }

        return string.Join(" || ", tests);
    }
}
