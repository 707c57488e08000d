using MobikeX.Ike.Crypto;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>The key pairs of a CREATE_CHILD_SA request: the group that the peer asks for is tried next, each one once (RFC 7296, 1.3).</summary>
internal sealed class KeyExchangeAttempts(IReadOnlyList<DiffieHellmanGroup> groups) : IDisposable
{
    private readonly HashSet<DiffieHellmanGroup> _tried = [];
    private DiffieHellmanGroup? _next = groups.Count > 0 ? groups[0] : null;
    private KeyExchange? _current;

    /// <summary>A fresh key pair as a payload; none where there is no group.</summary>
    public IEnumerable<IkePayload> Begin()
    {
        Dispose();
        if (_next is not { } group)
        {
            return [];
        }

        _tried.Add(group);
        _current = KeyExchange.Create(group);
        return [new KePayload(group, _current.PublicValue)];
    }

    /// <summary>Whether the peer asks for another group, and for one that is to be tried yet.</summary>
    public bool IsAskedForAnother(ReceivedPayloads response)
    {
        if (response.Notify(NotifyType.InvalidKePayload) is not { } notify
            || !InvalidKePayloadNotify.TryRead(notify.Data, out InvalidKePayloadNotify asked, out _)
            || !groups.Contains(asked.Group)
            || _tried.Contains(asked.Group))
        {
            return false;
        }

        _next = asked.Group;
        return true;
    }

    /// <summary>What was agreed on; null where there was no key exchange, or none that is valid.</summary>
    /// <param name="response">The response.</param>
    /// <param name="group">The group of it; null where nothing was agreed on.</param>
    public SecretBytes? Agree(ReceivedPayloads response, out DiffieHellmanGroup? group)
    {
        SecretBytes? shared = null;
        bool isAgreed = _current is { } current && response.Get<KePayload>() is { } answer && answer.Group == current.Group && current.TryAgree(answer.Data, out shared);
        group = isAgreed ? _current!.Group : null;
        return shared;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _current?.Dispose();
        _current = null;
    }
}
