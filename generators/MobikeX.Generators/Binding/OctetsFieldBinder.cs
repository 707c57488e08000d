using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Model;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Binding;

/// <summary>Fields of <c>octets</c>: a fixed number, as many as a field says, or the rest.</summary>
internal sealed class OctetsFieldBinder(DiagnosticBag diagnostics)
{
    /// <summary>Above any message: a length of 16 bits is the longest that IKEv2 has.</summary>
    public const int MaximumOctets = 65535;

    /// <summary>Up to so many octets are a value; more are a view on the message.</summary>
    private const int InlineOctets = 16;

    public OctetsField? Bind(ElementInfo info, KeyReader keys, FieldList before)
    {
        YamlNode node = keys.Take("octets")!;
        YamlScalar? minimumNode = keys.Scalar("min");
        int minimum = keys.SmallNumber("min", MaximumOctets) ?? 0;
        int? maximum = keys.SmallNumber("max", MaximumOctets);
        int multiple = Math.Max(1, keys.SmallNumber("multiple", MaximumOctets) ?? 1);
        if (maximum < minimum)
        {
            diagnostics.Report(WireRules.EmptyBounds, minimumNode ?? node, minimum, maximum);
            return null;
        }

        if (node is YamlScalar { Value: "rest" })
        {
            return new OctetsField(info, null, minimum, maximum, default, Rest: true, Inline: maximum <= InlineOctets, multiple);
        }

        if (node is YamlScalar { IsNull: false } scalar)
        {
            if (!Numbers.TryParse(scalar.Value, out ulong length))
            {
                diagnostics.Report(ShapeRules.NotNumber, scalar, scalar.Value, "a number of octets, \"rest\" or a mapping with \"size\"");
                return null;
            }

            if (length is 0 or > MaximumOctets)
            {
                diagnostics.Report(WireRules.BadWidth, scalar, length * 8, "octets", $"8 to {MaximumOctets * 8}, as 1 to {MaximumOctets} octets");
                return null;
            }

            return new OctetsField(info, null, (int)length, (int)length, default, Rest: false, Inline: length <= InlineOctets);
        }

        return KeyReader.Of(node, node, diagnostics) is { } sized ? BindSizedOctets(info, sized, before, minimum, maximum, multiple, minimumNode ?? node) : null;
    }

    private OctetsField? BindSizedOctets(ElementInfo info, KeyReader keys, FieldList before, int minimum, int? maximum, int multiple, YamlNode at)
    {
        YamlScalar? sizeName = keys.RequireScalar("size");
        List<int> sizes = [];
        foreach (YamlScalar size in keys.Scalars("sizes"))
        {
            if (KeyReader.ParseNumber(size, diagnostics) is { } octets)
            {
                sizes.Add((int)Math.Min(octets, MaximumOctets));
            }
        }

        keys.Finish();
        if (sizeName is null || before.Derive<NumberField>(sizeName, info.Name, "a number") is not { } sizeField)
        {
            return null;
        }

        foreach (YamlScalar size in keys.Scalars("sizes").Where(s => Numbers.TryParse(s.Value, out ulong v) && v > Numbers.LargestOf(sizeField.Bits)))
        {
            diagnostics.Report(WireRules.DoesNotFit, size, size.Value, sizeField.Bits, Numbers.LargestOf(sizeField.Bits));
            return null;
        }

        sizes = [.. sizes.Distinct().OrderBy(s => s)];
        int largest = (int)Math.Min(MaximumOctets, Numbers.LargestOf(sizeField.Bits));
        int low = sizes.Count > 0 ? sizes[0] : minimum;
        int high = sizes.Count > 0 ? sizes[sizes.Count - 1] : Math.Min(maximum ?? largest, largest);
        if (low > high)
        {
            diagnostics.Report(WireRules.EmptyBounds, at, low, high);
            return null;
        }

        return new OctetsField(info, sizeField.Info.ClrName, low, high, sizes.ToEquatableArray(), Rest: false, Inline: high <= InlineOctets, multiple);
    }
}
