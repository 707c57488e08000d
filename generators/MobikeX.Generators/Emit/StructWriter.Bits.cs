using MobikeX.Generators.Model;

namespace MobikeX.Generators.Emit;

/// <content>Numbers and flags that share octets.</content>
internal sealed partial class StructWriter
{
    private void WriteBits(BitPart part)
    {
        string type = part.Octets <= 1 ? "byte" : part.Octets <= 2 ? "ushort" : part.Octets <= 4 ? "uint" : "ulong";
        string wide = part.Octets <= 4 ? "uint" : "ulong";
        List<string> terms = [];
        foreach (BitSlot slot in part.Slots.Where(slot => slot.Field.Model is not ReservedField))
        {
            if (slot.Field.FlagSet is FlagSet flags)
            {
                string kept = flags.Shift == 0 ? flags.Storage : $"(({wide}){flags.Storage} << {CSharpText.Invariant(flags.Shift)})";
                if (!terms.Contains(kept))
                {
                    terms.Add(kept);
                }

                continue;
            }

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
            value = terms.Count == 1 ? terms[0] : "\n    " + string.Join("\n    | ", terms);
            value = type == wide ? value : terms.Count == 1 ? $"({type}){value}" : $"({type})({value})";
        }

        switch (part.Octets)
        {
            case 1:
                _code.Line($"destination[{_position.At()}] = {value};");
                break;
            case 2 or 4 or 8:
                _code.Line($"{_shape.Primitive("Write", part.Octets)}({_position.From("destination")},{(value[0] == '\n' ? string.Empty : " ")}{value});");
                break;
            default:
                string local = "bits" + (_shape.Parts.Count(other => other is BitPart { Octets: not (1 or 2 or 4 or 8) }) > 1 ? CSharpText.Invariant(_wide++) : string.Empty);
                _code.Line($"{wide} {local} = {value};");
                bool big = _shape.Model.ByteOrder == ByteOrder.BigEndian;
                for (int i = 0; i < part.Octets; i++)
                {
                    int shift = (big ? part.Octets - 1 - i : i) * 8;
                    string octet = shift == 0 ? local : $"{local} >> {CSharpText.Invariant(shift)}";

                    // The project may check its conversions: what is above the octet is cut off first.
                    bool highest = shift == (part.Octets - 1) * 8;
                    _code.Line($"destination[{_position.At(i)}] = (byte)({(highest ? octet : CSharpText.Parenthesised(octet) + " & 0xff")});");
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
            string flag = field.Model.Derived ? Presence(field) : field.Storage;
            string mask = CSharpText.Mask(1UL << slot.Shift) + (type == "ulong" ? "UL" : "U");
            return $"({flag} ? {mask.Replace("ULUL", "UL")} : 0{(type == "ulong" ? "UL" : "U")})";
        }

        string value = field.Model switch
        {
            ConstantField constant => _shape.Model.Kind == StructKind.Parameter ? $"({type})Type" : $"({type}){CSharpText.Number(constant.Value)}",
            RegistryField { Derived: true } => $"({type}){Family(field)}",
            RegistryField => $"({type}){field.Storage}",
            NumberField { Derived: true } => $"({type}){(type == "ulong" && !whole ? "(uint)" : string.Empty)}{Counted(field)}",
            NumberField number => CSharpText.UnsignedType(number.Bits) == type ? field.Storage : $"({type}){field.Storage}",
            _ => throw new InvalidOperationException($"{field.Name} has no bits"),
        };
        return whole || slot.Shift == 0 ? value : $"({value} << {CSharpText.Invariant(slot.Shift)})";
    }

    private string Presence(FieldShape flag) =>
        _shape.DependentsOf(flag).FirstOrDefault() is FieldShape nested ? nested.Has : "false";

    private string Family(FieldShape family)
    {
        FieldShape field = _shape.DependentsOf(family).First();
        AddressField address = (AddressField)field.Model;
        string? v4 = address.IPv4 is null ? null : _shape.Scope.Literal(address.IPv4);
        string? v6 = address.IPv6 is null ? null : _shape.Scope.Literal(address.IPv6);
        return v4 is null ? v6! : v6 is null ? v4 : $"({field.Storage}.IsIPv4 ? {v4} : {v6})";
    }

    private string Counted(FieldShape count)
    {
        if (_shape.MeasuresStruct(count))
        {
            return CSharpText.Parenthesised(Measured(count, _shape.Model.FixedLength is int octets ? CSharpText.Invariant(octets) : "length"));
        }

        return _shape.DependentsOf(count).FirstOrDefault() is FieldShape counted ? Count(counted) : "0";
    }

    /// <summary>What a length says of a struct of so many octets: all of them, or those behind it.</summary>
    private string Measured(FieldShape measure, string length) =>
        ((NumberField)measure.Model).Measures == "rest" && _shape.EndOf(measure) is string end ? $"{length} - {CSharpText.Parenthesised(end)}" : length;
}
