using MobikeX.Generators.Model;
using Scriban.Runtime;

namespace MobikeX.Generators.Emit;

/// <summary>A notify whose data is parameters: a value of a property a role, or a view on the data where a role may stand any number of times.</summary>
internal static class ParameterNotifyEmitter
{
    public static string Render(NotifyModel notify, string type, TypeScope scope, string registry, ScriptArray constants)
    {
        RoleShape[] roles = notify.Roles.Select(role => new RoleShape(role, scope)).ToArray();
        scope.Import("System", "System.Runtime.CompilerServices", "MobikeX.Runtime");
        if (roles[0].Model.Parameter.Fields[0] is ConstantField { Bits: > 8 })
        {
            scope.Import("System.Buffers.Binary");
        }

        string answer = StructEmitter.Answer(notify.Malformed, scope, ", ");
        RoleShape.NameLocals(roles);
        foreach (RoleShape role in roles)
        {
            role.KeepApart(roles);
        }

        // Why a notify is refused is found out by reading it again: what reads one that is not is short, and keeps nothing at hand for failures.
        ParameterNotifyReasonReader reader = new(notify, roles, registry, type);
        string reason = reader.Body();
        string understands = Understands(notify, roles);
        ScriptObject values = new()
        {
            ["doc"] = DocComment.For(notify.Info, note: notify.IsView ? "A view on the Notification Data, made by writing parameters with a ParameterWriter and reading what it wrote" : null),
            ["type"] = type,
            ["element"] = CSharpText.Literal(notify.Info.Name),
            ["constants"] = constants,
            ["answer"] = answer,
            ["roles"] = TemplateLibrary.List(Ordered(roles).Select(Role)),
            ["read"] = ParameterNotifyValueReader.Body(notify, roles, registry),
            ["reason"] = reason,
            ["misfits"] = TemplateLibrary.List(reader.Misfits().Select(misfit => new ScriptObject { ["method"] = misfit.Method, ["body"] = misfit.Body })),
            ["tells_understood"] = TellsUnderstood(notify),
            ["is_understood"] = string.Join("\n    && ", roles.Where(role => StructEmitter.MayNotBeUnderstood(role.Model.Parameter)).Select(IsUnderstoodOrMissing)),
            ["reads_fail_in"] = reason.Contains("FailureIn(") || understands.Contains("FailureIn("),
            ["understands"] = understands,
            ["opening"] = CSharpText.Literal(notify.Info.Name + "("),
        };
        if (notify.IsView)
        {
            return TemplateLibrary.Render("notify-view", scope, values);
        }

        string check = Check(notify, roles);
        values["check"] = check;
        values["offsets"] = new ScriptArray(roles.Where(role => role.NeedsOffset(notify)).Select(role => role.OffsetStorage));
        values["write"] = Write(roles);
        values["length"] = string.Join("\n    + ", roles.Select(role => role.IsRequired ? $"{role.Storage}.WireLength" : $"({role.Has} ? {role.Storage}.WireLength : 0)"));
        values["equality"] = string.Join("\n    && ", roles.Select(role => role.IsRequired ? $"{role.Property} == other.{role.Property}" : $"Nullable.Equals({role.Property}, other.{role.Property})"));
        values["first"] = roles[0].Property;
        values["others"] = new ScriptArray(roles.Skip(1).Select(role => role.Property));
        return TemplateLibrary.Render("notify-value", scope, values);
    }

    /// <summary>The roles that are properties, those that must be there first.</summary>
    public static IEnumerable<RoleShape> Ordered(RoleShape[] roles) =>
        roles.Where(role => role.IsRequired).Concat(roles.Where(role => role.IsProperty && !role.IsRequired));

    /// <summary>True for a view that learns while it is read whether all in it is understood, so that nothing is read again.</summary>
    public static bool TellsUnderstood(NotifyModel notify) =>
        notify.IsView && notify.Roles.Any(role => StructEmitter.MayNotBeUnderstood(role.Parameter));

    private static ScriptObject Role(RoleShape role) => new()
    {
        ["is_required"] = role.IsRequired,
        ["storage"] = role.Storage,
        ["storage_type"] = role.ParameterType,
        ["has"] = role.Has,
        ["doc"] = DocComment.For(role.Model.Info),
        ["parameter_doc"] = DocComment.Parameter(role.Parameter.TrimStart('@'), role.Model.Info.Doc.Length > 0 ? role.Model.Info.Doc : role.Model.Info.Name),
        ["type"] = role.Type,
        ["property"] = role.Property,
        ["parameter"] = role.Parameter,
        ["draft"] = CSharpText.Literal(role.Model.Parameter.Info.Name),
    };

    // What reading checks one by one is checked of the whole before writing.
    private static string Check(NotifyModel notify, RoleShape[] roles)
    {
        CodeBlock code = new();
        foreach (RoleShape role in roles)
        {
            string conditions = string.Join(" && ", role.Model.Conditions.Select(condition => $"{(condition.Value ? string.Empty : "!")}{role.Storage}.{role.PropertyOf(condition.ClrName)}"));
            if (conditions.Length > 0)
            {
                code.Open(role.IsRequired ? $"if (!({conditions}))" : $"if ({role.Has} && !({conditions}))");
                code.Line(Refused($"Failure(WireFailureKind.UnexpectedParameter, 0, {CSharpText.Literal(role.Model.Info.Name)}, \"has the flags of another role\")"));
                code.Close();
            }

        }

        Rules(notify, roles, code, role => role.IsRequired ? "true" : role.Has, (role, field) => $"{role.Storage}.{role.PropertyOf(field)}", _ => "0", Refused);
        return code.Line("failure = default;").Line("return true;").ToString();
    }

    /// <summary>Whether all values of a parameter that was read are assigned, as an expression.</summary>
    public static string IsUnderstood(string value, RoleShape role) =>
        StructEmitter.TellsUnderstood(role.Model.Parameter) ? $"{value}.IsUnderstood" : $"{value}.Understands(out _)";

    private static string IsUnderstoodOrMissing(RoleShape role) =>
        role.IsRequired ? IsUnderstood(role.Storage, role) : $"(!{role.Has} || {IsUnderstood(role.Storage, role)})";

    /// <summary>The checks across parameters; the one that comes later is at fault.</summary>
    public static void Rules(
        NotifyModel notify,
        RoleShape[] roles,
        CodeBlock code,
        Func<RoleShape, string> present,
        Func<RoleShape, string, string> field,
        Func<RoleShape, string> offset,
        Func<string, string> fails)
    {
        foreach (RuleModel rule in notify.Rules)
        {
            string reason = CSharpText.Literal(rule.Reason);
            switch (rule.Kind)
            {
                case RuleKind.SomePresent:
                    string none = string.Join(" && ", rule.Terms.Select(term => "!" + CSharpText.Parenthesised(present(Of(roles, term)))));
                    code.When(none, fails($"Failure(WireFailureKind.RuleBroken, 0, {CSharpText.Literal(string.Empty)}, {reason})"));
                    break;
                case RuleKind.SomeSet:
                    foreach (IGrouping<string, RuleTerm> group in rule.Terms.GroupBy(term => term.Role))
                    {
                        RoleShape role = Of(roles, group.First());
                        string unset = string.Join(" && ", group.Select(term => "!" + field(role, term.Field)));
                        code.When(Joined(present(role), unset), fails($"Failure(WireFailureKind.RuleBroken, {offset(role)}, {CSharpText.Literal(group.First().Path)}, {reason})"));
                    }

                    break;
                default:
                    RuleTerm first = rule.Terms[0];
                    foreach (RuleTerm term in rule.Terms.Skip(1))
                    {
                        RoleShape left = Of(roles, first);
                        RoleShape right = Of(roles, term);
                        string differ = $"{field(left, first.Field)} != {field(right, term.Field)}";
                        code.When(Joined(present(left), present(right), differ), fails($"Failure(WireFailureKind.RuleBroken, {offset(right)}, {CSharpText.Literal(term.Path)}, {reason})"));
                    }

                    break;
            }
        }
    }

    private static string Refused(string failure) => $"failure = {failure};\nreturn false;";

    private static string Joined(params string[] conditions) => string.Join(" && ", conditions.Where(condition => condition != "true"));

    private static RoleShape Of(RoleShape[] roles, RuleTerm term) => roles.First(role => role.Model.Info.ClrName == term.Role);

    private static string Write(RoleShape[] roles)
    {
        CodeBlock code = new();
        foreach (RoleShape role in roles)
        {
            if (!role.IsRequired)
            {
                code.Open($"if ({role.Has})");
            }

            code.Open($"if (!{role.Storage}.TryWrite(destination.Slice(length), out octets, out failure))");
            code.Line("written = 0;");
            code.Line("failure = FailureIn(length, failure);");
            code.Line("return false;");
            code.Close();
            code.Line("length += octets;");
            if (!role.IsRequired)
            {
                code.Close();
            }
        }

        return code.ToString();
    }

    private static string Understands(NotifyModel notify, RoleShape[] roles)
    {
        CodeBlock code = new();
        if (notify.IsView)
        {
            if (TellsUnderstood(notify))
            {
                code.Open("foreach (AnyParameter parameter in new ParameterEnumerator(data, isRead))");
                code.When("!parameter.Understands(out WireFailure failure)", "return FailureIn(0, failure);");
                return code.Close().Line("return default;").ToString();
            }
        }
        else
        {
            foreach (RoleShape role in roles.Where(role => StructEmitter.MayNotBeUnderstood(role.Model.Parameter)))
            {
                code.When(
                    role.IsRequired ? $"!{role.Storage}.Understands(out failure)" : $"{role.Has} && !{role.Storage}.Understands(out failure)",
                    Refused($"FailureIn({role.OffsetStorage}, failure)"));
            }
        }

        return code.Line("failure = default;").Line("return true;").ToString();
    }
}
