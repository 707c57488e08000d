namespace MobikeX.Analyzers.Tests;

/// <summary>Where a number stands for a value of a generated enum (MBX5005).</summary>
public class NumberTests
{
    [Theory]
    [InlineData("colour == (Colour)1", "colour == Colour.Amber")]
    [InlineData("colour == 0", "colour == Colour.White")]
    [InlineData("(int)colour == 2", "(int)colour == (int)Colour.Red")]
    [InlineData("2 == (byte)colour", "(byte)Colour.Red == (byte)colour")]
    [InlineData("(byte)colour >= 0x03", "(byte)colour >= (byte)Colour.Blue")]
    [InlineData("(int)colour is 1 or > 2", "(int)colour is (int)Colour.Amber or > (int)Colour.Red")]
    [InlineData("(int)colour switch { 1 => true, _ => false }", "(int)colour switch { (int)Colour.Amber => true, _ => false }")]
    [InlineData("(long)colour != 1L", "(long)colour != (long)Colour.Amber")]
    public async Task The_name_takes_the_place_of_the_number(string written, string expected) =>
        Assert.Equal(Expression(expected), await UsageHost.Fix(Expression(written)));

    [Theory]
    [InlineData("colour == (Colour)9")]
    [InlineData("colour == Colour.Amber")]
    [InlineData("(int)colour == 9")]
    [InlineData("(int)colour + 1 > size")]
    [InlineData("size == 1")]
    [InlineData("size is 1 or 2")]
    [InlineData("(int)colour is 9")]
    [InlineData("size == (int)(System.DayOfWeek)1")]
    [InlineData("colour == (Colour)size")]
    [InlineData("(char)colour == 'x'")]
    public async Task What_has_no_name_or_is_no_number_of_the_enum_is_left_alone(string written) =>
        Assert.Empty(await UsageHost.Analyze(Expression(written)));

    [Fact]
    public async Task A_case_is_a_comparison() => Assert.Equal(
        "using Lamps; class User { void Of(Colour colour) { switch ((int)colour) { case (int)Colour.Amber: break; } } }",
        await UsageHost.Fix("using Lamps; class User { void Of(Colour colour) { switch ((int)colour) { case 1: break; } } }"));

    [Fact]
    public async Task A_code_point_is_named_wherever_the_cast_stands()
    {
        // The code of SHINE, as the spec of the pages has it.
        string fixedText = await UsageHost.Fix("class User { Carrier.NotifyType Of(int size) => size > 9 ? (Carrier.NotifyType)16385 : (Carrier.NotifyType)16384; }");

        Assert.Equal("class User { Carrier.NotifyType Of(int size) => size > 9 ? Carrier.NotifyType.Shine : Carrier.NotifyType.Ping; }", fixedText);
    }

    private static string Expression(string expression) => $"using Lamps; class User {{ bool Of(Colour colour, int size) => {expression}; }}";
}
