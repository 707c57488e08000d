using MobikeX.Generators.Model;

namespace MobikeX.Generators.Emit;

/// <summary>Reads a notify with parameters: each takes the first role that it fits, and then all are checked together. What reads for the value and what for the reason share it.</summary>
internal abstract partial class ParameterNotifyReader(NotifyModel notify, RoleShape[] roles, string registry, ReaderOutcome outcome)
{
    protected NotifyModel Notify { get; } = notify;

    protected RoleShape[] Roles { get; } = roles;

    protected CodeBlock Code { get; } = new();

    public string Body()
    {
        Declare();
        foreach (RoleShape role in Roles)
        {
            Declare(role);
        }

        OpenLoop();
        TypeField(out string first, out int octets);
        if (octets > 1)
        {
            Code.When($"source.Length < {CSharpText.Invariant(octets)}", Fails("Failure(WireFailureKind.Truncated, data.Length, string.Empty, \"the input ends here\")"));
        }

        Code.Open($"switch (({registry}){first})");
        foreach (IGrouping<string, RoleShape> group in Roles.GroupBy(role => role.ParameterType))
        {
            Code.Case($"case {group.Key}.Type:", _ => Parameter(group.ToArray()));
        }

        Code.Case("default:", code => code.Line(Fails("FailureOfType(data, offset)")));
        Code.Close();
        Code.Close();
        CheckCounts();
        CheckRules();
        return Code.Line(outcome.Done).ToString();
    }

    /// <summary>What the whole needs.</summary>
    protected abstract void Declare();

    /// <summary>What a role needs, to be known once the loop is over.</summary>
    protected virtual void Declare(RoleShape role)
    {
        if (role.IsRequired)
        {
            Code.Line($"bool {role.LocalStem}Read = false;");
        }
        else if (!role.IsProperty && IsCounted(role))
        {
            Code.Line($"int {role.LocalStem}Count = 0;");
        }
    }

    /// <summary>Opens the loop over the parameters, of which <c>source</c> begins with the next.</summary>
    protected abstract void OpenLoop();

    /// <summary>The statement that goes on behind a parameter.</summary>
    protected abstract string Advance(string length);

    /// <summary>Remembers where a parameter stands, where a failure may ask.</summary>
    protected abstract void Locate(RoleShape role);

    /// <summary>The statement that refuses a parameter whose roles are taken, or not those of its flags.</summary>
    protected abstract string RefuseMisfit(RoleShape[] candidates);

    protected abstract void CheckRules();

    /// <summary>True where it has to be known how often the role stands.</summary>
    protected virtual bool IsCounted(RoleShape role) =>
        role.Model.Minimum > 0 || role.Model.Maximum is not null || IsInRule(role);

    protected bool IsInRule(RoleShape role) => Notify.Rules.Any(rule => rule.Terms.Any(term => term.Role == role.Model.Info.ClrName));

    /// <summary>Notes a parameter of a role that is no property.</summary>
    protected virtual void Count(RoleShape role)
    {
        if (IsCounted(role))
        {
            Code.Line($"{role.LocalStem}Count++;");
        }
    }

    /// <summary>The statement that asks of what was read whether it is understood; null where nobody wants to know.</summary>
    protected virtual string? AskUnderstood(RoleShape role, string value) => null;

    protected string Fails(string failure) => outcome.Refused(failure, string.Empty);

    protected static string Present(RoleShape role) => role.IsProperty ? Has(role) : $"{role.LocalStem}Count > 0";

    protected static string Kept(RoleShape role, string field) => $"value.{role.Storage}.{role.PropertyOf(field)}";

    protected static string Conditions(RoleShape role, string local) =>
        string.Join(" && ", role.Model.Conditions.Select(condition => $"{(condition.Value ? string.Empty : "!")}{local}.{role.PropertyOf(condition.ClrName)}"));

    protected static string FitsNone(RoleShape[] candidates) =>
        $"Failure(WireFailureKind.UnexpectedParameter, offset, {CSharpText.Literal(candidates[0].Model.Parameter.Info.Name)}, \"its flags fit no parameter that this notify takes\")";

    protected static string Twice(RoleShape role) =>
        $"Failure(WireFailureKind.BadCount, offset, {CSharpText.Literal(role.Model.Info.Name)}, \"stands twice\")";

    private static string Has(RoleShape role) => role.IsRequired ? $"{role.LocalStem}Read" : $"value.{role.Has}";

    private void TypeField(out string type, out int octets)
    {
        ConstantField first = Roles[0].Model.Parameter.Fields.OfType<ConstantField>().First();
        octets = first.Bits / 8;
        string order = Roles[0].Model.Parameter.ByteOrder == ByteOrder.BigEndian ? "Big" : "Little";
        type = octets == 1 ? "source[0]" : $"BinaryPrimitives.ReadUInt{CSharpText.Invariant(first.Bits)}{order}Endian(source)";
    }

    private void Parameter(RoleShape[] candidates)
    {
        string length = RoleShape.LengthOf(candidates[0].Model.Parameter);
        if (candidates.All(role => role.IsProperty) && Places(candidates) is FlagPlace[] places)
        {
            InPlace(candidates, places, length);
        }
        else
        {
            ThroughLocal(candidates, length);
        }

        Code.Line(Advance(length));
        Code.Line("break;");
    }

    private void CheckCounts()
    {
        foreach (RoleShape role in Roles.Where(role => role.Model.Minimum > 0))
        {
            string missing = role.IsProperty ? "!" + Has(role) : $"{role.LocalStem}Count < {CSharpText.Invariant(role.Model.Minimum)}";
            string reason = role.Model.Minimum == 1 ? "is missing" : $"stands fewer than {CSharpText.Invariant(role.Model.Minimum)} times";
            Code.When(missing, Fails($"Failure(WireFailureKind.BadCount, data.Length, {CSharpText.Literal(role.Model.Info.Name)}, \"{reason}\")"));
        }
    }
}
