using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Model;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Binding;

/// <summary>Traits: properties that notifies have, and which value each notify states.</summary>
internal sealed class TraitBinder(NameResolver names, ErratumBinder errata, DiagnosticBag diagnostics)
{
    /// <summary>What the name of a trait becomes as that of its enum.</summary>
    public const string Suffix = "Trait";

    /// <summary>A notify has a constant of the trait's name among these.</summary>
    private static readonly string[] Taken = [.. NamesInCode.OfNotify, .. NamesInCode.OfStruct];

    private readonly Dictionary<Declaration, TraitModel?> _bound = [];

    /// <summary>The enum of a trait whose name is not at fault.</summary>
    public static TypeRef TypeOf(Declaration trait) => new(trait.Owner.Namespace, trait.ClrName + Suffix);

    public IEnumerable<TraitModel> BindAll(SpecScope spec) => spec.All(Section.Traits).Select(Bind).OfType<TraitModel>();

    /// <summary>The traits that a notify states: <c>traits: { action: add }</c>.</summary>
    public IEnumerable<TraitValueModel> Resolve(SpecScope spec, YamlMapping stated)
    {
        TypeNames constants = new TypeNames(diagnostics).Reserve(Taken);
        foreach (YamlEntry entry in stated.Entries)
        {
            if (names.Resolve(spec, Section.Traits, entry.Key, ProjectRules.UnknownTrait) is not { } declaration
                || Bind(declaration) is not { } trait
                || KeyReader.Expect<YamlScalar>(entry.Value, "a single value", diagnostics) is not { } written)
            {
                continue;
            }

            if (trait.Values.FirstOrDefault(v => v.Name == written.Value) is { } value)
            {
                if (constants.Claim([trait.Info.ClrName], entry.Key))
                {
                    yield return new TraitValueModel(TypeOf(declaration), trait.Info, value);
                }
            }
            else
            {
                string near = Suggestion.For(written.Value, trait.Values.Select(v => v.Name));
                diagnostics.Report(ProjectRules.UnknownTrait, written, $"value of the trait '{trait.Info.Name}'", written.Value, near);
            }
        }
    }

    private TraitModel? Bind(Declaration declaration)
    {
        if (!_bound.TryGetValue(declaration, out TraitModel? model))
        {
            _bound[declaration] = model = declaration.Usable ? Read(declaration) : null;
        }

        return model;
    }

    private TraitModel? Read(Declaration declaration)
    {
        if (KeyReader.Of(declaration.Body, declaration.NameNode, diagnostics) is not { } keys)
        {
            return null;
        }

        var elements = new ElementReader(declaration.Owner, errata);
        ElementInfo info = elements.Read(keys, declaration.NameNode, declaration.ClrName!, needsDoc: true);
        YamlNode? values = keys.Require("values");
        keys.Finish();
        if (values is null || KeyReader.Expect<YamlMapping>(values, "a mapping", diagnostics) is not { } mapping)
        {
            return null;
        }

        return new TraitModel(info, new MemberReader(elements, diagnostics).Read(mapping, new TypeNames(diagnostics)).ToEquatableArray());
    }
}
