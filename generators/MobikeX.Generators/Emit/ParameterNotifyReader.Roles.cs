using MobikeX.Generators.Model;

namespace MobikeX.Generators.Emit;

/// <content>Which role a parameter plays.</content>
internal abstract partial class ParameterNotifyReader
{
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
    private void InPlace(RoleShape[] candidates, FlagPlace[] places, string length)
    {
        string parameterType = candidates[0].ParameterType;
        Code.Line($"int {length};");
        string flags = RoleShape.FlagsOf(candidates[0].Model.Parameter);
        if (places.Length > 0)
        {
            string octet = CSharpText.Invariant(places[0].Octet);
            Code.Line($"uint {flags} = source.Length > {octet} ? source[{octet}] : 0U;");
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
                Code.Open($"if ({test})");
            }
            else
            {
                Code.Next($"else if ({test})");
            }

            Code.When($"!{parameterType}.TryRead{outcome.Call($"source, out value.{role.Storage}, out {length}", StructReader.IsApart(role.Model.Parameter))}", Fails("FailureIn(offset, failure)"));
            Code.Line($"{Has(role)} = true;");
            Locate(role);
            if (AskUnderstood(role, $"value.{role.Storage}") is string ask)
            {
                Code.Line(ask);
            }

            Code.Close();
            first = false;
        }

        Code.Next("else");
        Code.Line(RefuseMisfit(candidates));
        Code.Close();
    }

    private void ThroughLocal(RoleShape[] candidates, string length)
    {
        string parameterType = candidates[0].ParameterType;
        string local = candidates[0].ParameterLocal;
        string? ask = AskUnderstood(candidates[0], local);
        bool valueNeeded = ask is not null || candidates.Any(role => role.IsProperty || role.Model.Conditions.Count > 0);
        Code.When(
            $"!{parameterType}.TryRead{outcome.Call($"source, out {(valueNeeded ? $"{parameterType} {local}" : "_")}, out int {length}", StructReader.IsApart(candidates[0].Model.Parameter))}",
            Fails("FailureIn(offset, failure)"));
        if (ask is not null)
        {
            Code.Line(ask);
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
                    Code.Next("else");
                }

                Take(role, local);
                if (!first)
                {
                    Code.Close();
                }

                open = false;
                break;
            }

            string head = $"if ({conditions})";
            if (first)
            {
                Code.Open(head);
            }
            else
            {
                Code.Next("else " + head);
            }

            Take(role, local);
            Code.Close();
            first = false;
        }

        if (open)
        {
            Code.Next("else");
            Code.Line(Fails(FitsNone(candidates)));
            Code.Close();
        }
    }

    private void Take(RoleShape role, string local)
    {
        string name = CSharpText.Literal(role.Model.Info.Name);
        if (role.IsProperty)
        {
            Code.When(Has(role), Fails(Twice(role)));
            Code.Line($"value.{role.Storage} = {local};");
            Code.Line($"{Has(role)} = true;");
        }
        else
        {
            if (role.Model.Maximum is int maximum)
            {
                Code.When($"{role.LocalStem}Count == {CSharpText.Invariant(maximum)}", Fails($"Failure(WireFailureKind.BadCount, offset, {name}, \"stands more than {CSharpText.Invariant(maximum)} times\")"));
            }

            Count(role);
        }

        Locate(role);
    }
}
