using System.Globalization;
using MobikeX.Lab;
using MobikeX.Lab.Scenarios;

switch (args)
{
    case ["--list"]:
        foreach (Scenario each in ScenarioCatalog.Listed)
        {
            Console.WriteLine($"{each.Name,-28} {each.Shows}");
        }

        return 0;
    case ["--names", .. string[] names]:
        IReadOnlyList<Scenario>? named = Resolve(names);
        foreach (Scenario each in named ?? [])
        {
            Console.WriteLine(each.Name);
        }

        return named is null ? 2 : 0;
    case ["--inside", string folder, string kernel, .. string[] names]:
        return Resolve(names) is { } asked ? ScenarioRunner.Run(folder, kernel, asked) : 2;
    case ["--report", string folder, .. string[] names]:
        return Resolve(names) is not { } told ? 2 : ScenarioReport.Print(told, folder, Console.Out) ? 0 : 1;
    case [KilledInTheMiddle.MoverProcess.Argument, string host, string address, string step]:
        return KilledInTheMiddle.MoverProcess.Run(host, address, int.Parse(step, CultureInfo.InvariantCulture));
    default:
        Console.Error.WriteLine("lab: this program is started by tests/lab/run");
        return 2;
}

static IReadOnlyList<Scenario>? Resolve(string[] names)
{
    IReadOnlyList<Scenario>? scenarios = ScenarioCatalog.Named(names, out string? unknown);
    if (scenarios is null)
    {
        Console.Error.WriteLine($"lab: there is no scenario '{unknown}'; there are: {string.Join(", ", ScenarioCatalog.Listed.Select(scenario => scenario.Name))}");
    }

    return scenarios;
}
