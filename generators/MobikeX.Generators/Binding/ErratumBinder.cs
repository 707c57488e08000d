using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Model;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Binding;

/// <summary>Errata: where a document contradicts itself, what it could mean, what was chosen.</summary>
internal sealed class ErratumBinder(NameResolver names, DiagnosticBag diagnostics)
{
    private readonly Dictionary<Declaration, ErratumModel?> _bound = [];

    public EquatableArray<ErratumModel> BindAll(SpecScope spec) =>
        spec.All(Section.Errata).Select(Bind).OfType<ErratumModel>().ToEquatableArray();

    public EquatableArray<ErratumModel> Resolve(SpecScope spec, IEnumerable<YamlScalar> ids) =>
        ids.Select(id => names.Resolve(spec, Section.Errata, id))
            .OfType<Declaration>()
            .Select(Bind)
            .OfType<ErratumModel>()
            .ToEquatableArray();

    private ErratumModel? Bind(Declaration declaration)
    {
        if (!_bound.TryGetValue(declaration, out ErratumModel? model))
        {
            _bound[declaration] = model = declaration.Usable ? Read(declaration) : null;
        }

        return model;
    }

    private ErratumModel? Read(Declaration declaration)
    {
        if (KeyReader.Of(declaration.Body, declaration.NameNode, diagnostics) is not { } keys)
        {
            return null;
        }

        keys.Know("name");
        keys.Scalar("doc");
        bool whole = keys.Require("ref") is not null & keys.Require("readings") is not null;
        EquatableArray<string> sections = keys.Scalars("ref").Select(s => s.Value).ToEquatableArray();
        YamlScalar? conflict = keys.RequireScalar("conflict");
        YamlScalar? choice = keys.RequireScalar("choice");
        EquatableArray<string> readings = keys.Scalars("readings").Select(s => ElementReader.Paragraph(s.Value)).ToEquatableArray();
        keys.Finish();
        return conflict is null || choice is null || !whole
            ? null
            : new ErratumModel(declaration.Name, sections, ElementReader.Paragraph(conflict.Value), readings, ElementReader.Paragraph(choice.Value));
    }
}
