using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Model;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Binding;

/// <summary>Structs and parameters. Each is bound when it is first asked for, so that their order in the YAML does not matter.</summary>
internal sealed class StructBinder(NameResolver names, ErratumBinder errata, RegistryBinder registries, ParameterTypes parameterTypes, DiagnosticBag diagnostics)
{
    /// <summary>Fields of a struct with those of the structs in it: a bound against structs that double at each level.</summary>
    private const int MaximumFields = 1024;

    /// <summary>Structs in structs: a bound against a chain that is longer than the stack.</summary>
    private const int MaximumDepth = 32;

    private readonly Dictionary<Declaration, StructModel?> _bound = [];
    private readonly HashSet<Declaration> _open = [];

    public IEnumerable<StructModel> BindAll(SpecScope spec) =>
        spec.All(Section.Structs).Concat(spec.All(Section.Parameters)).Concat(spec.All(Section.Unions)).Select(Bind).OfType<StructModel>();

    public (TypeRef Type, StructModel Model)? Resolve(SpecScope spec, YamlScalar reference, Section section = Section.Structs)
    {
        if (names.Resolve(spec, section, reference) is not { } declaration)
        {
            return null;
        }

        if (_open.Contains(declaration))
        {
            diagnostics.Report(WireRules.Recursive, reference, declaration.Name);
            return null;
        }

        if (_open.Count <= MaximumDepth)
        {
            if (Bind(declaration) is not { } model)
            {
                return null;
            }

            // What was bound before counts as what is still open: the order of the structs does not matter.
            if (Depth(model) < MaximumDepth)
            {
                return (new TypeRef(declaration.Owner.Namespace, model.Info.ClrName), model);
            }
        }

        diagnostics.Report(WireRules.TooLong, reference, MaximumDepth, "structs in each other");
        return null;
    }

    public StructModel? Bind(Declaration declaration)
    {
        if (_bound.TryGetValue(declaration, out StructModel? known) || !declaration.Usable)
        {
            return known;
        }

        _open.Add(declaration);
        StructModel? model = declaration.Section == Section.Unions ? ReadUnion(declaration) : Read(declaration);
        _open.Remove(declaration);
        return _bound[declaration] = model;
    }

    /// <summary>The fields of a struct, or of the data of a notify.</summary>
    /// <param name="info">Of the struct.</param>
    /// <param name="members">C# names that the generated type has for something else.</param>
    public StructModel? ReadFields(SpecScope spec, ElementInfo info, YamlNode list, StructKind kind, ByteOrder order, params string[] members)
    {
        if (KeyReader.Expect<YamlSequence>(list, "a list of fields", diagnostics) is not { } sequence)
        {
            return null;
        }

        var fields = new FieldList(diagnostics);
        var binder = new FieldBinder(spec, new ElementReader(spec, errata), registries, this, diagnostics);
        foreach (YamlNode item in sequence.Items)
        {
            if (KeyReader.Expect<YamlMapping>(item, "a field, NAME: { … }", diagnostics) is not { } mapping)
            {
                fields.AddFaulty("");
                continue;
            }

            if (mapping.Entries.Count != 1)
            {
                diagnostics.Report(ShapeRules.WrongShape, item, "one field, NAME: { … }", $"a mapping of {mapping.Entries.Count} keys");
                fields.AddFaulty("");
                continue;
            }

            YamlEntry entry = mapping.Entries[0];
            if (binder.Bind(entry, fields) is { } field)
            {
                fields.Add(field, entry.Key);
            }
            else
            {
                fields.AddFaulty(entry.Key.Value);
            }
        }

        if (fields.AnyFaulty | !CheckMembers(info, fields, kind, members))
        {
            return null;
        }

        return StructLayout.Measure(fields, order, diagnostics) is { } layout && !IsTooLarge(fields.Fields, list)
            ? new StructModel(
                info,
                kind,
                order,
                fields.Fields.Any(IsView),
                layout.Minimum,
                layout.Fixed,
                fields.Fields.ToEquatableArray(),
                BitDiagram.Draw(fields.Fields))
            : null;
    }

    private StructModel? Read(Declaration declaration)
    {
        if (KeyReader.Of(declaration.Body, declaration.NameNode, diagnostics) is not { } keys)
        {
            return null;
        }

        SpecScope spec = declaration.Owner;
        ElementInfo info = new ElementReader(spec, errata).Read(keys, declaration.NameNode, declaration.ClrName!, needsDoc: true);
        ByteOrder order = keys.Word("byte-order", "big", "big", "little") == "little" ? ByteOrder.LittleEndian : ByteOrder.BigEndian;
        StructKind kind = declaration.Section == Section.Parameters ? StructKind.Parameter : StructKind.Struct;
        YamlNode? list = keys.Require("fields");
        keys.Finish();
        if (list is null)
        {
            return null;
        }

        if (kind == StructKind.Struct)
        {
            return ReadFields(spec, info, list, kind, order);
        }

        return ReadFields(spec, info, list, kind, order, "Type") is { } parameter && parameterTypes.Check(declaration, parameter) ? parameter : null;
    }

    private StructModel? ReadUnion(Declaration declaration)
    {
        if (KeyReader.Of(declaration.Body, declaration.NameNode, diagnostics) is not { } keys)
        {
            return null;
        }

        SpecScope spec = declaration.Owner;
        ElementInfo info = new ElementReader(spec, errata).Read(keys, declaration.NameNode, declaration.ClrName!, needsDoc: true);
        var members = new UnionMembers(diagnostics);
        keys.Require("members");
        foreach (YamlScalar name in keys.Scalars("members"))
        {
            members.Add(name, Resolve(spec, name));
        }

        if (keys.Scalar("otherwise") is { } otherwise)
        {
            members.AddOtherwise(otherwise, Resolve(spec, otherwise));
        }

        keys.Finish();
        return members.Union(info);
    }

    private bool CheckMembers(ElementInfo info, FieldList fields, StructKind kind, IEnumerable<string> more)
    {
        TypeNames members = new TypeNames(diagnostics).Reserve([info.ClrName, .. NamesInCode.OfStruct, .. more]);
        bool sound = true;
        for (int i = 0; i < fields.Fields.Count; i++)
        {
            // The first field of a parameter is its type: where it is not, that is the fault to report.
            bool isType = i == 0 && kind == StructKind.Parameter;
            if (!isType && fields.Fields[i] is not (ReservedField or PaddingField or ConstantField))
            {
                sound &= members.Claim([fields.Fields[i].Info.ClrName], fields.Names[i]);
            }
        }

        return sound;
    }

    private bool IsTooLarge(IReadOnlyList<FieldModel> fields, YamlNode list)
    {
        if (CountFields(fields) <= MaximumFields)
        {
            return false;
        }

        diagnostics.Report(WireRules.TooLong, list, MaximumFields, "fields, with those of the structs in it");
        return true;
    }

    private static int CountFields(IEnumerable<FieldModel> fields) =>
        fields.Sum(f => f switch
        {
            NestedField nested => 1 + CountFields(nested.Definition),
            StructListField list => 1 + CountFields(list.Definition),
            _ => 1,
        });

    private static int CountFields(StructModel model) => CountFields(model.Fields) + model.Members.Sum(member => CountFields(member.Definition));

    /// <summary>How many structs are in each other inside of this one.</summary>
    private static int Depth(StructModel model) =>
        model.Fields
            .Select(field => field switch
            {
                NestedField nested => nested.Definition,
                StructListField list => list.Definition,
                _ => null,
            })
            .Concat(model.Members.Select(member => member.Definition))
            .Select(inner => inner is null ? 0 : 1 + Depth(inner))
            .DefaultIfEmpty()
            .Max();

    private static bool IsView(FieldModel field) => field switch
    {
        OctetsField octets => !octets.Inline,
        ListField or StructListField => true,
        NestedField nested => nested.Definition.IsView,
        _ => false,
    };
}
