using MobikeX.Generators.Model;
using Scriban.Runtime;

namespace MobikeX.Generators.Emit;

/// <summary>Structs, parameters, and notifies whose data has fields: a value with its reader, its writer and its notation.</summary>
internal static class StructEmitter
{
    public static string Render(StructUnit unit)
    {
        StructModel model = unit.Struct;
        TypeScope scope = new(unit.Namespace, unit.SharedNames);
        string type = CSharpText.Identifier(TypeName(model));
        StructShape shape = new(model, type, scope);
        ScriptArray constants = [];
        if (model.Kind == StructKind.Parameter && shape.Constant is ConstantField constant)
        {
            string literal = scope.Literal(constant.Literal);
            constants.Add(Constant("The type of the parameter: its first field.", literal.Substring(0, literal.LastIndexOf('.')), "Type", literal));
        }

        return Render(shape, DocComment.For(model.Info, model.BitDiagram), constants);
    }

    public static string TypeName(StructModel model) => model.Info.ClrName;

    /// <summary>The name of a parameter without the suffix of its type: what members for it are called.</summary>
    public static string Stem(StructModel parameter)
    {
        const string Suffix = "Parameter";
        string name = parameter.Info.ClrName;
        return name.Length > Suffix.Length && name.EndsWith(Suffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - Suffix.Length) : name;
    }

    public static ScriptObject Constant(string doc, string type, string name, string value) =>
        new() { ["doc"] = "/// " + DocComment.Summary(doc), ["type"] = type, ["name"] = name, ["value"] = value };

    public static ScriptObject Constant(ElementInfo info, string type, string name, string value) =>
        new() { ["doc"] = DocComment.For(info), ["type"] = type, ["name"] = name, ["value"] = value };

    public static string Render(StructShape shape, string doc, ScriptArray constants)
    {
        bool isApart = !shape.IsNotify && StructReader.IsApart(shape.Model);
        string read = StructReader.Body(shape, isApart ? ReaderOutcome.Value : ReaderOutcome.ValueOrReason);
        string reason = isApart ? StructReader.Body(shape, ReaderOutcome.Reason) : string.Empty;
        string write = StructWriter.Body(shape);
        string understands = Understands(shape);
        string text = StructNotation.Text(shape);
        (string? length, string? lengthBody) = StructWriter.Length(shape);
        string parse = StructNotation.TryParse(shape);
        ScriptObject values = new()
        {
            ["doc"] = doc,
            ["type"] = shape.TypeName,
            ["is_view"] = shape.IsView,
            ["is_notify"] = shape.IsNotify,
            ["is_parameter"] = shape.Model.Kind == StructKind.Parameter,
            ["constants"] = constants,
            ["minimum_length"] = shape.Model.MinimumLength,
            ["parameters"] = TemplateLibrary.List(shape.Parameters.Select(Parameter)),
            ["flag_sets"] = TemplateLibrary.List(shape.Told.Select(field => field.FlagSet).OfType<FlagSet>().Distinct().Select(flags => Flags(shape, flags))),
            ["properties"] = TemplateLibrary.List(shape.Told.Select(Property)),
            ["length"] = length ?? string.Empty,
            ["length_body"] = lengthBody ?? string.Empty,
            ["read"] = read,
            ["reason"] = reason,
            ["write"] = write,
            ["last"] = shape.Last is FieldShape last ? Last(shape, last) : null,
            ["understands"] = understands,
            ["is_understood"] = TellsUnderstood(shape.Model) ? IsUnderstood(shape) : string.Empty,
            ["describe"] = StructNotation.Describe(shape),
            ["field_names"] = string.Join(", ", shape.Told.Select(field => CSharpText.Literal(field.Name))),
            ["parse"] = parse,
            ["text"] = text,
            ["equality"] = Equality(shape),
            ["hash"] = Hash(shape),
            ["lists"] = TemplateLibrary.List(shape.Told.Where(field => field.IsWideList).Select(field => WideList(shape, field))),
            ["struct_lists"] = TemplateLibrary.List(shape.Told.Where(field => field.Model is StructListField).Select(field => StructList(shape, field))),
            ["element"] = CSharpText.Literal(shape.Model.Info.Name),
            ["answer"] = Answer(shape.Malformed, shape.Scope, ", "),
            ["fails"] = (read + reason + write).Contains(" Failure("),
            ["fails_in"] = (read + reason + write + understands).Contains(" FailureIn("),
            ["is_short"] = IsShort(shape.Model),
            ["understands_soon"] = shape.Told.All(field => field.Model is not (ListField or StructListField)),
            ["not_understood"] = understands.Contains(" NotUnderstood("),
        };
        shape.Scope.Import("System", "System.Runtime.CompilerServices", "MobikeX.Runtime");
        if ((read + reason + write + values["lists"]).Contains("BinaryPrimitives.") || shape.Told.Any(field => field.IsWideList))
        {
            shape.Scope.Import("System.Buffers.Binary");
        }

        if ((read + write + values["equality"]).Contains("MemoryMarshal."))
        {
            shape.Scope.Import("System.Runtime.InteropServices");
        }

        return TemplateLibrary.Render("struct", shape.Scope, values);
    }

    /// <summary>The last arguments of a failure: what the protocol answers it with.</summary>
    public static string Answer(ReactionModel? reaction, TypeScope scope, string before) =>
        reaction?.AnswerLiteral is string literal ? $"{before}{CSharpText.LiteralOrNull(reaction.AnswerName)}, (int){scope.Literal(literal)}" : string.Empty;

    private static ScriptObject Parameter(FieldShape field) => new()
    {
        ["doc"] = DocComment.Parameter(field.Parameter.TrimStart('@'), field.Model.Info.Doc.Length > 0 ? field.Model.Info.Doc : field.Name),
        ["type"] = field.Type,
        ["name"] = field.Parameter,
        ["storage"] = field.FlagSet is null ? field.Storage : string.Empty,
        ["has"] = field.IsOptionalNested ? field.Has : string.Empty,
        ["fallback"] = field.Model is FlagField ? " = false" : field.IsOptional ? " = null" : string.Empty,
    };

    private static ScriptObject Flags(StructShape shape, FlagSet flags)
    {
        string suffix = flags.Type == "ulong" ? "UL" : "U";
        IEnumerable<string> terms = shape.Told.Where(field => field.FlagSet == flags)
            .Select(field => $"({field.Parameter} ? {CSharpText.Mask(field.FlagMask).Replace("UL", string.Empty)}{suffix} : 0{suffix})");
        string value = "(\n    " + string.Join("\n    | ", terms) + ")";
        return new ScriptObject
        {
            ["type"] = flags.Type,
            ["storage"] = flags.Storage,
            ["property"] = flags.Property,
            ["assignment"] = $"{flags.Storage} = ({flags.Type}){value};",
        };
    }

    private static ScriptObject Last(StructShape shape, FieldShape field) => new()
    {
        ["property"] = field.Property,
        ["length"] = StructWriter.LengthInPlace(field),
        ["write"] = StructWriter.BodyAround(shape, field),
    };

    private static ScriptObject Property(FieldShape field) => new()
    {
        ["doc"] = DocComment.For(field.Model.Info, note: field.Model is NumberField { Unit: string unit } ? "In " + unit : null),
        ["type"] = field.Type,
        ["name"] = field.Property,
        ["storage"] = field.FlagSet is null ? field.Storage : string.Empty,
        ["kept"] = field.Kept,
        ["storage_type"] = field.StorageType,
        ["has"] = field.IsOptionalNested ? field.Has : string.Empty,
    };

    private static ScriptObject WideList(StructShape shape, FieldShape field)
    {
        ListField list = (ListField)field.Model;
        int octets = list.ElementBits / 8;
        return new ScriptObject
        {
            ["type"] = field.Type,
            ["property"] = field.Property,
            ["element"] = FieldShape.ElementType(list, shape.Scope),
            ["number"] = CSharpText.UnsignedType(list.ElementBits),
            ["octets"] = octets,
            ["read"] = shape.Primitive("Read", octets),
            ["write"] = shape.Primitive("Write", octets),
            ["plain"] = list.Registry is null,
        };
    }

    private static ScriptObject StructList(StructShape shape, FieldShape field) => new()
    {
        ["type"] = field.Type,
        ["property"] = field.Property,
        ["element"] = shape.Scope.Use(((StructListField)field.Model).Struct),
        ["draft"] = CSharpText.Literal(field.Name),
    };

    private static string Equality(StructShape shape) =>
        shape.Told.Count == 0 ? "true" : string.Join("\n    && ", shape.Told.Select(field => field.Model switch
        {
            ListField { ElementBits: 8, Registry: not null } => $"MemoryMarshal.AsBytes({field.Property}).SequenceEqual(MemoryMarshal.AsBytes(other.{field.Property}))",
            StructListField => $"{field.Property}.Octets.SequenceEqual(other.{field.Property}.Octets)",
            OctetsField { Inline: false } or ListField => $"{field.Property}.SequenceEqual(other.{field.Property})",
            NestedField { PresenceField: not null } => $"Nullable.Equals({field.Property}, other.{field.Property})",
            _ => $"{field.Property} == other.{field.Property}",
        }));

    private static string Hash(StructShape shape)
    {
        if (shape.IsView)
        {
            return "return WireLength;";
        }

        if (shape.Told.Count == 0)
        {
            return "return 0;";
        }

        if (shape.Told.Count == 1)
        {
            return $"return {shape.Told[0].Property}.GetHashCode();";
        }

        CodeBlock code = new();
        code.Open("unchecked");
        code.Line($"int hash = {shape.Told[0].Property}.GetHashCode();");
        foreach (FieldShape field in shape.Told.Skip(1))
        {
            code.Line($"hash = (hash * 397) ^ {field.Property}.GetHashCode();");
        }

        return code.Line("return hash;").Close().ToString();
    }

    /// <summary>True where reading and writing take so few statements that a call would cost more.</summary>
    private static bool IsShort(StructModel model) =>
        model.Fields.All(field => field is not (ListField or StructListField or NestedField or PaddingField));

    /// <summary>True where a well-formed value may carry a value that is not assigned.</summary>
    public static bool MayNotBeUnderstood(StructModel model) => model.Fields.Any(field => field switch
    {
        RegistryField { Derived: false } registry => registry.Definition.Unnamed == UnnamedValues.NotUnderstood,
        ListField list => list.Definition?.Unnamed == UnnamedValues.NotUnderstood,
        NestedField nested => MayNotBeUnderstood(nested.Definition),
        StructListField list => MayNotBeUnderstood(list.Definition),
        _ => false,
    }) || model.Members.Any(member => MayNotBeUnderstood(member.Definition));

    /// <summary>True where one expression tells whether all values are assigned: it is asked of what is read, and why only where it is false.</summary>
    public static bool TellsUnderstood(StructModel model) =>
        MayNotBeUnderstood(model) && model.Kind != StructKind.Union && model.Fields.All(field => field switch
        {
            ListField { Definition.Unnamed: UnnamedValues.NotUnderstood } => false,
            StructListField list => !MayNotBeUnderstood(list.Definition),
            NestedField nested => !MayNotBeUnderstood(nested.Definition) || TellsUnderstood(nested.Definition),
            _ => true,
        });

    private static string IsUnderstood(StructShape shape)
    {
        string[] tests = shape.Told.Select(static field => field.Model switch
        {
            RegistryField { Definition.Unnamed: UnnamedValues.NotUnderstood } => $"{field.Storage}.IsNamed()",
            NestedField { PresenceField: null } nested when MayNotBeUnderstood(nested.Definition) => $"{field.Storage}.IsUnderstood",
            NestedField nested when MayNotBeUnderstood(nested.Definition) => $"!{field.Has} || {field.Storage}.IsUnderstood",
            _ => string.Empty,
        }).Where(static test => test.Length > 0).ToArray();
        return string.Join(" && ", tests.Select(test => tests.Length > 1 && test[0] == '!' ? $"({test})" : test));
    }

    private static string Understands(StructShape shape)
    {
        CodeBlock code = new();
        foreach (FieldShape field in shape.Told)
        {
            string at = shape.OffsetOf(field);
            string name = CSharpText.Literal(field.Name);
            switch (field.Model)
            {
                case RegistryField { Definition.Unnamed: UnnamedValues.NotUnderstood } registry:
                    shape.Scope.NamesOf(registry.Registry);
                    code.When($"!{field.Storage}.IsNamed()", $"failure = NotUnderstood({at}, {name});\nreturn false;");
                    break;
                case ListField { Definition.Unnamed: UnnamedValues.NotUnderstood } list:
                    shape.Scope.NamesOf(list.Registry!);
                    string count = field.IsOctetList ? "Length" : "Count";
                    code.Open($"for (int i = 0; i < {field.Storage}.{count}; i++)");
                    code.When($"!{field.Storage}[i].IsNamed()", $"failure = NotUnderstood({at} + (i * {list.ElementBits / 8}), {name});\nreturn false;");
                    code.Close();
                    break;
                case StructListField list when MayNotBeUnderstood(list.Definition):
                    code.Line($"int {field.LocalStem}Offset = {at};");
                    code.Open($"foreach ({shape.Scope.Use(list.Struct)} element in {field.Storage})");
                    code.When("!element.Understands(out failure)", $"failure = FailureIn({field.LocalStem}Offset, failure);\nreturn false;");
                    code.Line($"{field.LocalStem}Offset += element.WireLength;");
                    code.Close();
                    break;
                case NestedField nested when MayNotBeUnderstood(nested.Definition):
                    string present = nested.PresenceField is null ? string.Empty : $"{field.Has} && ";
                    code.When($"{present}!{field.Storage}.Understands(out failure)", $"failure = FailureIn({at}, failure);\nreturn false;");
                    break;
            }
        }

        return code.Line("failure = default;").Line("return true;").ToString();
    }
}
