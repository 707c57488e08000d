using System.Text.Json;
using MobikeX.Wfp.Windows;

switch (args)
{
    case []:
        return Report.Print(TestCatalog.All.Select(TestRunner.Run), Console.Out) ? 0 : 1;
    case ["--results", string path]:
        TestResult[] results = [.. TestCatalog.All.Select(TestRunner.Run)];
        File.WriteAllText(path, JsonSerializer.Serialize(results));
        return Report.Print(results, Console.Out) ? 0 : 1;
    default:
        Console.Error.WriteLine("usage: MobikeX.Wfp.Windows [--results FILE]");
        return 2;
}
