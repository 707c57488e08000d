using MobikeX.Generators.Model;

namespace MobikeX.Generators.Emit;

/// <summary>The bodies of <c>Describe</c>, <c>TryParse</c> and <c>ToString</c>: a value in the notation of the specs.</summary>
internal static class StructNotation
{
    // Above any message: a length of 16 bits is the longest that a view is written with.
    private const int MaximumOctets = 65535;

    public static string Describe(StructShape shape)
    {
        CodeBlock code = new();
        foreach (FieldShape field in shape.Told)
        {
            Describe(shape, field, code);
        }

        return code.ToString();
    }

    private static void Describe(StructShape shape, FieldShape field, CodeBlock code)
    {
        string name = CSharpText.Literal(field.Name);
        switch (field.Model)
        {
            case FlagField:
                code.Line($"writer.Flag({name}, {field.Property});");
                break;
            case NumberField number:
                code.Line($"writer.Number({name}, {field.Property}, {CSharpText.LiteralOrNull(number.Unit)});");
                break;
            case RegistryField registry:
                shape.Scope.NamesOf(registry.Registry);
                code.Line($"writer.Registry({name}, (ulong){field.Property}, {field.Property}.Name());");
                break;
            case AddressField:
                code.Line($"writer.Address({name}, {field.Property});");
                break;
            case OctetsField { Inline: true }:
                code.Line($"Span<byte> {field.LocalStem}Octets = stackalloc byte[ShortOctets.MaximumLength];");
                code.Line($"{field.Property}.TryWrite({field.LocalStem}Octets);");
                code.Line($"writer.Octets({name}, {field.LocalStem}Octets.Slice(0, {field.Property}.Length));");
                break;
            case OctetsField:
                code.Line($"writer.Octets({name}, {field.Property});");
                break;
            case StructListField list:
                string offset = field.LocalStem + "Offset";
                code.Line($"writer.BeginList({name});");
                code.Line($"int {offset} = {shape.OffsetOf(field)};");
                code.Open($"foreach ({shape.Scope.Use(list.Struct)} element in {field.Property})");
                code.Line($"writer.Begin(string.Empty, {offset});");
                code.Line("element.Describe(writer);");
                code.Line("writer.End();");
                code.Line($"{offset} += element.WireLength;");
                code.Close();
                code.Line("writer.EndList();");
                break;
            case ListField list:
                DescribeList(shape, field, list, name, code);
                break;
            case NestedField { PresenceField: null }:
                code.Line($"writer.Begin({name}, {shape.OffsetOf(field)});");
                code.Line($"{field.Property}.Describe(writer);");
                code.Line("writer.End();");
                break;
            case NestedField:
                code.Open($"if ({field.Property}.HasValue)");
                code.Line($"writer.Begin({name}, {shape.OffsetOf(field)});");
                code.Line($"{field.Property}.Value.Describe(writer);");
                code.Line("writer.End();");
                code.Close();
                break;
        }
    }

    private static void DescribeList(StructShape shape, FieldShape field, ListField list, string name, CodeBlock code)
    {
        code.Line($"writer.BeginList({name});");
        code.Open($"for (int i = 0; i < {field.Property}.{field.CountMember}; i++)");
        string element = field.Property + "[i]";
        if (list.Registry is null)
        {
            code.Line($"writer.Number(string.Empty, {element}, null);");
        }
        else
        {
            shape.Scope.NamesOf(list.Registry);
            code.Line($"writer.Registry(string.Empty, (ulong){element}, {element}.Name());");
        }

        code.Close();
        code.Line("writer.EndList();");
    }

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

    /// <summary>The text of a value, as the document would put it: flags by name, addresses as they are, the rest with its field's name.</summary>
    public static string Text(StructShape shape)
    {
        string name = shape.Model.Info.Name;
        FieldShape[] valued = shape.Told.Where(field => field.Model is not FlagField).ToArray();
        if (shape.Told.Count == 0)
        {
            return $"return {CSharpText.Literal(name)};";
        }

        bool bare = valued.Length == 1;
        if (shape.Told.Count == 1 && bare && valued[0].Model is not (ListField or StructListField or NestedField))
        {
            return $"return {CSharpText.Literal(name + "(")} + {TextOf(shape, valued[0])} + \")\";";
        }

        CodeBlock code = new();
        code.Line("List<string> parts = new List<string>();");
        foreach (FieldShape field in shape.Told)
        {
            TextPart(shape, field, bare, code);
        }

        shape.Scope.Import("System.Collections.Generic");
        return code.Line($"return {CSharpText.Literal(name + "(")} + string.Join(\", \", parts) + \")\";").ToString();
    }

    private static void TextPart(StructShape shape, FieldShape field, bool bare, CodeBlock code)
    {
        switch (field.Model)
        {
            case FlagField:
                code.When(field.Property, $"parts.Add({CSharpText.Literal(field.Name)});");
                break;
            case NestedField { PresenceField: not null }:
                code.When($"{field.Property}.HasValue", $"parts.Add({field.Property}.Value.ToString());");
                break;
            case StructListField list:
                code.Open($"foreach ({shape.Scope.Use(list.Struct)} element in {field.Property})");
                code.Line("parts.Add(element.ToString());");
                code.Close();
                break;
            case ListField list:
                code.Open($"for (int i = 0; i < {field.Property}.{field.CountMember}; i++)");
                code.Line($"parts.Add({ElementText(shape, list, field.Property + "[i]")});");
                code.Close();
                break;
            default:
                string text = TextOf(shape, field);
                bool named = !bare && field.Model is not (AddressField or NestedField);
                code.Line(named ? $"parts.Add({CSharpText.Literal(field.Name + " ")} + {text});" : $"parts.Add({text});");
                break;
        }
    }

    private static string TextOf(StructShape shape, FieldShape field)
    {
        switch (field.Model)
        {
            case NumberField:
                shape.Scope.Import("System.Globalization");
                return $"{field.Property}.ToString(CultureInfo.InvariantCulture)";
            case RegistryField registry:
                shape.Scope.NamesOf(registry.Registry);
                return $"{field.Property}.Text()";
            case OctetsField { Inline: false }:
                return $"Hex.ToText({field.Property})";
            default:
                return $"{field.Property}.ToString()";
        }
    }

    private static string ElementText(StructShape shape, ListField list, string element)
    {
        if (list.Registry is not null)
        {
            shape.Scope.NamesOf(list.Registry);
            return element + ".Text()";
        }

        shape.Scope.Import("System.Globalization");
        return $"{element}.ToString(CultureInfo.InvariantCulture)";
    }
}
