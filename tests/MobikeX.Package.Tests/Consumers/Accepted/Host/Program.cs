using System.Reflection;
using MobikeX.Runtime;
using YamlDotNet.RepresentationModel;

// A program that reads YAML by a YamlDotNet of its own, and then has the compiler run in its process, with the generator.
var yaml = new YamlStream();
yaml.Load(new StringReader("host: has read YAML"));

string Said(string key) => Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
bool IsManaged(string path) => new System.Reflection.PortableExecutable.PEReader(File.OpenRead(path)).HasMetadata;

string platform = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
string[] call =
[
    "-noconfig", "-target:library", "-nullable:enable", "-warnaserror+", $"-out:{args[0]}/Hosted.dll", $"-additionalfile:{args[1]}", args[2],
    .. Directory.EnumerateFiles(Path.Combine(Said("Toolkit"), "analyzers", "dotnet", "cs"), "*.dll").Select(path => $"-analyzer:{path}"),
    .. Directory.EnumerateFiles(platform, "*.dll").Append(typeof(WireFailure).Assembly.Location).Where(IsManaged).Select(path => $"-reference:{path}"),
];
int exitCode = (int)Assembly.LoadFrom(Said("Compiler")).EntryPoint!.Invoke(null, [call])!;
foreach (Assembly assembly in AppDomain.CurrentDomain.GetAssemblies().Where(assembly => assembly.GetName().Name!.EndsWith("YamlDotNet")))
{
    Console.WriteLine($"loaded {assembly.GetName().Name} {assembly.GetName().Version!.Major}");
}

return exitCode;
