using MobikeX.Generators.Model;

namespace MobikeX.Generators.Emit;

/// <summary>The body of <c>TryRead</c> of a notify with parameters: each takes the first role that it fits, and then all are checked together.</summary>
internal sealed class ParameterNotifyReader(NotifyModel notify, RoleShape[] roles, string registry)
{
    private readonly CodeBlock _code = new();
    private readonly bool _isView = notify.IsView;
    private readonly bool _tellsUnderstood = ParameterNotifyEmitter.TellsUnderstood(notify);
    private readonly List<(RoleShape[] Roles, string Method)> _misfits = [];

    public string Body()
    {
        _code.Line("value = default;");
        if (_isView)
        {
            _code.Line("value._data = data;");
            _code.Line("value._isRead = true;");
        }

        if (_tellsUnderstood)
        {
            _code.Line("value._isUnderstood = true;");
        }

        foreach (RoleShape role in roles)
        {
            if (role.IsRequired)
            {
                _code.Line($"bool {role.LocalStem}Read = false;");
            }
            else if (!role.IsProperty && IsCounted(role))
            {
                _code.Line($"int {role.LocalStem}Count = 0;");
            }

            if (role.IsLocated(notify) && !role.NeedsOffset(notify))
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
            _code.When($"source.Length < {CSharpText.Invariant(octets)}", Fails("Failure(WireFailureKind.Truncated, data.Length, string.Empty, \"the input ends here\")"));
        }

        _code.Open($"switch (({registry}){type})");
        foreach (IGrouping<string, RoleShape> group in roles.GroupBy(role => role.ParameterType))
        {
            _code.Case($"case {group.Key}.Type:", code => Parameter(group.ToArray(), code));
        }

        _code.Case("default:", code => code.Line(Fails("FailureOfType(data, offset)")));
        _code.Close();
        _code.Close();
        Counts();
        if (!ChecksRulesTogether)
        {
            ParameterNotifyEmitter.Rules(notify, roles, _code, Present, Kept, Offset, Fails);
        }

        _code.Line("failure = default;");
        _code.Line("return true;");
        return _code.ToString();
    }

    /// <summary>True where what is read is asked once whether it keeps all rules, and which it breaks only where it does not.</summary>
    public bool ChecksRulesTogether { get; } = !notify.IsView && notify.Rules.Sum(rule => rule.Kind == RuleKind.SomePresent ? 1 : rule.Terms.Count - 1) > 1;

    /// <summary>The failure of the first rule that is broken.</summary>
    public string FailureOfRules()
    {
        CodeBlock code = new();
        ParameterNotifyEmitter.Rules(notify, roles, code, role => role.IsRequired ? "true" : Has(role), Kept, Offset, static failure => $"return {failure};");
        return code.Line("return default;").ToString();
    }

    private static string Kept(RoleShape role, string field) => $"value.{role.Storage}.{field}";

    private void TypeField(out string type, out int octets)
    {
        ConstantField first = roles[0].Model.Parameter.Fields.OfType<ConstantField>().First();
        octets = first.Bits / 8;
        string order = roles[0].Model.Parameter.ByteOrder == ByteOrder.BigEndian ? "Big" : "Little";
        type = octets == 1 ? "source[0]" : $"System.Buffers.Binary.BinaryPrimitives.ReadUInt{CSharpText.Invariant(first.Bits)}{order}Endian(source)";
    }

    private bool IsCounted(RoleShape role) =>
        role.Model.Minimum > 0 || role.Model.Maximum is not null
        || notify.Rules.Any(rule => rule.Terms.Any(term => term.Role == role.Model.Info.ClrName));

    private static string Present(RoleShape role) => role.IsProperty ? Has(role) : $"{role.LocalStem}Count > 0";

    private static string Has(RoleShape role) => role.IsRequired ? $"{role.LocalStem}Read" : $"value.{role.Has}";

    private string Offset(RoleShape role) => role.NeedsOffset(notify) ? $"value.{role.OffsetStorage}" : $"{role.LocalStem}Offset";

    /// <summary>What tells in one method a call why a parameter fits no role that is still free.</summary>
    public IEnumerable<(string Method, string ParameterType, string Body)> Misfits() =>
        _misfits.Select(misfit => (misfit.Method, misfit.Roles[0].ParameterType, Misfit(misfit.Roles)));

    private void Parameter(RoleShape[] candidates, CodeBlock code)
    {
        string length = $"{CSharpText.CamelCase(StructEmitter.Stem(candidates[0].Model.Parameter))}Length";
        if (candidates.All(role => role.IsProperty) && Places(candidates) is FlagPlace[] places)
        {
            InPlace(candidates, places, length, code);
        }
        else
        {
            ThroughLocal(candidates, length, code);
        }

        code.Line($"offset += {length};");
        code.Line("break;");
    }

    /// <summary>The places of all flags that choose between the roles, in one octet; null where that cannot be, empty where no flag chooses.</summary>
    private static FlagPlace[]? Places(RoleShape[] candidates)
    {
        List<FlagPlace> places = [];
        foreach (RoleShape role in candidates)
        {
            foreach (FlagCondition condition in role.Model.Conditions)
            {
                if (FlagPlace.Of(role.Model.Parameter, condition.ClrName) is not FlagPlace place || place.Octet != (places.Count == 0 ? place : places[0]).Octet)
                {
                    return null;
                }

                places.Add(place);
            }
        }

        return places.ToArray();
    }

    // The flags are looked at first, so that the parameter is read once, to where it stays.
    private void InPlace(RoleShape[] candidates, FlagPlace[] places, string length, CodeBlock code)
    {
        string parameterType = candidates[0].ParameterType;
        string misfit = "FailureFor" + StructEmitter.Stem(candidates[0].Model.Parameter);
        _misfits.Add((candidates, misfit));
        code.Line($"int {length};");
        string flags = CSharpText.CamelCase(StructEmitter.Stem(candidates[0].Model.Parameter)) + "Flags";
        if (places.Length > 0)
        {
            string octet = CSharpText.Invariant(places[0].Octet);
            code.Line($"uint {flags} = source.Length > {octet} ? source[{octet}] : 0U;");
        }

        bool first = true;
        foreach (RoleShape role in candidates)
        {
            string test = $"!{Has(role)}";
            if (role.Model.Conditions.Count > 0)
            {
                int mask = 0;
                int set = 0;
                foreach (FlagCondition condition in role.Model.Conditions)
                {
                    int bit = FlagPlace.Of(role.Model.Parameter, condition.ClrName)!.Mask;
                    mask |= bit;
                    set |= condition.Value ? bit : 0;
                }

                test = $"({flags} & {CSharpText.Mask((ulong)mask)}) == {CSharpText.Mask((ulong)set)} && {test}";
            }

            if (first)
            {
                code.Open($"if ({test})");
            }
            else
            {
                code.Next($"else if ({test})");
            }

            code.When($"!{parameterType}.TryRead(source, out value.{role.Storage}, out {length}, out failure)", Fails("FailureIn(offset, failure)"));
            code.Line($"{Has(role)} = true;");
            if (role.IsLocated(notify) || role.NeedsOffset(notify))
            {
                code.Line($"{Offset(role)} = offset;");
            }

            if (_tellsUnderstood && StructEmitter.MayNotBeUnderstood(role.Model.Parameter))
            {
                code.Line($"value._isUnderstood &= value.{role.Storage}.Understands(out _);");
            }

            code.Close();
            first = false;
        }

        code.Next("else");
        code.Line(Fails($"{misfit}(source, offset)"));
        code.Close();
    }

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

    private static string Conditions(RoleShape role, string local) =>
        string.Join(" && ", role.Model.Conditions.Select(condition => $"{(condition.Value ? string.Empty : "!")}{local}.{CSharpText.Identifier(condition.ClrName)}"));

    private static string FitsNone(RoleShape[] candidates) =>
        $"Failure(WireFailureKind.UnexpectedParameter, offset, {CSharpText.Literal(candidates[0].Model.Parameter.Info.Name)}, \"its flags fit no parameter that this notify takes\")";

    private static string Twice(RoleShape role) =>
        $"Failure(WireFailureKind.BadCount, offset, {CSharpText.Literal(role.Model.Info.Name)}, \"stands twice\")";

    // The outputs are set here and not by a method that makes the failure: where the reader is inlined they can then stay in registers.
    // The failure comes first, which may ask the value where a parameter was.
    private static string Fails(string failure) => $"failure = {failure};\nvalue = default;\nreturn false;";

    private void ThroughLocal(RoleShape[] candidates, string length, CodeBlock code)
    {
        string parameterType = candidates[0].ParameterType;
        string local = CSharpText.Identifier(CSharpText.CamelCase(parameterType));
        bool asksUnderstood = _tellsUnderstood && StructEmitter.MayNotBeUnderstood(candidates[0].Model.Parameter);
        bool valueNeeded = asksUnderstood || candidates.Any(role => role.IsProperty || role.Model.Conditions.Count > 0);
        code.When(
            $"!{parameterType}.TryRead(source, out {(valueNeeded ? $"{parameterType} {local}" : "_")}, out int {length}, out failure)",
            Fails("FailureIn(offset, failure)"));
        if (asksUnderstood)
        {
            code.Line($"value._isUnderstood &= {local}.Understands(out _);");
        }

        bool first = true;
        bool open = true;
        foreach (RoleShape role in candidates)
        {
            string conditions = Conditions(role, local);
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
            code.Line(Fails(FitsNone(candidates)));
            code.Close();
        }
    }

    private void Take(RoleShape role, string local, CodeBlock code)
    {
        string name = CSharpText.Literal(role.Model.Info.Name);
        if (role.IsProperty)
        {
            code.When(Has(role), Fails(Twice(role)));
            code.Line($"value.{role.Storage} = {local};");
            code.Line($"{Has(role)} = true;");
        }
        else
        {
            if (role.Model.Maximum is int maximum)
            {
                code.When($"{role.LocalStem}Count == {CSharpText.Invariant(maximum)}", Fails($"Failure(WireFailureKind.BadCount, offset, {name}, \"stands more than {CSharpText.Invariant(maximum)} times\")"));
            }

            if (IsCounted(role))
            {
                code.Line($"{role.LocalStem}Count++;");
            }
        }

        if (role.IsLocated(notify) || role.NeedsOffset(notify))
        {
            code.Line($"{Offset(role)} = offset;");
        }
    }

    private void Counts()
    {
        foreach (RoleShape role in roles.Where(role => role.Model.Minimum > 0))
        {
            string missing = role.IsProperty ? "!" + Has(role) : $"{role.LocalStem}Count < {CSharpText.Invariant(role.Model.Minimum)}";
            string reason = role.Model.Minimum == 1 ? "is missing" : $"stands fewer than {CSharpText.Invariant(role.Model.Minimum)} times";
            _code.When(missing, Fails($"Failure(WireFailureKind.BadCount, data.Length, {CSharpText.Literal(role.Model.Info.Name)}, \"{reason}\")"));
        }
    }
}
