using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Emit;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Tests;

/// <summary>No exception leaves the generator: it becomes MBX9001, and the other files are generated.</summary>
public class DiagnosticInternalTests
{
    [Fact]
    public void An_exception_of_the_emitter_is_a_diagnostic()
    {
        RenderedFile rendered = CompilationStages.Render(new PlannedFile(new UnknownUnit("Demo.Unknown.g.cs"), null));

        Assert.Null(rendered.File);
        Assert.Equal("MBX9001", rendered.Fault!.Id);
        Assert.StartsWith("The generator failed on Demo.Unknown.g.cs, which is a fault of its own: ArgumentOutOfRangeException: ", rendered.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_keeps_to_one_line_and_says_what_was_worked_on()
    {
        SpecDiagnostic fault = InternalFault.Of("demo", SpecSpan.Top("demo.yaml"), new InvalidOperationException("first\r\nsecond"));

        Assert.Equal("demo.yaml:1:1: error MBX9001: The generator failed on demo, which is a fault of its own: InvalidOperationException: first  second", fault.ToString());
    }

    private sealed record UnknownUnit(string HintName) : OutputUnit(HintName);
}
