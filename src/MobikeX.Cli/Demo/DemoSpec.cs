using MobikeX.Cli.Specs;
using MobikeX.Generators;
using MobikeX.Generators.Model;

namespace MobikeX.Cli.Demo;

/// <summary>What the generator makes of the specs, in numbers and in one picture.</summary>
/// <param name="Path">The spec that was read, written alike on every system.</param>
/// <param name="ReadFiles">The spec and the files that it names.</param>
/// <param name="GeneratedLines">Lines of C#.</param>
internal sealed record DemoSpec(string Path, int ReadFiles, int GeneratedFiles, int GeneratedLines, IReadOnlyList<DemoSpecPart> Parts, StructModel Picture)
{
    /// <summary>The parameter that the picture is of: the one in which every action of MOBIKE-X says its address.</summary>
    private const string PictureOf = "IP";

    /// <exception cref="InputException">The spec has errors.</exception>
    public static DemoSpec Load()
    {
        SpecFileSet set = SpecLocator.Find(null);
        SpecCompilation compilation = SpecCompiler.Compile(set.Files);
        string[] errors = [.. compilation.Diagnostics.Where(diagnostic => diagnostic.IsError).Select(diagnostic => diagnostic.ToString())];
        if (errors.Length > 0)
        {
            throw new InputException(errors);
        }

        return new DemoSpec(
            set.Entry.Replace(System.IO.Path.DirectorySeparatorChar, '/'),
            set.Files.Count,
            compilation.Files.Count,
            compilation.Files.Sum(file => file.Text.AsSpan().Count('\n')),
            [.. compilation.Specs.Reverse().Select(DemoSpecPart.Of)],
            compilation.Specs.SelectMany(spec => spec.Structs).First(each => each.Kind == StructKind.Parameter && each.Info.Name == PictureOf));
    }
}

/// <summary>One spec of those that were read.</summary>
/// <param name="Notifies">Those that it defines itself, by the document's names.</param>
/// <param name="States">Of all its machines.</param>
internal sealed record DemoSpecPart(
    string Name, string Title, string Document, int Registries, int Structs, int Parameters, IReadOnlyList<string> Notifies, int Machines, int States, int Errata)
{
    public static DemoSpecPart Of(SpecModel spec) =>
        new(
            spec.Name,
            spec.Title,
            spec.Document,
            spec.Registries.Count,
            spec.Structs.Count(each => each.Kind == StructKind.Struct),
            spec.Structs.Count(each => each.Kind == StructKind.Parameter),
            [.. (spec.NotifySet?.Notifies ?? []).Where(notify => notify.Own).Select(notify => notify.Info.Name)],
            spec.Machines.Count,
            spec.Machines.Sum(machine => machine.States.Count),
            spec.Errata.Count);
}
