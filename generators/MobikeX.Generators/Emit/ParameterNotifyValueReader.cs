using MobikeX.Generators.Model;

namespace MobikeX.Generators.Emit;

/// <summary>The body of <c>TryRead</c> of a notify with parameters, for who does not ask why it is refused: short, and with nothing at hand for failures.</summary>
internal sealed class ParameterNotifyValueReader : ParameterNotifyReader
{
    private readonly RoleShape[] _seen;
    private readonly bool _tellsUnderstood;

    private ParameterNotifyValueReader(NotifyModel notify, RoleShape[] roles, string registry)
        : base(notify, roles, registry, ReaderOutcome.Value)
    {
        _tellsUnderstood = ParameterNotifyEmitter.TellsUnderstood(notify);
        _seen = SeenOnly();
    }

    public static string Body(NotifyModel notify, RoleShape[] roles, string registry) => new ParameterNotifyValueReader(notify, roles, registry).Body();

    protected override void Declare()
    {
        Code.Line("value = default;");
        if (Notify.IsView)
        {
            Code.Line("value._data = data;");
            Code.Line("value._isRead = true;");
        }

        if (_tellsUnderstood)
        {
            Code.Line("value._isUnderstood = true;");
        }

        if (_seen.Length > 0)
        {
            Code.Line("uint seen = 0;");
        }
    }

    // It is enough to know what is left.
    protected override void OpenLoop() => Code.Line("ReadOnlySpan<byte> source = data;").Open("while (!source.IsEmpty)");

    protected override string Advance(string length) => $"source = source.Slice({length});";

    protected override void Locate(RoleShape role)
    {
        if (role.NeedsOffset(Notify))
        {
            Code.Line($"value.{role.OffsetStorage} = data.Length - source.Length;");
        }
    }

    protected override string RefuseMisfit(RoleShape[] candidates) => Fails(string.Empty);

    protected override bool IsCounted(RoleShape role) => !_seen.Contains(role) && base.IsCounted(role);

    protected override void Count(RoleShape role)
    {
        if (_seen.Contains(role))
        {
            Code.Line($"seen |= {SeenBits([role.Model.Info.ClrName])};");
        }

        base.Count(role);
    }

    protected override string? AskUnderstood(RoleShape role, string value) =>
        _tellsUnderstood && StructEmitter.MayNotBeUnderstood(role.Model.Parameter) ? $"value._isUnderstood &= {ParameterNotifyEmitter.IsUnderstood(value, role)};" : null;

    // What is read is asked once whether it keeps all rules, and which it breaks only where it does not.
    protected override void CheckRules()
    {
        if (_seen.Length > 0)
        {
            foreach (RuleModel rule in Notify.Rules)
            {
                Code.When($"(seen & {SeenBits(rule.Terms.Select(term => term.Role))}) == 0", Fails(string.Empty));
            }
        }
        else if (!Notify.IsView && Notify.Rules.Sum(rule => rule.Kind == RuleKind.SomePresent ? 1 : rule.Terms.Count - 1) > 1)
        {
            Code.Open(RuleTest.Of(Notify, Roles)).Line(Fails(string.Empty)).Close();
        }
        else
        {
            ParameterNotifyEmitter.Rules(Notify, Roles, Code, Present, Kept, _ => string.Empty, Fails);
        }
    }

    // Where rules only ask whether one of several roles was there, a bit each is enough: counts would take a register each.
    private RoleShape[] SeenOnly()
    {
        RoleShape[] asked = Roles.Where(IsInRule).ToArray();
        return asked.Length <= 32
            && Notify.Rules.All(rule => rule.Kind == RuleKind.SomePresent)
            && asked.All(role => !role.IsProperty && role.Model.Minimum == 0 && role.Model.Maximum is null)
            ? asked
            : [];
    }

    private string SeenBits(IEnumerable<string> clrNames) =>
        CSharpText.Mask(clrNames.Aggregate(0UL, (bits, name) => bits | (1UL << Array.FindIndex(_seen, role => role.Model.Info.ClrName == name))));
}
