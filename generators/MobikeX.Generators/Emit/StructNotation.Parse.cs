using MobikeX.Generators.Model;

namespace MobikeX.Generators.Emit;

/// <content>From the notation to a value.</content>
internal static partial class StructNotation
{
    // Above any message: a length of 16 bits is the longest that a view is written with.
    private const int MaximumOctets = 65535;

    public static string TryParse(StructShape shape)
    {
        CodeBlock code = new();
        List<string> reads = [];
        List<string> conversions = [];
        Dictionary<FieldShape, string> arguments = [];
        foreach (FieldShape field in shape.Told)
        {
            arguments[field] = field.Local;
            reads.Add(Read(shape, field, conversions, arguments));
        }

        string finish = shape.Told.Count == 0 ? "reader.Finish(Array.Empty<string>())" : "reader.Finish(FieldNames)";
        if (shape.Told.Count == 0)
        {
            shape.Scope.Import("System");
        }

        for (int i = 0; i < reads.Count; i++)
        {
            code.Line(i == 0 ? $"bool read = {reads[i]};" : $"read &= {reads[i]};");
        }

        code.Line(reads.Count == 0 ? $"bool read = {finish};" : $"read &= {finish};");
        code.Open("if (!read)");
        code.Line(Nothing(shape));
        code.Line("return false;");
        code.Close();
        foreach (string conversion in conversions)
        {
            code.Line(conversion);
        }

        string construction = $"new {shape.TypeName}({string.Join(", ", shape.Parameters.Select(field => $"{field.Parameter}: {arguments[field]}"))})";
        if (!shape.IsView)
        {
            code.Line($"value = {construction};");
            code.Line("return true;");
            return code.ToString();
        }

        code.Open($"if (!{construction}.TryWrite(buffer, out written, out WireFailure failure))");
        code.Line("reader.Reject(in failure);");
        code.Line("return false;");
        code.Close();
        code.Line("return true;");
        return code.ToString();
    }

    private static string Read(StructShape shape, FieldShape field, List<string> conversions, Dictionary<FieldShape, string> arguments)
    {
        string name = CSharpText.Literal(field.Name);
        string stem = field.LocalStem;
        switch (field.Model)
        {
            case FlagField:
                return $"reader.TryFlag({name}, out bool {field.Local})";
            case NumberField number:
                NumberRange range = NumberRange.Of(number);
                arguments[field] = field.Type == "ulong" ? field.Local : $"({field.Type}){field.Local}";
                return $"reader.TryNumber({name}, {CSharpText.Number(number.Minimum)}, {CSharpText.Number(range.Maximum)}, true, out ulong {field.Local})";
            case RegistryField registry:
                string names = shape.Scope.NamesOf(registry.Registry);
                arguments[field] = $"({field.Type}){field.Local}";
                return $"reader.TryRegistry({name}, {names}.Names, {names}.Values, {CSharpText.Number(CSharpText.MaximumOf(registry.Bits))}, true, out ulong {field.Local})";
            case AddressField:
                return $"reader.TryAddress({name}, out IpAddress {field.Local})";
            case OctetsField { Inline: true } octets:
                conversions.Add(
                    $"if ({stem}Octets.Length > ShortOctets.MaximumLength)\n{{\n"
                    + $"    reader.Reject(new WireFailure(WireFailureKind.BadLength, 0, {CSharpText.Literal(shape.Model.Info.Name)}, {name}, \"is too long\"));\n"
                    + $"    {Nothing(shape)}\n    return false;\n}}\n");
                arguments[field] = $"new ShortOctets({stem}Octets)";
                return $"reader.TryOctets({name}, {(octets.Minimum > 0 ? "true" : "false")}, out byte[] {stem}Octets)";
            case OctetsField octets:
                return $"reader.TryOctets({name}, {(octets.Minimum > 0 ? "true" : "false")}, out byte[] {field.Local})";
            case ListField list:
                return ReadList(shape, field, list, conversions, arguments);
            case StructListField list:
                ReadStructs(shape, field, list, conversions);
                return $"reader.TryNestedList({name}, {(list.Minimum > 0 ? "true" : "false")}, out INotationReader[] {stem}Readers)";
            case NestedField nested:
                ReadNested(shape, field, nested, conversions);
                return $"reader.TryNested({name}, {(nested.PresenceField is null ? "true" : "false")}, out INotationReader? {stem}Reader)";
            default:
                throw new InvalidOperationException($"{field.Name} is not told");
        }
    }

    /// <summary>What is given back where there is no value.</summary>
    private static string Nothing(StructShape shape) => shape.IsView ? "written = 0;" : "value = default;";

    private static void ReadNested(StructShape shape, FieldShape field, NestedField nested, List<string> conversions)
    {
        string type = shape.Scope.Use(nested.Struct);
        string stem = field.LocalStem;
        string give = $"{{\n    {Nothing(shape)}\n    return false;\n}}\n";
        if (nested.Definition.IsView)
        {
            conversions.Add($"byte[] {stem}Octets = new byte[{MaximumOctets}];\nint {stem}Length = 0;");
            conversions.Add($"if ({stem}Reader != null && !{type}.TryParse({stem}Reader, {stem}Octets, out {stem}Length))\n{give}");
            conversions.Add($"{type}.TryRead(new ReadOnlySpan<byte>({stem}Octets, 0, {stem}Length), out {type} {field.Local}, out _, out _);");
            return;
        }

        conversions.Add($"{type}{(nested.PresenceField is null ? string.Empty : "?")} {field.Local} = {(nested.PresenceField is null ? "default" : "null")};");
        conversions.Add(
            $"if ({stem}Reader != null)\n{{\n    if (!{type}.TryParse({stem}Reader, out {type} {stem}Value))\n    {{\n        {Nothing(shape)}\n        return false;\n    }}\n\n    {field.Local} = {stem}Value;\n}}\n");
    }

    // Elements are written one behind the other, and the list is what is read of them.
    private static void ReadStructs(StructShape shape, FieldShape field, StructListField list, List<string> conversions)
    {
        string type = shape.Scope.Use(list.Struct);
        string stem = field.LocalStem;
        CodeBlock code = new();
        code.Line($"byte[] {stem}Octets = new byte[{MaximumOctets}];");
        code.Line($"int {stem}Length = 0;");
        code.Open($"foreach (INotationReader {stem}Reader in {stem}Readers)");
        if (list.Definition.IsView)
        {
            code.Open($"if (!{type}.TryParse({stem}Reader, new Span<byte>({stem}Octets).Slice({stem}Length), out int {stem}Written))");
        }
        else
        {
            code.Line($"int {stem}Written = 0;");
            code.Line($"WireFailure {stem}Failure = default;");
            code.Open($"if (!{type}.TryParse({stem}Reader, out {type} {stem}Value) || !{stem}Value.TryWrite(new Span<byte>({stem}Octets).Slice({stem}Length), out {stem}Written, out {stem}Failure))");
            code.When($"{stem}Failure.Kind != WireFailureKind.None", $"{stem}Reader.Reject(in {stem}Failure);");
        }

        code.Line(Nothing(shape));
        code.Line("return false;");
        code.Close();
        code.Line($"{stem}Length += {stem}Written;");
        code.Close();
        code.Line($"{field.Type}.TryRead(new ReadOnlySpan<byte>({stem}Octets, 0, {stem}Length), out {field.Type} {field.Local}, out _);");
        conversions.Add(code.ToString());
    }

    private static string ReadList(StructShape shape, FieldShape field, ListField list, List<string> conversions, Dictionary<FieldShape, string> arguments)
    {
        string type = FieldShape.ElementType(list, shape.Scope);
        string stem = field.LocalStem;
        string names = "Array.Empty<string>()";
        string values = "Array.Empty<ulong>()";
        if (list.Registry is not null)
        {
            names = shape.Scope.NamesOf(list.Registry) + ".Names";
            values = shape.Scope.NamesOf(list.Registry) + ".Values";
        }

        conversions.Add($"{type}[] {field.Local} = Array.ConvertAll({stem}Values, element => ({type})element);");
        arguments[field] = field.IsWideList ? $"new {field.Type}({field.Local})" : field.Local;
        return $"reader.TryList({CSharpText.Literal(field.Name)}, {names}, {values}, {CSharpText.Number(CSharpText.MaximumOf(list.ElementBits))}, {(list.Minimum > 0 ? "true" : "false")}, out ulong[] {stem}Values)";
    }
}
