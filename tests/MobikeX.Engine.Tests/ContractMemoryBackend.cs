using MobikeX.Backend.Contract;
using MobikeX.Engine.Memory;
using MobikeX.Runtime;

namespace MobikeX.Engine.Tests;

public sealed class MemoryChangeTests() : ChangeContract(new MemoryBackendUnderTest());

public sealed class MemoryTrafficTests() : TrafficContract(new MemoryBackendUnderTest());

public sealed class MemoryFailureTests() : FailureContract(new MemoryBackendUnderTest());

public sealed class MemoryInstallationTests() : InstallationContract(new MemoryBackendUnderTest());

internal sealed class MemoryBackendUnderTest : IBackendUnderTest
{
    private const int PacketLength = 100;

    private readonly MemoryIpsecBackend _backend = new();

    public IIpsecBackend Backend => _backend;

    public void Install(IkeSa ike) => _backend.Add(ike);

    public void Install(ChildSa child) => _backend.Add(child);

    public void AllowSelectors(params AddressPrefix[] allowed) => _backend.AllowedSelectors = allowed;

    public void FailNextChangeAfter(int sas) => _backend.FailNext(sas);

    public void ObserveSteps(Action<ChildSa> observer) => _backend.Stepped = observer;

    public ulong Send(ChildSa child) => _backend[child]!.Send(PacketLength);

    public bool TryReceive(ChildSa child, IpAddress source, ulong sequence) =>
        _backend[child]?.TryReceive(source, sequence, PacketLength) ?? false;

    public ulong OctetsOf(ChildSa child) => _backend[child]!.Octets;

    public AddressSet CoveredBy(ChildSa child) => _backend[child]!.Covered;

    public void Dispose()
    {
    }
}
