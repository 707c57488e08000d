using MobikeX.Generators.Model;

namespace MobikeX.Generators.Emit;

/// <summary>The bodies of <c>Describe</c>, <c>TryParse</c> and <c>ToString</c>: a value in the notation of the specs.</summary>
internal static partial class StructNotation
{
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
