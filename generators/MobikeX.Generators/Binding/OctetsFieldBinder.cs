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
        if (node is YamlScalar { IsNull: false } scalar)
        {
            return scalar.Value == "rest" ? BindRest(info, keys, node) : BindFixed(info, keys, scalar);
        }

        if (KeyReader.Of(node, node, diagnostics) is { } sized)
        {
            return BindSized(info, keys, sized, before, node);
        }

        keys.Know(Bounds.Keys);
        return null;
    }

    private OctetsField? BindRest(ElementInfo info, KeyReader keys, YamlNode node) =>
        ReadBounds(keys, node) is { } bounds
            ? new OctetsField(info, null, bounds.Minimum, bounds.Maximum, default, Rest: true, Inline: bounds.Maximum <= InlineOctets, bounds.Multiple)
            : null;

    /// <summary>What is fixed has no bounds: their keys are left to be reported.</summary>
    private OctetsField? BindFixed(ElementInfo info, KeyReader keys, YamlScalar scalar)
    {
        if (!Numbers.TryParse(scalar.Value, out ulong length))
        {
            keys.Know(Bounds.Keys);
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

    private OctetsField? BindSized(ElementInfo info, KeyReader keys, KeyReader sized, FieldList before, YamlNode node)
    {
        YamlScalar? sizeName = sized.RequireScalar("size");

        // The sizes that are listed say all there is to say: bounds beside them are left to be reported.
        Bounds? bounds = sized.Has("sizes") ? Bounds.None : ReadBounds(keys, node);
        List<int> sizes = [];
        foreach (YamlScalar size in sized.Scalars("sizes"))
        {
            if (KeyReader.ParseNumber(size, diagnostics) is { } octets)
            {
                sizes.Add((int)Math.Min(octets, MaximumOctets));
            }
        }

        sized.Finish();
        if (bounds is not { } given || sizeName is null || before.Derive<NumberField>(sizeName, info.Name, "a number") is not { } sizeField)
        {
            return null;
        }

        foreach (YamlScalar size in sized.Scalars("sizes").Where(s => Numbers.TryParse(s.Value, out ulong v) && v > Numbers.LargestOf(sizeField.Bits)))
        {
            diagnostics.Report(WireRules.DoesNotFit, size, size.Value, sizeField.Bits, Numbers.LargestOf(sizeField.Bits));
            return null;
        }

        sizes = [.. sizes.Distinct().OrderBy(s => s)];
        int largest = (int)Math.Min(MaximumOctets, Numbers.LargestOf(sizeField.Bits));
        int low = sizes.Count > 0 ? sizes[0] : given.Minimum;
        int high = sizes.Count > 0 ? sizes[sizes.Count - 1] : Math.Min(given.Maximum ?? largest, largest);
        if (low > high)
        {
            diagnostics.Report(WireRules.EmptyBounds, given.MinimumNode ?? node, low, high);
            return null;
        }

        return new OctetsField(info, sizeField.Info.ClrName, low, high, sizes.ToEquatableArray(), Rest: false, Inline: high <= InlineOctets, given.Multiple);
    }

    /// <summary>Null where nothing meets the bounds, which is reported.</summary>
    private Bounds? ReadBounds(KeyReader keys, YamlNode node)
    {
        YamlScalar? minimumNode = keys.Scalar("min");
        int minimum = keys.SmallNumber("min", MaximumOctets) ?? 0;
        int? maximum = keys.SmallNumber("max", MaximumOctets);
        int multiple = Math.Max(1, keys.SmallNumber("multiple", MaximumOctets) ?? 1);
        if (maximum < minimum)
        {
            diagnostics.Report(WireRules.EmptyBounds, minimumNode ?? node, minimum, maximum);
            return null;
        }

        return new Bounds(minimumNode, minimum, maximum, multiple);
    }

    private readonly record struct Bounds(YamlScalar? MinimumNode, int Minimum, int? Maximum, int Multiple)
    {
        public static readonly string[] Keys = ["min", "max", "multiple"];

        public static readonly Bounds None = new(null, 0, null, 1);
    }
}
