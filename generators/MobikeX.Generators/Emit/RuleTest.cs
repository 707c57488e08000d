using MobikeX.Generators.Model;

namespace MobikeX.Generators.Emit;

/// <summary>The one test of all rules of a notify that is read: flags that are kept together are compared together.</summary>
internal sealed class RuleTest(RoleShape[] roles)
{
    private readonly List<string> _broken = [];
    private readonly Dictionary<(RoleShape Left, RoleShape Right, FlagSet LeftSet, FlagSet RightSet), (int Index, ulong Mask)> _compared = [];

    /// <summary>The head of the statement that asks whether a rule is broken.</summary>
    public static string Of(NotifyModel notify, RoleShape[] roles)
    {
        RuleTest test = new(roles);
        foreach (RuleModel rule in notify.Rules)
        {
            test.Add(rule);
        }

        return $"if ({string.Join("\n    || ", test._broken.Select(broken => test._broken.Count > 1 && broken.Contains(" && ") ? $"({broken})" : broken))})";
    }

    private void Add(RuleModel rule)
    {
        switch (rule.Kind)
        {
            case RuleKind.SomePresent:
                _broken.Add(string.Join(" && ", rule.Terms.Select(term => $"!value.{Of(term).Has}")));
                break;
            case RuleKind.SomeSet:
                foreach (IGrouping<string, RuleTerm> group in rule.Terms.GroupBy(term => term.Role))
                {
                    AddUnset(Of(group.First()), group.Select(term => term.Field).ToArray());
                }

                break;
            default:
                foreach (RuleTerm term in rule.Terms.Skip(1))
                {
                    AddDifferent(Of(rule.Terms[0]), rule.Terms[0].Field, Of(term), term.Field);
                }

                break;
        }
    }

    private void AddUnset(RoleShape role, string[] flags)
    {
        (FlagSet? set, _) = role.Flag(flags[0]);
        bool together = set is not null && flags.All(flag => role.Flag(flag).Set == set);
        string unset = together
            ? $"({Value(role)}.{set!.Property} & {CSharpText.Mask(flags.Aggregate(0UL, (mask, flag) => mask | role.Flag(flag).Mask))}) == 0"
            : string.Join(" && ", flags.Select(flag => $"!{Value(role)}.{role.PropertyOf(flag)}"));
        _broken.Add(Where([role], unset));
    }

    private void AddDifferent(RoleShape left, string leftField, RoleShape right, string rightField)
    {
        (FlagSet? leftSet, ulong leftMask) = left.Flag(leftField);
        (FlagSet? rightSet, ulong rightMask) = right.Flag(rightField);
        if (leftSet is null || rightSet is null || leftMask != rightMask)
        {
            _broken.Add(Where([left, right], $"{Value(left)}.{left.PropertyOf(leftField)} != {Value(right)}.{right.PropertyOf(rightField)}"));
            return;
        }

        bool known = _compared.TryGetValue((left, right, leftSet, rightSet), out (int Index, ulong Mask) compared);
        int index = known ? compared.Index : _broken.Count;
        ulong mask = compared.Mask | leftMask;
        _compared[(left, right, leftSet, rightSet)] = (index, mask);
        string differ = Where([left, right], $"(({Value(left)}.{leftSet.Property} ^ {Value(right)}.{rightSet.Property}) & {CSharpText.Mask(mask)}) != 0");
        if (known)
        {
            _broken[index] = differ;
        }
        else
        {
            _broken.Add(differ);
        }
    }

    private RoleShape Of(RuleTerm term) => roles.First(role => role.Model.Info.ClrName == term.Role);

    private static string Value(RoleShape role) => "value." + role.Storage;

    private static string Where(RoleShape[] present, string test) =>
        string.Join(" && ", present.Where(role => !role.IsRequired).Select(role => "value." + role.Has).Append(test));
}
