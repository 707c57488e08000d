using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Model;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Binding;

/// <summary>The roles that parameters play in a notify: which parameter, how often, told apart by which flags.</summary>
internal sealed class RoleBinder(ErratumBinder errata, StructBinder structs, DiagnosticBag diagnostics)
{
    /// <summary>Null where a role is at fault: without it the notify would refuse what it should take.</summary>
    public List<RoleModel>? Read(SpecScope spec, ElementInfo notify, YamlMapping parameters, EquatableArray<TraitValueModel> stated)
    {
        TypeNames members = new TypeNames(diagnostics).Reserve([notify.ClrName, .. NamesInCode.OfNotify, .. stated.Select(t => t.Trait.ClrName)]);
        var roles = new List<RoleModel>();
        bool sound = true;
        foreach (YamlEntry entry in parameters.Entries)
        {
            if (ReadRole(spec, entry) is not { } role || !members.Claim([role.Info.ClrName], entry.Key))
            {
                sound = false;
                continue;
            }

            if (roles.Find(r => Alike(r, role)) is { } other)
            {
                diagnostics.Report(WireRules.RolesAlike, entry.Key, other.Info.Name, role.Info.Name);
                sound = false;
            }

            roles.Add(role);
        }

        return sound ? roles : null;
    }

    private RoleModel? ReadRole(SpecScope spec, YamlEntry entry)
    {
        if (KeyReader.Of(entry.Value, entry.Key, diagnostics) is not { } keys || ElementReader.ClrName(entry, diagnostics) is not { } clrName)
        {
            return null;
        }

        ElementInfo info = new ElementReader(spec, errata).Read(keys, entry.Key, clrName);
        YamlScalar? parameterName = keys.RequireScalar("parameter");
        YamlScalar? count = keys.RequireScalar("count");
        YamlMapping? where = keys.Mapping("where");
        keys.Finish();
        if (parameterName is null || count is null || structs.Resolve(spec, parameterName, Section.Parameters) is not { } parameter)
        {
            return null;
        }

        if (!Numbers.TryParseCount(count.Value, out int minimum, out int? maximum))
        {
            diagnostics.Report(WireRules.BadCount, count, count.Value);
            return null;
        }

        List<FlagCondition>? conditions = where is null ? [] : ReadConditions(where, parameter.Model);
        return conditions is null ? null : new RoleModel(info, parameter.Model, parameter.Type, conditions.ToEquatableArray(), minimum, maximum);
    }

    private List<FlagCondition>? ReadConditions(YamlMapping where, StructModel parameter)
    {
        KeyReader keys = KeyReader.Of(where, where, diagnostics)!;
        var conditions = new List<FlagCondition>();
        List<FlagField> flags = [.. parameter.Fields.OfType<FlagField>().Where(f => !f.Derived)];
        foreach (YamlEntry entry in where.Entries)
        {
            if (flags.Find(f => f.Info.Name == entry.Key.Value) is not { } flag)
            {
                string near = Suggestion.For(entry.Key.Value, flags.Select(f => f.Info.Name));
                diagnostics.Report(WireRules.NotFlag, entry.Key, entry.Key.Value, parameter.Info.Name, near);
                return null;
            }

            conditions.Add(new FlagCondition(flag.Info.ClrName, keys.Boolean(entry.Key.Value)));
        }

        return conditions;
    }

    /// <summary>True where some parameter could play both roles.</summary>
    private static bool Alike(RoleModel a, RoleModel b) =>
        a.ParameterType == b.ParameterType
        && !a.Conditions.Any(x => b.Conditions.Any(y => x.ClrName == y.ClrName && x.Value != y.Value));
}
