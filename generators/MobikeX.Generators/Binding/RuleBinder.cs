using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Model;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Binding;

/// <summary>Rules across the parameters of a notify: <c>same</c>, <c>some-set</c>, <c>some-present</c>.</summary>
internal sealed class RuleBinder(DiagnosticBag diagnostics)
{
    private static readonly string[] Kinds = ["same", "some-set", "some-present"];

    /// <summary>Null where the rule is at fault, which is reported.</summary>
    public RuleModel? Read(YamlNode node, YamlScalar notify, IReadOnlyList<RoleModel> roles, ElementReader elements)
    {
        if (KeyReader.Of(node, node, diagnostics) is not { } keys)
        {
            return null;
        }

        List<string> kinds = [.. Kinds.Where(keys.Has)];
        string reason = ElementReader.Paragraph(keys.RequireScalar("reason")?.Value ?? "");
        string reference = elements.Reference(keys.Scalars("ref").Select(s => s.Value));
        keys.Scalar("doc");
        keys.Finish();
        if (kinds.Count != 1)
        {
            diagnostics.Report(WireRules.Rule, node, $"a rule of {notify.Value} has exactly one of {string.Join(", ", Kinds)}");
            return null;
        }

        RuleKind kind = kinds[0] switch
        {
            "same" => RuleKind.Same,
            "some-set" => RuleKind.SomeSet,
            _ => RuleKind.SomePresent,
        };
        List<YamlScalar> written = [.. keys.Scalars(kinds[0])];
        List<(RuleTerm Term, FieldModel? Field)> terms = [];
        foreach (YamlScalar term in written)
        {
            if (ReadTerm(term, kind, roles) is { } found)
            {
                terms.Add(found);
            }
        }

        if (terms.Count != written.Count)
        {
            return null;
        }

        if (terms.Count < (kind == RuleKind.Same ? 2 : 1))
        {
            diagnostics.Report(WireRules.Rule, node, kind == RuleKind.Same ? "\"same\" compares at least two fields" : $"\"{kinds[0]}\" names at least one");
            return null;
        }

        if (kind == RuleKind.Same && terms.FirstOrDefault(t => !Comparable(t.Field!, terms[0].Field!)) is { Field: not null } odd)
        {
            diagnostics.Report(WireRules.Rule, node, $"'{odd.Term.Path}' and '{terms[0].Term.Path}' are not of the same kind");
            return null;
        }

        return new RuleModel(kind, terms.Select(t => t.Term).ToEquatableArray(), reason, reference);
    }

    private (RuleTerm, FieldModel?)? ReadTerm(YamlScalar term, RuleKind kind, IReadOnlyList<RoleModel> roles)
    {
        int dot = term.Value.IndexOf('.');
        string roleName = dot < 0 || kind == RuleKind.SomePresent ? term.Value : term.Value.Substring(0, dot);
        string fieldName = dot < 0 ? "" : term.Value.Substring(dot + 1);
        if (roles.FirstOrDefault(r => r.Info.Name == roleName) is not { } role)
        {
            diagnostics.Report(WireRules.Unresolved, term, "role", roleName, Suggestion.For(roleName, roles.Select(r => r.Info.Name)));
            return null;
        }

        if (kind == RuleKind.SomePresent)
        {
            return (new RuleTerm(role.Info.ClrName, "", term.Value), null);
        }

        if (role.Maximum != 1 || role.Parameter.IsView)
        {
            diagnostics.Report(WireRules.Rule, term, $"'{roleName}' can be there more than once, or is a view, so its fields cannot be compared");
            return null;
        }

        List<FieldModel> fields = [.. role.Parameter.Fields.Where(f => !f.Derived && (kind == RuleKind.Same || f is FlagField))];
        if (fields.Find(f => f.Info.Name == fieldName) is { } field)
        {
            return (new RuleTerm(role.Info.ClrName, field.Info.ClrName, term.Value), field);
        }

        string what = kind == RuleKind.SomeSet ? "flag" : "field that a sender gives";
        string near = Suggestion.For(term.Value, fields.Select(f => $"{roleName}.{f.Info.Name}"));
        diagnostics.Report(WireRules.Unresolved, term, $"{what} of {role.Parameter.Info.Name}", fieldName, near);
        return null;
    }

    private static bool Comparable(FieldModel a, FieldModel b) =>
        a.GetType() == b.GetType()
        && (a is not RegistryField x || x.Registry == ((RegistryField)b).Registry)
        && (a is not NestedField y || y.Struct == ((NestedField)b).Struct);
}
