using MobikeX.Generators.Model;

namespace MobikeX.Generators.Emit;

/// <content>Numbers and flags that share octets.</content>
internal sealed partial class StructReader
{
    private void ReadBits(BitPart part)
    {
        int needed = part.Slots.Count(slot => IsNeeded(slot.Field));
        if (needed == 0)
        {
            return;
        }

        bool whole = part.Slots.Count == 1;
        string octets = Octets(part.Octets);
        string bits = octets;
        if (!whole && needed > 1)
        {
            bits = "bits" + (_shape.Parts.OfType<BitPart>().Count(static other => other.IsShared) > 1 ? CSharpText.Invariant(_shape.Parts.OfType<BitPart>().Where(static other => other.IsShared).ToList().IndexOf(part)) : string.Empty);
            _code.Line($"{(part.Octets <= 4 ? "uint" : "ulong")} {bits} = {octets};");
        }

        foreach (BitSlot slot in part.Slots.Where(slot => IsNeeded(slot.Field)))
        {
            string value = whole ? bits : Slot(bits, slot, part.Octets * 8);
            Assign(slot, value, bits, part.Octets, whole);
        }
    }

    // Who only asks why a value is refused needs no field that nothing is asked of.
    private bool IsNeeded(FieldShape field) => field.Model is not ReservedField && (_outcome.GivesValue || !field.IsTold || IsChecked(field));

    private static bool IsChecked(FieldShape field) => field.Model switch
    {
        NumberField number => NumberRange.Of(number).IsNarrower,
        RegistryField registry => registry.Definition.Unnamed == UnnamedValues.Malformed,
        _ => false,
    };

    private static string Slot(string bits, BitSlot slot, int width) =>
        slot.Shift + slot.Bits == width && width is 32 or 64 ? $"({bits} >> {CSharpText.Invariant(slot.Shift)})"
        : slot.Shift == 0 ? $"({bits} & {CSharpText.Mask(slot.Mask)})" : $"(({bits} >> {CSharpText.Invariant(slot.Shift)}) & {CSharpText.Mask(slot.Mask)})";

    private void Assign(BitSlot slot, string value, string bits, int octets, bool whole)
    {
        FieldShape field = slot.Field;
        switch (field.Model)
        {
            case ConstantField constant:
                _code.When(
                    $"{value} != {ConstantNumber(constant)}",
                    Fail("BadValue", _position.At(slot.Octet), CSharpText.Literal(field.Name), "is not that of " + _shape.Model.Info.Name));
                break;
            case FlagField when field.Model.Derived:
                _code.Line($"bool {field.Local} = {FlagTest(value, slot, whole)};");
                break;
            case FlagField when field.FlagSet is FlagSet flags:
                if (_flagsRead.Add(flags))
                {
                    string first = flags.Shift == 0 ? bits : $"({bits} >> {CSharpText.Invariant(flags.Shift)})";
                    _code.Line($"value.{flags.Storage} = ({flags.Type})({first} & {CSharpText.Mask(flags.Mask)});");
                }

                break;
            case FlagField:
                Store(field, FlagTest(value, slot, whole));
                break;
            case RegistryField:
                Store(field, $"({field.Type}){value}");
                break;
            case NumberField { Derived: true } number:
                _code.Line(number.Bits < 32 ? $"int {field.Local} = {(whole && octets <= 2 ? value : "(int)" + value)};" : $"ulong {field.Local} = {value};");
                break;
            case NumberField number:
                bool exact = whole
                    ? octets is 1 or 2 or 4 or 8 || field.Type == (octets == 3 ? "uint" : "ulong")
                    : field.Type == (octets <= 4 ? "uint" : "ulong");
                Store(field, exact ? value : $"({field.Type}){value}");
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

    /// <summary>A value that callers see goes to its place at once; a derived one is a local that the rest of the reader asks.</summary>
    private void Store(FieldShape field, string expression) =>
        _code.Line(field.IsTold && _outcome.GivesValue ? $"value.{field.Storage} = {expression};" : $"{field.Type} {field.Local} = {expression};");

    /// <summary>What was read of the field.</summary>
    private string Read(FieldShape field) => field.IsTold && _outcome.GivesValue ? $"value.{field.Storage}" : field.Local;

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
                    return shift == 0 ? octet : $"({octet} << {CSharpText.Invariant(shift)})";
                })) + ")";
        }
    }
}
