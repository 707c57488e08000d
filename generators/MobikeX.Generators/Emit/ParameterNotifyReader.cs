using MobikeX.Generators.Model;

namespace MobikeX.Generators.Emit;

/// <summary>The body of <c>TryRead</c> of a notify with parameters, or of what tells why it refuses: each takes the first role that it fits, and then all are checked together.</summary>
internal sealed class ParameterNotifyReader(NotifyModel notify, RoleShape[] roles, string registry, string type, ReaderOutcome outcome)
{
    private readonly CodeBlock _code = new();
    private readonly bool _keepsData = notify.IsView && outcome.GivesValue;
    private readonly bool _tellsUnderstood = outcome.GivesValue && ParameterNotifyEmitter.TellsUnderstood(notify);
    private readonly RoleShape[] _seen = outcome.GivesReason ? [] : SeenOnly(notify, roles);
    private readonly List<(RoleShape[] Roles, string Method)> _misfits = [];

    public string Body()
    {
        if (outcome.GivesValue)
        {
            _code.Line("value = default;");
        }
        else if (roles.Any(role => role.IsProperty))
        {
            _code.Line($"{type} value = default;");
        }

        if (!outcome.GivesValue)
        {
            _code.Line("WireFailure failure;");
        }

        if (_keepsData)
        {
            _code.Line("value._data = data;");
            _code.Line("value._isRead = true;");
        }

        if (_tellsUnderstood)
        {
            _code.Line("value._isUnderstood = true;");
        }

        if (_seen.Length > 0)
        {
            _code.Line("uint seen = 0;");
        }

        foreach (RoleShape role in roles)
        {
            if (role.IsRequired)
            {
                _code.Line($"bool {role.LocalStem}Read = false;");
            }
            else if (!role.IsProperty && IsCounted(role) && !_seen.Contains(role))
            {
                _code.Line($"int {role.LocalStem}Count = 0;");
            }

            if (outcome.GivesReason && role.IsLocated(notify) && !role.NeedsOffset(notify))
            {
                _code.Line($"int {role.LocalStem}Offset = 0;");
            }
        }

        // Where parameters stand is asked by failures alone: else it is enough to know what is left.
        if (outcome.GivesReason)
        {
            _code.Line("int offset = 0;");
            _code.Open("while (offset < data.Length)");
            _code.Line("ReadOnlySpan<byte> source = data.Slice(offset);");
        }
        else
        {
            _code.Line("ReadOnlySpan<byte> source = data;");
            _code.Open("while (!source.IsEmpty)");
        }

        TypeField(out string first, out int octets);
        if (octets > 1)
        {
            _code.When($"source.Length < {CSharpText.Invariant(octets)}", Fails("Failure(WireFailureKind.Truncated, data.Length, string.Empty, \"the input ends here\")"));
        }

        _code.Open($"switch (({registry}){first})");
        foreach (IGrouping<string, RoleShape> group in roles.GroupBy(role => role.ParameterType))
        {
            _code.Case($"case {group.Key}.Type:", code => Parameter(group.ToArray(), code));
        }

        _code.Case("default:", code => code.Line(Fails("FailureOfType(data, offset)")));
        _code.Close();
        _code.Close();
        Counts();
        if (_seen.Length > 0)
        {
            foreach (RuleModel rule in notify.Rules)
            {
                _code.When($"(seen & {SeenBits(rule.Terms.Select(term => term.Role))}) == 0", Fails(string.Empty));
            }
        }
        else if (outcome.GivesReason || !ChecksRulesTogether)
        {
            ParameterNotifyEmitter.Rules(notify, roles, _code, Present, Kept, Offset, Fails);
        }
        else
        {
            _code.Open(RuleTest.Of(notify, roles)).Line(Fails(string.Empty)).Close();
        }

        return _code.Line(outcome.Done).ToString();
    }

    // What is read is asked once whether it keeps all rules, and which it breaks only where it does not.
    private bool ChecksRulesTogether { get; } = !notify.IsView && notify.Rules.Sum(rule => rule.Kind == RuleKind.SomePresent ? 1 : rule.Terms.Count - 1) > 1;

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

    // Where rules only ask whether one of several roles was there, a bit each is enough: counts would take a register each.
    private static RoleShape[] SeenOnly(NotifyModel notify, RoleShape[] roles)
    {
        RoleShape[] asked = roles.Where(role => notify.Rules.Any(rule => rule.Terms.Any(term => term.Role == role.Model.Info.ClrName))).ToArray();
        return asked.Length <= 32
            && notify.Rules.All(rule => rule.Kind == RuleKind.SomePresent)
            && asked.All(role => !role.IsProperty && role.Model.Minimum == 0 && role.Model.Maximum is null)
            ? asked
            : [];
    }

    private string SeenBits(IEnumerable<string> clrNames) =>
        CSharpText.Mask(clrNames.Aggregate(0UL, (bits, name) => bits | (1UL << Array.FindIndex(_seen, role => role.Model.Info.ClrName == name))));

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

        code.Line(outcome.GivesReason ? $"offset += {length};" : $"source = source.Slice({length});");
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

            code.When($"!{parameterType}.TryRead{outcome.Call($"source, out value.{role.Storage}, out {length}", StructReader.IsApart(role.Model.Parameter))}", Fails("FailureIn(offset, failure)"));
            code.Line($"{Has(role)} = true;");
            Locate(role, code);
            if (_tellsUnderstood && StructEmitter.MayNotBeUnderstood(role.Model.Parameter))
            {
                code.Line($"value._isUnderstood &= {ParameterNotifyEmitter.IsUnderstood($"value.{role.Storage}", role)};");
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

    private string Fails(string failure) => outcome.Refused(failure, string.Empty);

    private void ThroughLocal(RoleShape[] candidates, string length, CodeBlock code)
    {
        string parameterType = candidates[0].ParameterType;
        string local = CSharpText.Identifier(CSharpText.CamelCase(parameterType));
        bool asksUnderstood = _tellsUnderstood && StructEmitter.MayNotBeUnderstood(candidates[0].Model.Parameter);
        bool valueNeeded = asksUnderstood || candidates.Any(role => role.IsProperty || role.Model.Conditions.Count > 0);
        code.When(
            $"!{parameterType}.TryRead{outcome.Call($"source, out {(valueNeeded ? $"{parameterType} {local}" : "_")}, out int {length}", StructReader.IsApart(candidates[0].Model.Parameter))}",
            Fails("FailureIn(offset, failure)"));
        if (asksUnderstood)
        {
            code.Line($"value._isUnderstood &= {ParameterNotifyEmitter.IsUnderstood(local, candidates[0])};");
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

            if (_seen.Contains(role))
            {
                code.Line($"seen |= {SeenBits([role.Model.Info.ClrName])};");
            }
            else if (IsCounted(role))
            {
                code.Line($"{role.LocalStem}Count++;");
            }
        }

        Locate(role, code);
    }

    private void Locate(RoleShape role, CodeBlock code)
    {
        if (role.NeedsOffset(notify) || (outcome.GivesReason && role.IsLocated(notify)))
        {
            code.Line($"{Offset(role)} = {(outcome.GivesReason ? "offset" : "data.Length - source.Length")};");
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
