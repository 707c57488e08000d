using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using MobikeX.Benchmarks;

// A machine that is busy now and then has a benchmark repeated a hundred times, and one of 1,000,000 IKE_SAs ended by the toolchain after five minutes.
const int MostIterations = 20;
TimeSpan patience = TimeSpan.FromHours(1);

if (args is ["in-turn"])
{
    InTurn.Run();
    return;
}

if (args is ["memory"])
{
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ResponderBenchmarks.BytesOfAnIkeSa():F0} bytes an IKE_SA with one CHILD_SA and its engine"));
    return;
}

if (args is ["setups", ..])
{
    Setups.Run(args is [_, string charons] ? charons : null);
    return;
}

if (args is ["build", string packages])
{
    BuildLoop.Run(packages);
    return;
}

// In process: the out-of-process toolchain builds a project of its own, which would inherit this repository's build rules.
IConfig config = ManualConfig.Create(DefaultConfig.Instance)
    .AddJob(Job.Default.WithToolchain(new InProcessEmitToolchain(patience, logOutput: true)).WithMaxIterationCount(MostIterations))
    .WithOptions(ConfigOptions.DisableLogFile)
    .AddLogicalGroupRules(BenchmarkLogicalGroupRule.ByCategory);
BenchmarkSwitcher.FromAssembly(typeof(RequestBenchmarks).Assembly).Run(args, config);
