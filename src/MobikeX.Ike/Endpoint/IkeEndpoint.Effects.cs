using System.Diagnostics.CodeAnalysis;

namespace MobikeX.Ike;

public sealed partial class IkeEndpoint
{
    private readonly Queue<(IkeEffect? Effect, Action? Then)> _effects = new();
    private readonly Dictionary<int, (IkePeer Peer, IkeEffect Effect, Action<bool> Done)> _asked = [];
    private int _lastEffect;

    /// <summary>Takes the next effect to carry out; its outcome is to be reported.</summary>
    public bool TryPollEffect([NotNullWhen(true)] out IkeEffect? effect)
    {
        while (_effects.TryDequeue(out (IkeEffect? Effect, Action? Then) next))
        {
            if (next.Effect is not null)
            {
                effect = next.Effect;
                return true;
            }

            next.Then!();
        }

        effect = null;
        return false;
    }

    /// <summary>Takes the outcome of an effect.</summary>
    public void HandleEffect(int id, bool succeeded, TimeSpan now)
    {
        Now = now;
        if (!_asked.Remove(id, out (IkePeer Peer, IkeEffect Effect, Action<bool> Done) asked))
        {
            return;
        }

        if (!asked.Peer.IsEnded || asked.Effect is RemoveChild)
        {
            asked.Done(succeeded);
        }
        else if (asked.Effect is InstallChild install)
        {
            install.Setup.Dispose();
            if (succeeded)
            {
                Ask(asked.Peer, next => new RemoveChild(next, install.Child), static _ => { });
            }
        }
    }

    internal void Ask(IkePeer peer, Func<int, IkeEffect> effect, Action<bool> done)
    {
        IkeEffect asked = effect(++_lastEffect);
        _asked.Add(_lastEffect, (peer, asked, done));
        _effects.Enqueue((asked, null));
    }

    /// <summary>Does something once every effect that was asked for before it has been taken.</summary>
    internal void Then(Action action) => _effects.Enqueue((null, action));
}
