using System.Globalization;
using MobikeX.Generators.Model;

namespace MobikeX.Generators.Emit;

/// <summary>The body of <c>TryRead</c> of a notify with parameters: each takes the first role that it fits, and then all are checked together.</summary>
internal sealed class ParameterNotifyReader(NotifyModel notify, RoleShape[] roles, string registry)
{
    private readonly CodeBlock _code = new();
    private readonly bool _isView = notify.IsView;

    public string Body()
    {
        foreach (RoleShape role in roles)
        {
            if (role.IsProperty)
            {
                _code.Line($"{role.ParameterType}? {role.Local} = null;");
            }
            else if (IsCounted(role))
            {
                _code.Line($"int {role.LocalStem}Count = 0;");
            }

            if (IsLocated(role))
            {
                _code.Line($"int {role.LocalStem}Offset = 0;");
            }
        }

        _code.Line("int offset = 0;");
        _code.Open("while (offset < data.Length)");
        _code.Line("ReadOnlySpan<byte> source = data.Slice(offset);");
        TypeField(out string type, out int octets);
        if (octets > 1)
        {
            _code.When($"source.Length < {Invariant(octets)}", "return Fail(WireFailureKind.Truncated, data.Length, string.Empty, \"the input ends here\", out value, out failure);");
        }

        _code.Open($"switch (({registry}){type})");
        foreach (IGrouping<string, RoleShape> group in roles.GroupBy(role => role.ParameterType))
        {
            _code.Case($"case {group.Key}.Type:", code => Parameter(group.ToArray(), code));
        }

        _code.Case("default:", code => code.Line("return FailType(data, offset, out value, out failure);"));
        _code.Close();
        _code.Close();
        Counts();
        ParameterNotifyEmitter.Rules(notify, roles, _code, Present, (role, field) => $"{role.Local}.Value.{field}", role => $"{role.LocalStem}Offset", "out value, out failure");
        string arguments = string.Join(", ", ParameterNotifyEmitter.Ordered(roles).Select(role => role.IsRequired ? $"{role.Local}.Value" : role.Local)
            .Concat(roles.Where(role => role.NeedsOffset(notify)).Select(role => $"{role.LocalStem}Offset")));
        _code.Line(_isView
            ? $"value = new {notify.Info.ClrName}(data{(arguments.Length > 0 ? ", " + arguments : string.Empty)});"
            : $"value = new {notify.Info.ClrName}({arguments});");
        _code.Line("failure = default;");
        _code.Line("return true;");
        return _code.ToString();
    }

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void TypeField(out string type, out int octets)
    {
        ConstantField first = roles[0].Model.Parameter.Fields.OfType<ConstantField>().First();
        octets = first.Bits / 8;
        string order = roles[0].Model.Parameter.ByteOrder == ByteOrder.BigEndian ? "Big" : "Little";
        type = octets == 1 ? "source[0]" : $"System.Buffers.Binary.BinaryPrimitives.ReadUInt{Invariant(first.Bits)}{order}Endian(source)";
    }

    private bool IsCounted(RoleShape role) =>
        role.Model.Minimum > 0 || role.Model.Maximum is not null
        || notify.Rules.Any(rule => rule.Terms.Any(term => term.Role == role.Model.Info.ClrName));

    private bool IsLocated(RoleShape role) =>
        role.IsProperty && (role.NeedsOffset(notify) || notify.Rules.Any(rule => rule.Kind != RuleKind.SomePresent && rule.Terms.Any(term => term.Role == role.Model.Info.ClrName)));

    private static string Present(RoleShape role) => role.IsProperty ? $"{role.Local}.HasValue" : $"{role.LocalStem}Count > 0";

    private void Parameter(RoleShape[] candidates, CodeBlock code)
    {
        string parameterType = candidates[0].ParameterType;
        string name = CSharpText.Literal(candidates[0].Model.Parameter.Info.Name);
        string local = CSharpText.Identifier(CSharpText.CamelCase(parameterType));
        bool valueNeeded = candidates.Any(role => role.IsProperty || role.Model.Conditions.Count > 0);
        string length = $"{CSharpText.CamelCase(StructEmitter.Stem(candidates[0].Model.Parameter))}Length";
        code.When(
            $"!{parameterType}.TryRead(source, out {(valueNeeded ? $"{parameterType} {local}" : "_")}, out int {length}, out failure)",
            "return FailIn(offset, failure, out value, out failure);");
        bool first = true;
        bool open = true;
        foreach (RoleShape role in candidates)
        {
            string conditions = string.Join(" && ", role.Model.Conditions.Select(condition => $"{(condition.Value ? string.Empty : "!")}{local}.{CSharpText.Identifier(condition.ClrName)}"));
            if (conditions.Length == 0)
            {
                if (!first)
                {
                    code.Next("else");
                }

                Take(role, local, code);
                if (!first)
                {
                    code.Close();
                }

                open = false;
                break;
            }

            string head = $"if ({conditions})";
            if (first)
            {
                code.Open(head);
            }
            else
            {
                code.Next("else " + head);
            }

            Take(role, local, code);
            code.Close();
            first = false;
        }

        if (open)
        {
            code.Next("else");
            code.Line($"return Fail(WireFailureKind.UnexpectedParameter, offset, {name}, \"its flags fit no parameter that this notify takes\", out value, out failure);");
            code.Close();
        }

        code.Line($"offset += {length};");
        code.Line("break;");
    }

    private void Take(RoleShape role, string local, CodeBlock code)
    {
        string name = CSharpText.Literal(role.Model.Info.Name);
        if (role.IsProperty)
        {
            code.When($"{role.Local}.HasValue", $"return Fail(WireFailureKind.BadCount, offset, {name}, \"stands twice\", out value, out failure);");
            code.Line($"{role.Local} = {local};");
        }
        else
        {
            if (role.Model.Maximum is int maximum)
            {
                code.When($"{role.LocalStem}Count == {Invariant(maximum)}", $"return Fail(WireFailureKind.BadCount, offset, {name}, \"stands more than {Invariant(maximum)} times\", out value, out failure);");
            }

            if (IsCounted(role))
            {
                code.Line($"{role.LocalStem}Count++;");
            }
        }

        if (IsLocated(role))
        {
            code.Line($"{role.LocalStem}Offset = offset;");
        }
    }

    private void Counts()
    {
        foreach (RoleShape role in roles.Where(role => role.Model.Minimum > 0))
        {
            string missing = role.IsProperty ? $"!{role.Local}.HasValue" : $"{role.LocalStem}Count < {Invariant(role.Model.Minimum)}";
            string reason = role.Model.Minimum == 1 ? "is missing" : $"stands fewer than {Invariant(role.Model.Minimum)} times";
            _code.When(missing, $"return Fail(WireFailureKind.BadCount, data.Length, {CSharpText.Literal(role.Model.Info.Name)}, \"{reason}\", out value, out failure);");
        }
    }
}
