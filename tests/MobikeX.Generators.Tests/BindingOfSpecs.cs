using MobikeX.Generators.Model;

namespace MobikeX.Generators.Tests;

/// <summary>Binds sections of a spec that has no fault.</summary>
internal static class BindingOfSpecs
{
    public static SpecModel Demo(string sections) => Specs(sections).Single(s => s.Name == "demo");

    public static IReadOnlyList<SpecModel> Specs(string sections)
    {
        SpecCompilation compilation = SpecCompiler.Compile(SpecSources.Demo(sections));
        Assert.Empty(compilation.Diagnostics);
        return compilation.Specs;
    }
}
