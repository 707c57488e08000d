using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Binding;

/// <summary>Enters the named elements of a spec's files into its scope, with their C# names, so that order does not matter when they are bound.</summary>
internal static class Declarations
{
    public const string NotifySuffix = "Notify";

    private static readonly (string Key, Section Section)[] Sections =
    [
        ("errata", Section.Errata),
        ("registries", Section.Registries),
        ("structs", Section.Structs),
        ("unions", Section.Unions),
        ("parameters", Section.Parameters),
        ("notifies", Section.Notifies),
        ("traits", Section.Traits),
        ("reactions", Section.Reactions),
        ("constants", Section.Constants),
        ("machines", Section.Machines),
    ];

    /// <param name="specs">All specs of the project.</param>
    public static void Read(SpecScope spec, IEnumerable<SpecScope> specs, DiagnosticBag diagnostics)
    {
        var types = new TypeNames(diagnostics);
        var members = new Dictionary<Section, TypeNames>
        {
            [Section.Reactions] = new TypeNames(diagnostics),
            [Section.Constants] = new TypeNames(diagnostics),
        };
        spec.InnerNamespaces = [.. NamespacesIn(spec.Namespace, specs)];
        types.Reserve([.. NamesInCode.OfSpec, .. NamesInCode.Types, .. spec.InnerNamespaces]);

        // Members of one class, which has what every type has, and no member of its own name.
        members[Section.Constants].Reserve(["Constants", .. NamesInCode.OfObject]);

        foreach (YamlDocument file in spec.Files)
        {
            KeyReader keys = KeyReader.Of(file.Root!, spec.NameNode, diagnostics)!;
            if (file == spec.Main)
            {
                keys.Know("spec", "title", "document", "namespace", "imports", "includes");
                keys.Scalar("doc");
                _ = keys.Scalars("ref").Count();
            }
            else
            {
                keys.Know("part-of");
            }

            keys.Know("notify-payload", "parameter-registry");
            foreach ((string key, Section section) in Sections)
            {
                if (keys.Take(key) is { } node and not YamlScalar { IsNull: true } && KeyReader.Expect<YamlMapping>(node, "a mapping", diagnostics) is { } elements)
                {
                    ReadSection(spec, section, elements, members.TryGetValue(section, out TypeNames? own) ? own : types, diagnostics);
                }
            }

            keys.Finish();
        }
    }

    private static IEnumerable<string> NamespacesIn(string outer, IEnumerable<SpecScope> specs) => specs
        .Where(spec => spec.Namespace.StartsWith(outer + ".", StringComparison.Ordinal))
        .Select(spec => spec.Namespace.Substring(outer.Length + 1).Split('.')[0]);

    private static void ReadSection(SpecScope spec, Section section, YamlMapping elements, TypeNames types, DiagnosticBag diagnostics)
    {
        foreach (YamlEntry entry in elements.Entries)
        {
            YamlScalar name = entry.Key;
            if (spec.Find(section, name.Value) is { } first)
            {
                diagnostics.Report(ShapeRules.DuplicateElement, name, name.Value, SpecPath.NameOf(first.NameNode.Span.Path));
                continue;
            }

            // `ikev2.NOTIFY_TYPE` under registries adds values to an import's registry: no type of its own.
            bool extension = section == Section.Registries && RegistryExtension.TargetOf(spec, name.Value) is not null;
            string? stem = extension ? name.Value : IsName(spec, section, name, diagnostics) ? ElementReader.ClrName(entry, diagnostics) : null;
            string? clrName = stem is null ? null : stem + Suffix(section);
            if (!extension && clrName is not null)
            {
                if (!IsTypeName(section, clrName, name, diagnostics) || !types.Claim(TypesOf(section, clrName), name))
                {
                    clrName = null;
                }
                else if (section is not (Section.Reactions or Section.Constants))
                {
                    spec.Types.UnionWith(TypesOf(section, clrName));
                }
            }

            spec.Add(new Declaration(spec, section, name, entry.Value, clrName));
        }
    }

    /// <summary>A type is no word of small letters, and is not called as a member of it.</summary>
    private static bool IsTypeName(Section section, string clrName, YamlScalar name, DiagnosticBag diagnostics)
    {
        if (section is not (Section.Registries or Section.Structs or Section.Unions))
        {
            return true;
        }

        if (ClrNames.IsWord(clrName))
        {
            diagnostics.Report(ShapeRules.BadName, name, clrName, "a C# name for a type, which has a capital letter");
            return false;
        }

        if (section == Section.Registries || !NamesInCode.OfStruct.Concat(section == Section.Unions ? NamesInCode.OfUnion : []).Contains(clrName))
        {
            return true;
        }

        diagnostics.Report(ShapeRules.ClrNameTaken, name, name.Value, clrName);
        return false;
    }

    /// <summary>A dot stands between the name of a spec and that of an element, so no element has one in its own name.</summary>
    private static bool IsName(SpecScope spec, Section section, YamlScalar name, DiagnosticBag diagnostics)
    {
        if (!name.Value.Contains('.'))
        {
            return true;
        }

        if (section != Section.Registries)
        {
            diagnostics.Report(ShapeRules.BadName, name, name.Value, "a name without '.'");
        }
        else if (!spec.Closure.Any(s => s.Incomplete))
        {
            IEnumerable<string> registries = spec.Closure.Where(s => s != spec).SelectMany(s => s.All(section).Select(d => $"{s.Name}.{d.Name}"));
            diagnostics.Report(WireRules.Unresolved, name, "registry of an import", name.Value, Suggestion.For(name.Value, registries));
        }

        return false;
    }

    private static string Suffix(Section section) => section switch
    {
        Section.Parameters => "Parameter",
        Section.Notifies => NotifySuffix,
        _ => "",
    };

    private static IEnumerable<string> TypesOf(Section section, string clrName) => section switch
    {
        Section.Registries => [clrName, clrName + "Names"],
        Section.Structs or Section.Parameters or Section.Notifies or Section.Reactions or Section.Constants => [clrName],
        Section.Unions => [clrName, clrName + "Kind"],
        Section.Traits => [clrName + TraitBinder.Suffix],
        Section.Machines => [clrName + "Machine", clrName + "State", clrName + "Event", clrName + "Timer", $"I{clrName}Handler"],
        _ => [],
    };
}
