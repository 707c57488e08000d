namespace MobikeX.Analyzers.Tests;

/// <summary>Which methods of a handler were for what the spec no longer has (MBX5003, MBX5004).</summary>
public class HandlerTests
{
    [Theory]
    [InlineData("public void OnDim(in DimNotify notify) { }", "'OnDim' implements nothing: 'INotifyHandler' has no method for such a notify")]
    [InlineData("public void OnDim(DimNotify notify) { }", "'OnDim' implements nothing: 'INotifyHandler' has no method for such a notify")]
    [InlineData("public void OnShine(in ShineNotify notify, int more) { }", "")]
    [InlineData("public void OnDimmed() { }", "")]
    [InlineData("public void Reset(in ShineNotify notify) { }", "")]
    [InlineData("private void OnDim(in DimNotify notify) { }", "")]
    public async Task A_method_in_the_form_of_a_notify(string method, string expected)
    {
        string[] found = [.. (await UsageHost.Analyze(Handler(method))).Select(finding => finding.Split("MBX5003: ")[1])];

        Assert.Equal(expected.Length == 0 ? [] : [expected], found);
    }

    [Fact]
    public async Task A_renamed_notify_is_named_and_its_method_is_kept()
    {
        string source = Handler("").Replace("OnShine", "OnDim", StringComparison.Ordinal).Replace("ShineNotify", "DimNotify", StringComparison.Ordinal);

        string finding = Assert.Single(await UsageHost.Analyze(source));
        Assert.EndsWith("; not implemented yet: 'OnShine'", finding, StringComparison.Ordinal);
        Assert.Equal(source, await UsageHost.Fix(source));
    }

    [Theory]
    [InlineData("public bool Cold() => true;", "MBX5004")]
    [InlineData("public void Dim() { }", "MBX5004")]
    [InlineData("public int Count() => 1;", "")]
    [InlineData("public bool Cold(int degrees) => true;", "")]
    [InlineData("public static bool Cold() => true;", "")]
    [InlineData("bool Cold() => true;", "")]
    [InlineData("public override string ToString() => \"\";", "")]
    [InlineData("public bool Cold() => true; public bool Mild() => Cold();", "MBX5004")]
    public async Task A_method_in_the_form_of_a_guard_or_an_action(string method, string expected)
    {
        IReadOnlyList<string> found = await UsageHost.Analyze($"using Lamps; class Bulb : ILampHandler {{ public bool Hot() => false; public void Light() {{ }} {method} }}");

        Assert.Equal(expected, string.Join(' ', found.Select(finding => finding.Split(' ')[2].TrimEnd(':'))));
    }

    [Fact]
    public async Task What_something_calls_or_another_project_may_call_is_left_alone()
    {
        const string steps = "ILampHandler { public bool Hot() => false; public void Light() { } public void Dispose() { } public void Reset() { }";

        Assert.Empty(await UsageHost.Analyze($"using Lamps; class Bulb : {steps} }} class User {{ void Of(Bulb bulb) {{ bulb.Reset(); System.Action end = bulb.Dispose; }} }}"));
        Assert.Empty(await UsageHost.Analyze($"using Lamps; public class Bulb : {steps} }}"));
        Assert.Empty(await UsageHost.Analyze("using Lamps; class Bulb : ILampHandler, System.IDisposable { public bool Hot() => false; public void Light() { } public void Dispose() { } }"));
    }

    private static string Handler(string method) => $$"""
        using Carrier;
        using Lamps;
        using MobikeX.Runtime;

        struct Lamp : Lamps.INotifyHandler
        {
            public void OnPing(in PingNotify notify) { }
            public void OnShine(in ShineNotify notify) { }
            public void OnMalformed(in NotifyPayload payload, in WireFailure failure) { }
            public void OnOther(in NotifyPayload payload) { }
            {{method}}
        }
        """;
}
