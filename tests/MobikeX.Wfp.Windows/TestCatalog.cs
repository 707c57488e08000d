using System.Reflection;
using MobikeX.Backend.Contract;

namespace MobikeX.Wfp.Windows;

/// <summary>One test with the arguments of one row.</summary>
internal sealed record WindowsTest(string Name, Type Class, MethodInfo Method, object?[] Arguments);

/// <summary>Every test of this program: the same list on the system that starts it and on the one that runs it.</summary>
internal static class TestCatalog
{
    public static IReadOnlyList<WindowsTest> All { get; } =
    [
        .. typeof(TestCatalog).Assembly.GetTypes()
            .Where(static type => type is { IsAbstract: false, IsPublic: true })
            .SelectMany(static type => type.GetMethods().Where(static method => method.GetCustomAttribute<FactAttribute>() is not null).SelectMany(method => Rows(type, method)))
            .OrderBy(static test => test.Name, StringComparer.Ordinal),
    ];

    /// <summary>True where the test is of the contract that every backend keeps, and so may run against any platform.</summary>
    public static bool IsOfContract(WindowsTest test) => test.Class.IsSubclassOf(typeof(BackendContract));

    private static IEnumerable<WindowsTest> Rows(Type type, MethodInfo method)
    {
        InlineDataAttribute[] rows = [.. method.GetCustomAttributes<InlineDataAttribute>()];
        IEnumerable<object?[]> arguments = rows.Length == 0 ? [[]] : rows.SelectMany(row => row.GetData(method));
        return arguments.Select(row => new WindowsTest(
            row.Length == 0 ? $"{type.Name}.{method.Name}" : $"{type.Name}.{method.Name}({string.Join(", ", row)})", type, method, row));
    }
}
