using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace MobikeX.Benchmarks;

/// <summary>
/// A build of a project that adds the package and the specs of the repository, beside one that has the generated files as sources: what is
/// compiled is the same, so the difference is the generator's. Each is built from nothing, and after an edit of its C# and of its YAML.
/// </summary>
internal static class BuildLoop
{
    private const int Rounds = 3;

    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <NoWarn>$(NoWarn);CS1591</NoWarn>
          </PropertyGroup>
          <ItemGroup>
            {0}
          </ItemGroup>
        </Project>
        """;

    public static void Run(string packages)
    {
        string root = Directory.CreateTempSubdirectory("mobikex-build-").FullName;
        try
        {
            string version = typeof(BuildLoop).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
            File.WriteAllText(Path.Combine(root, "Directory.Build.props"), "<Project />");
            File.WriteAllText(
                Path.Combine(root, "nuget.config"),
                $"<configuration><packageSources><add key=\"packed\" value=\"{Path.GetFullPath(packages)}\" /></packageSources></configuration>");
            string with = Create(root, "With", $"<PackageReference Include=\"MobikeX.Toolkit\" Version=\"{version}\" /><MobikeXSpec Include=\"spec/**/*.yaml\" />");
            string without = Create(root, "Without", $"<PackageReference Include=\"MobikeX.Runtime\" Version=\"{version}\" />");
            CopySpecs(Path.Combine(with, "spec"));
            Dotnet(root, "restore", with);
            Dotnet(root, "restore", without);

            // The sources of the one are what the other generates.
            Build(root, with, "-p:EmitCompilerGeneratedFiles=true", $"-p:CompilerGeneratedFilesOutputPath={Path.Combine(root, "generated")}");
            foreach (string file in Directory.EnumerateFiles(Path.Combine(root, "generated"), "MobikeX.*.cs", SearchOption.AllDirectories))
            {
                File.Copy(file, Path.Combine(without, Path.GetFileName(file)));
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"median of " + Rounds,-24}{"with",10}{"without",10}{"ratio",8}"));
            Compare("rebuild", () => Time(() => Build(root, with, "-t:Rebuild")), () => Time(() => Build(root, without, "-t:Rebuild")));
            Compare("edit of C#", () => Edited(root, with, "Edited.cs", "// "), () => Edited(root, without, "Edited.cs", "// "));
            Compare("edit of YAML", () => Edited(root, with, Path.Combine("spec", "mobikex.yaml"), "# "), without: null);
            Compare("nothing to do", () => Time(() => Build(root, with)), () => Time(() => Build(root, without)));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static void Compare(string what, Func<double> with, Func<double>? without)
    {
        List<double> ours = [], others = [];
        for (int round = 0; round < Rounds; round++)
        {
            // Side by side, so that what else the machine does weighs on both.
            ours.Add(with());
            if (without is not null)
            {
                others.Add(without());
            }
        }

        string rival = without is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{Median(others),8:F2} s{Median(ours) / Median(others),8:F2}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-24}{Median(ours),8:F2} s{rival}"));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static double Edited(string root, string project, string file, string comment)
    {
        File.AppendAllText(Path.Combine(project, file), comment + Guid.NewGuid() + "\n");
        return Time(() => Build(root, project));
    }

    private static double Time(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static string Create(string root, string name, string items)
    {
        string folder = Directory.CreateDirectory(Path.Combine(root, name)).FullName;
        File.WriteAllText(Path.Combine(folder, name + ".csproj"), string.Format(CultureInfo.InvariantCulture, Project, items));
        File.WriteAllText(Path.Combine(folder, "Edited.cs"), "// edited by the benchmark\n");
        File.WriteAllText(Path.Combine(folder, "Usings.cs"), "global using System;\n");
        return folder;
    }

    private static void CopySpecs(string folder)
    {
        string from = Path.Combine(AppContext.BaseDirectory, "spec");
        foreach (string file in Directory.EnumerateFiles(from, "*.yaml", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "requirements.yaml"))
        {
            string target = Path.Combine(folder, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static void Build(string root, string project, params string[] more) => Dotnet(root, ["build", project, "--no-restore", "-v:q", .. more]);

    private static void Dotnet(string root, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = root, RedirectStandardOutput = true };
        start.Environment["NUGET_PACKAGES"] = Path.Combine(root, "cache");
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(output);
        }
    }
}
