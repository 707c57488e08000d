using System.Diagnostics.CodeAnalysis;
using MobikeX.Engine;

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
    /// <param name="id">The number of the effect.</param>
    /// <param name="failure">Why it failed, in the words of the system; null where it did not.</param>
    /// <param name="now">The time.</param>
    public void HandleEffect(int id, string? failure, TimeSpan now)
    {
        Now = now;
        if (!_asked.Remove(id, out (IkePeer Peer, IkeEffect Effect, Action<bool> Done) asked))
        {
            return;
        }

        bool succeeded = failure is null;
        if (failure is not null)
        {
            asked.Peer.Raise(new IpsecRefused(Describe(asked.Effect), failure));
        }

        uint? free = asked.Effect switch
        {
            RemoveChild removed => removed.LocalSpi,
            InstallChild refused when !succeeded => refused.LocalSpi,
            _ => null,
        };
        if (free is { } spi)
        {
            ChildSpis.Release(spi);
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
                Ask(asked.Peer, next => new RemoveChild(next, install.Child, install.LocalSpi), static _ => { });
            }
        }
    }

    internal void Ask(IkePeer peer, Func<int, IkeEffect> effect, Action<bool> done)
    {
        IkeEffect asked = effect(++_lastEffect);
        if (asked is InstallChild install)
        {
            ChildSpis.Take(install.LocalSpi);
        }

        _asked.Add(_lastEffect, (peer, asked, done));
        _effects.Enqueue((asked, null));
    }

    /// <summary>Does something once every effect that was asked for before it has been taken.</summary>
    internal void Then(Action action) => _effects.Enqueue((null, action));

    private static string Describe(IkeEffect effect) => effect switch
    {
        InstallChild install => $"install {install.Child}",
        RemoveChild remove => $"remove {remove.Child}",
        ChangeSas { Change.Kind: var kind, Targets: { Count: > 0 } targets } => $"{Word(kind)} {targets[0]}{(targets.Count > 1 ? $" and {targets.Count - 1} more" : string.Empty)}",
        _ => "change no SA",
    };

    private static string Word(SaChangeKind kind) => kind switch
    {
        SaChangeKind.Update => "move",
        SaChangeKind.Add => "add an address to",
        SaChangeKind.Remove => "remove an address from",
        SaChangeKind.Close => "close",
        _ => "restore",
    };
}
