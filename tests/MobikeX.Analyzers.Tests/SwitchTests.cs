namespace MobikeX.Analyzers.Tests;

/// <summary>When a switch over a generated enum is meant to be whole, and when it is not (MBX5001, MBX5002).</summary>
public class SwitchTests
{
    [Theory]
    [InlineData("case Colour.White: break; case Colour.Amber: break;")]
    [InlineData("case Colour.White: break;")]
    [InlineData("")]
    public async Task A_statement_that_names_no_more_than_it_leaves_out_picks(string cases) => Assert.Empty(await Statement(cases));

    [Theory]
    [InlineData("case Colour.White: case Colour.Amber: case Colour.Red: break;")]
    [InlineData("case Colour.White or Colour.Amber or Colour.Red: break;")]
    [InlineData("case Colour.White when flag: case Colour.Amber: case Colour.Red: break;")]
    public async Task One_that_names_most_is_meant_to_be_whole(string cases) => Assert.Equal(["MBX5001 Blue"], await Statement(cases));

    [Theory]
    [InlineData("case Colour.White: case Colour.Amber: case Colour.Red: break; default: break;")]
    [InlineData("case Colour.White: case Colour.Amber: case Colour.Red: break; case var other: break;")]
    public async Task A_default_says_that_the_rest_is_meant(string cases) => Assert.Equal(["MBX5002 Blue"], await Statement(cases));

    [Theory]
    [InlineData("case Colour.White: break; default: break;")]
    [InlineData("case Colour.White: case Colour.Amber: case Colour.Red: break; case > Colour.Red: break;")]
    [InlineData("case Colour.White: case Colour.Amber: case Colour.Red: break; case not Colour.White: break;")]
    [InlineData("case Colour.White: case Colour.Amber: case Colour.Red: case Colour.Blue: break;")]
    [InlineData("case Colour.White: case Colour.Amber: case Colour.Red: break; case var other when flag: break;")]
    public async Task Nothing_is_said_where_nothing_is_certain(string cases) => Assert.Empty(await Statement(cases));

    [Theory]
    [InlineData("Colour.White => 1", "MBX5001 Amber Red Blue")]
    [InlineData("Colour.White => 1, Colour.Amber or Colour.Red => 2, Colour.Blue when flag => 3", "")]
    [InlineData("Colour.White => 1, _ => 2", "")]
    [InlineData("Colour.White => 1, Colour.Amber or Colour.Red => 2, _ => 3", "MBX5002 Blue")]
    public async Task An_expression_without_a_discard_is_meant_to_be_whole(string arms, string expected)
    {
        string found = string.Join("; ", (await UsageHost.Analyze($"using Lamps; class User {{ int Of(Colour colour, bool flag) => colour switch {{ {arms} }}; }}")).Select(Short));

        Assert.Equal(expected, found);
    }

    [Fact]
    public async Task The_enum_may_be_nullable_and_of_another_assembly() => Assert.Equal(
        ["MBX5001 Blue"],
        (await UsageHost.AnalyzeReferencing("using Lamps; class User { void Of(Colour? colour) { switch (colour) { case null: case Colour.White: case Colour.Amber: case Colour.Red: break; } } }")).Select(Short));

    [Fact]
    public async Task The_states_and_events_of_a_machine_are_enums_too() => Assert.Equal(
        ["MBX5001 Lit"],
        (await UsageHost.Analyze("using Lamps; class User { int Of(LampState state) => state switch { LampState.Dark => 0 }; }")).Select(Short));

    [Fact]
    public async Task Other_enums_are_left_alone() => Assert.Empty(
        await UsageHost.Analyze("enum Shape { Round, Square, Flat } class User { void Of(Shape shape) { switch (shape) { case Shape.Round: case Shape.Square: break; } } }"));

    [Fact]
    public async Task The_missing_arms_come_before_the_discard_and_after_the_last_comma()
    {
        const string source = """
            class User
            {
                int Of(Lamps.Colour colour) => colour switch
                {
                    Lamps.Colour.White => 0,
                    Lamps.Colour.Red => 2
                };
            }

            """;

        string whole = source.Replace(
            "Lamps.Colour.Red => 2",
            """
            Lamps.Colour.Red => 2,
                    Lamps.Colour.Amber => throw new System.NotImplementedException(),
                    Lamps.Colour.Blue => throw new System.NotImplementedException(),
            """,
            StringComparison.Ordinal);

        Assert.Equal(whole.ReplaceLineEndings("\n"), await UsageHost.Fix(source.ReplaceLineEndings("\n")));
    }

    [Fact]
    public async Task The_missing_cases_join_the_default() => Assert.Contains(
        "            case Lamps.Colour.Blue:\n            default:\n                return 0;\n",
        await UsageHost.Fix("""
            class User
            {
                int Of(Lamps.Colour colour)
                {
                    switch (colour)
                    {
                        case Lamps.Colour.White:
                        case Lamps.Colour.Amber:
                        case Lamps.Colour.Red:
                            return 1;
                        default:
                            return 0;
                    }
                }
            }
            """.ReplaceLineEndings("\n")),
        StringComparison.Ordinal);

    [Fact]
    public async Task A_fix_leaves_what_is_there_as_it_is_written() => Assert.Equal(
        """
        class User
        {
            int Of(Lamps.Colour colour) => colour switch
            {
                Lamps.Colour.White  => 0, // all
                Lamps.Colour.Amber  => 1,
                Lamps.Colour.Red    => 2, // one
                Lamps.Colour.Blue => throw new System.NotImplementedException(),
            };

            int More(Lamps.Colour colour)
            {
                switch (colour)
                {
                    case Lamps.Colour.White:  return 0;
                    case Lamps.Colour.Amber:  return 1;
                    case Lamps.Colour.Red:    return 2;
                    case Lamps.Colour.Blue:
                    // the rest
                    default:                  return 3;
                }
            }
        }
        """.ReplaceLineEndings("\n"),
        await UsageHost.Fix("""
            class User
            {
                int Of(Lamps.Colour colour) => colour switch
                {
                    Lamps.Colour.White  => 0, // all
                    Lamps.Colour.Amber  => 1,
                    Lamps.Colour.Red    => 2 // one
                };

                int More(Lamps.Colour colour)
                {
                    switch (colour)
                    {
                        case Lamps.Colour.White:  return 0;
                        case Lamps.Colour.Amber:  return 1;
                        case Lamps.Colour.Red:    return 2;
                        // the rest
                        default:                  return 3;
                    }
                }
            }
            """.ReplaceLineEndings("\n")));

    [Theory]
    [InlineData("switch (colour) { case Lamps.Colour.White: case Lamps.Colour.Amber: case Lamps.Colour.Red: return 1; case var other: return (int)other; }")]
    [InlineData("return colour switch { Lamps.Colour.White or Lamps.Colour.Amber or Lamps.Colour.Red => 1, var other => (int)other };")]
    public async Task Where_a_name_takes_the_rest_there_is_no_fix(string statement)
    {
        string source = $"class User {{ int Of(Lamps.Colour colour) {{ {statement} }} }}";

        Assert.Contains("MBX5002", Assert.Single(await UsageHost.Analyze(source)), StringComparison.Ordinal);
        Assert.Equal(source, await UsageHost.Fix(source));
    }

    private static async Task<IEnumerable<string>> Statement(string cases) => (await UsageHost.Analyze(
        $"using Lamps; class User {{ void Of(Colour colour, bool flag) {{ switch (colour) {{ {cases} }} }} }}")).Select(Short);

    /// <summary>The id, and the members that are named as missing.</summary>
    private static string Short(string finding)
    {
        string[] parts = finding.Split(": ");
        string id = parts[1].Split(' ')[1];
        return string.Join(' ', finding.Split('\'').Where((_, index) => index % 2 == 1).Skip(1).Prepend(id));
    }
}
