namespace MobikeX.Engine;

/// <summary>Working memory of the engines that one thread drives: an engine holds some of it only while it has something to do.</summary>
/// <remarks>This is what keeps an engine small where there are a million of them. It is not for use by several threads at once.</remarks>
public sealed class EngineWorkspace
{
    private readonly Stack<EngineOutbox> _outboxes = new();
    private readonly Stack<RequestProcessor> _requests = new();

    internal EngineOutbox RentOutbox() => _outboxes.Count > 0 ? _outboxes.Pop() : new EngineOutbox();

    internal void Return(EngineOutbox outbox) => _outboxes.Push(outbox);

    internal RequestProcessor RentRequest() => _requests.Count > 0 ? _requests.Pop() : new RequestProcessor();

    internal void Return(RequestProcessor request) => _requests.Push(request);
}
