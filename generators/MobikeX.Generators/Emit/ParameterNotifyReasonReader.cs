using MobikeX.Generators.Model;

namespace MobikeX.Generators.Emit;

/// <summary>What tells why a notify with parameters is refused, by reading it again.</summary>
internal sealed class ParameterNotifyReasonReader(NotifyModel notify, RoleShape[] roles, string registry, string type)
    : ParameterNotifyReader(notify, roles, registry, ReaderOutcome.Reason)
{
    private readonly List<(string Method, RoleShape[] Candidates)> _misfits = [];

    /// <summary>What tells in one method a call why a parameter fits no role that is still free.</summary>
    public IEnumerable<(string Method, string Body)> Misfits() => _misfits.Select(misfit => (misfit.Method, Misfit(misfit.Candidates)));

    protected override void Declare()
    {
        if (Roles.Any(role => role.IsProperty))
        {
            Code.Line($"{type} value = default;");
        }

        Code.Line("WireFailure failure;");
    }

    protected override void Declare(RoleShape role)
    {
        base.Declare(role);
        if (role.IsLocated(Notify) && !role.NeedsOffset(Notify))
        {
            Code.Line($"int {Offset(role)} = 0;");
        }
    }

    // Where parameters stand is asked by failures alone.
    protected override void OpenLoop() => Code
        .Line("int offset = 0;")
        .Open("while (offset < data.Length)")
        .Line("ReadOnlySpan<byte> source = data.Slice(offset);");

    protected override string Advance(string length) => $"offset += {length};";

    protected override void Locate(RoleShape role)
    {
        if (role.IsLocated(Notify) || role.NeedsOffset(Notify))
        {
            Code.Line($"{Offset(role)} = offset;");
        }
    }

    protected override string RefuseMisfit(RoleShape[] candidates)
    {
        string method = RoleShape.FailureFor + StructEmitter.Stem(candidates[0].Model.Parameter);
        _misfits.Add((method, candidates));
        return Fails($"{method}(source, offset)");
    }

    protected override void CheckRules() => ParameterNotifyEmitter.Rules(Notify, Roles, Code, Present, Kept, Offset, Fails);

    private string Offset(RoleShape role) => role.NeedsOffset(Notify) ? $"value.{role.OffsetStorage}" : $"{role.LocalStem}Offset";

    private static string Misfit(RoleShape[] candidates)
    {
        CodeBlock code = new();
        string parameterType = candidates[0].ParameterType;
        bool isAsked = candidates.Any(role => role.Model.Conditions.Count > 0);
        code.When(
            $"!{parameterType}.TryRead(source, out {(isAsked ? parameterType + " parameter" : "_")}, out _, out WireFailure failure)",
            "return FailureIn(offset, failure);");
        foreach (RoleShape role in candidates)
        {
            string twice = $"return {Twice(role)};";
            string conditions = Conditions(role, "parameter");
            if (conditions.Length == 0)
            {
                return code.Line(twice).ToString();
            }

            code.When(conditions, twice);
        }

        return code.Line($"return {FitsNone(candidates)};").ToString();
    }
}
