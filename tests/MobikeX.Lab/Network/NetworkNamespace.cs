using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MobikeX.Lab.Network;

/// <summary>A host of the lab: a network namespace made by <c>ip netns</c>.</summary>
/// <remarks>A socket belongs to the namespace of the thread that opened it, and stays there whoever uses it.</remarks>
internal sealed partial class NetworkNamespace(string name)
{
    private const int CloneNewNet = 0x40000000;

    public string Name { get; } = name;

    /// <summary>Runs on a thread of its own that is inside, and waits for it.</summary>
    public T Run<T>(Func<T> inside) => OwnThread.Run(Enter, inside);

    /// <inheritdoc cref="Run{T}(Func{T})"/>
    public void Run(Action inside) => Run(() =>
    {
        inside();
        return true;
    });

    /// <summary>Runs a program inside and gives back what it printed.</summary>
    public string Call(string program, params string[] arguments) => Command.Run("ip", ["netns", "exec", Name, program, .. arguments]);

    /// <summary>Moves the current thread inside, for good: for a program that has no other business.</summary>
    public void Enter()
    {
        using SafeFileHandle handle = File.OpenHandle($"/run/netns/{Name}", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        if (SetNamespace(handle, CloneNewNet) != 0)
        {
            throw new InvalidOperationException($"setns {Name}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespace(SafeFileHandle handle, int kind);
}
