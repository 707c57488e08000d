using System.Globalization;
using System.Text;
using MobikeX.Generators.Model;

namespace MobikeX.Generators.Binding;

/// <summary>Draws a struct as RFCs do: 32 bits a row, a row for what is variable.</summary>
internal static class BitDiagram
{
    private const int RowBits = 32;
    private const int RowWidth = (RowBits * 2) - 1;

    /// <summary>More rows than that say nothing more.</summary>
    private const int MaximumFixedRows = 4;

    /// <summary>Lines with <c>\n</c> between them, none after the last.</summary>
    public static string Draw(IReadOnlyList<FieldModel> fields)
    {
        var drawing = new Drawing();
        foreach (FieldModel field in fields)
        {
            if (field.CountBits() is { } bits)
            {
                drawing.Add(field.Info.Name, bits);
                continue;
            }

            (string label, int? fixedBits) = Describe(field);
            if (fixedBits is { } known && known <= MaximumFixedRows * RowBits)
            {
                drawing.Add(label, known);
            }
            else
            {
                drawing.AddVariable(label);
            }
        }

        return drawing.Finish();
    }

    private static (string Label, int? Bits) Describe(FieldModel field)
    {
        string name = field.Info.Name;
        return field switch
        {
            OctetsField { SizeField: null, Rest: false } octets => (name, octets.Minimum * 8),
            OctetsField { SizeField: { } size } => ($"{name} ({Lower(size)} octets)", null),
            AddressField { Fixed: FixedFamily.IPv4 } => (name, 32),
            AddressField { Fixed: FixedFamily.IPv6 } => (name, 128),
            AddressField => ($"{name} (4 or 16 octets)", null),
            NestedField { PresenceField: { } flag } => ($"{name} (where {Lower(flag)} is set)", null),
            ListField { CountField: { } count } list => ($"{name} ({Lower(count)} times {list.ElementBits} bits)", null),
            StructListField { CountField: { } count } list => ($"{name} ({Lower(count)} times {list.Definition.Info.Name})", null),
            StructListField { SizeField: { } size } list => ($"{name} ({list.Definition.Info.Name}, {Lower(size)} octets together)", null),
            StructListField list => ($"{name} ({list.Definition.Info.Name}, any number)", null),
            PaddingField padding => ($"{name} (to a multiple of {padding.Multiple} octets)", null),
            _ => (name, null),
        };
    }

    private static string Lower(string clrName) => char.ToLower(clrName[0], CultureInfo.InvariantCulture) + clrName.Substring(1);

    /// <summary>Rows of cells; a cell of n bits has 2n - 1 characters between its bars.</summary>
    private sealed class Drawing
    {
        private readonly StringBuilder _text = new();
        private readonly StringBuilder _row = new();
        private int _column;

        public Drawing()
        {
            string tens = string.Concat(Enumerable.Range(0, RowBits).Select(b => b % 10 == 0 ? $" {b / 10}" : "  ")).TrimEnd();
            string ones = string.Concat(Enumerable.Range(0, RowBits).Select(b => $" {b % 10}"));
            _text.Append(tens).Append('\n').Append(ones).Append('\n');
            Rule(RowBits);
        }

        public void Add(string label, int bits)
        {
            bool labelled = false;
            while (bits > 0)
            {
                int here = Math.Min(bits, RowBits - _column);
                bool last = bits == here;

                // A field of several rows has its name in the row where most of it is.
                bool name = !labelled && (last || here == RowBits || here >= bits - here);
                Cell(name ? Fit(label, (here * 2) - 1) : "", here, open: !last && here == RowBits);
                labelled |= name;
                bits -= here;
            }
        }

        public void AddVariable(string label)
        {
            EndRow(RowBits);
            _text.Append('~').Append(Centre(Fit(label, RowWidth), RowWidth)).Append("~\n");
            Rule(RowBits);
        }

        public string Finish()
        {
            EndRow(_column);
            return _text.ToString().TrimEnd('\n');
        }

        private void Cell(string label, int bits, bool open)
        {
            _row.Append('|').Append(Centre(label, (bits * 2) - 1));
            _column += bits;
            if (_column == RowBits)
            {
                _text.Append(_row).Append("|\n");
                _row.Clear();
                _column = 0;
                if (open)
                {
                    _text.Append('+').Append(' ', RowWidth).Append("+\n");
                }
                else
                {
                    Rule(RowBits);
                }
            }
        }

        private void EndRow(int ruled)
        {
            if (_column > 0)
            {
                _text.Append(_row).Append("|\n");
                Rule(ruled);
                _row.Clear();
                _column = 0;
            }
        }

        private void Rule(int bits)
        {
            for (int i = 0; i < bits; i++)
            {
                _text.Append("+-");
            }

            _text.Append("+\n");
        }

        /// <summary>The label where it fits, else its first word, else its first letter in capitals, as figures in RFCs have it.</summary>
        private static string Fit(string label, int width)
        {
            if (label.Length <= width)
            {
                return label;
            }

            int word = 1;
            while (word < label.Length && char.IsLower(label[word]))
            {
                word++;
            }

            return word <= width && word < label.Length ? label.Substring(0, word) : label.Substring(0, 1).ToUpperInvariant();
        }

        private static string Centre(string label, int width)
        {
            int left = (width - label.Length) / 2;
            return new string(' ', left) + label + new string(' ', width - label.Length - left);
        }
    }
}
