using System.Reflection;
using System.Runtime.ExceptionServices;
using MobikeX.Backend.Contract;
using MobikeX.Lab.Network;
using MobikeX.Lab.Xfrm;

namespace MobikeX.Lab.Scenarios;

/// <summary>The contract of backends, each of its tests on the real kernel.</summary>
internal sealed class XfrmContract<T>(string name, Func<IBackendUnderTest, T> create) : Scenario(name, $"the backend keeps the contract of backends: {typeof(T).BaseType!.Name}")
    where T : BackendContract
{
    public override TimeSpan Patience => TimeSpan.FromSeconds(150);

    public override void Run(ScenarioRun run)
    {
        using var network = new LabNetwork();
        List<string> failed = [];
        int passed = 0;
        foreach (MethodInfo test in typeof(T).GetMethods().Where(static method => method.GetCustomAttribute<FactAttribute>() is not null))
        {
            foreach (object[] arguments in Rows(test))
            {
                string title = $"{test.Name}({string.Join(", ", arguments)})";
                try
                {
                    Call(test, arguments, network);
                    passed++;
                }
                catch (Exception fault)
                {
                    failed.Add($"{title}: {fault.Message}\n{fault.StackTrace}");
                }
            }
        }

        run.Figure("tests of the contract that passed", passed, string.Empty);
        Assert.True(failed.Count == 0, string.Join("\n\n", failed));
        Assert.NotEqual(0, passed);
    }

    private static IEnumerable<object[]> Rows(MethodInfo test)
    {
        InlineDataAttribute[] rows = [.. test.GetCustomAttributes<InlineDataAttribute>()];
        return rows.Length == 0 ? [[]] : rows.SelectMany(row => row.GetData(test));
    }

    private void Call(MethodInfo test, object[] arguments, LabNetwork network)
    {
        using T instance = create(new XfrmBackendUnderTest(network));
        try
        {
            test.Invoke(instance, arguments);
        }
        catch (TargetInvocationException fault) when (fault.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Capture(inner).Throw();
        }
    }
}

internal sealed class XfrmChangeContract(IBackendUnderTest underTest) : ChangeContract(underTest);

internal sealed class XfrmTrafficContract(IBackendUnderTest underTest) : TrafficContract(underTest);

internal sealed class XfrmFailureContract(IBackendUnderTest underTest) : FailureContract(underTest);

internal sealed class XfrmInstallationContract(IBackendUnderTest underTest) : InstallationContract(underTest);
