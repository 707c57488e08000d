using MobikeX.Engine;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

public sealed partial class IkePeer
{
    private IkeTimer? _rekeyTimer;
    private IkeTimer? _expiryTimer;

    /// <summary>Sets up a pair of CHILD_SAs that is configured; its outcome is told by an event.</summary>
    /// <param name="name">What it is called.</param>
    /// <returns>False where none of that name is configured, or the IKE_SA is not set up.</returns>
    public bool CreateChild(string name)
    {
        ChildOptions? options = Connection.Children.FirstOrDefault(child => child.Name == name);
        if (options is null || !CanBegin)
        {
            return false;
        }

        Begin(new CreateChildExchange(this, options));
        return true;
    }

    /// <summary>Puts another pair of CHILD_SAs in the place of one; its outcome is told by an event.</summary>
    /// <param name="localSpi">The SPI that this host receives on.</param>
    /// <returns>False where there is none, or it is being rekeyed or deleted already.</returns>
    public bool RekeyChild(uint localSpi)
    {
        if (FindOwn(localSpi) is not { } child || !CanBegin || !child.CanBeRekeyed(this))
        {
            return false;
        }

        Begin(new CreateChildExchange(this, child.Options, child));
        return true;
    }

    /// <summary>Ends a pair of CHILD_SAs; the IKE_SA stays.</summary>
    /// <param name="localSpi">The SPI that this host receives on.</param>
    /// <returns>False where there is none.</returns>
    public bool DeleteChild(uint localSpi)
    {
        if (FindOwn(localSpi) is not { } child || !CanBegin)
        {
            return false;
        }

        Begin(new DeleteChildExchange(this, child));
        return true;
    }

    /// <summary>Gives the IKE_SA new keys; its outcome is told by an event.</summary>
    /// <returns>False where the IKE_SA is not set up.</returns>
    public bool RekeyIke()
    {
        if (CanBegin)
        {
            BeginRekey(Session);
        }

        return CanBegin;
    }

    private bool CanBegin => IsEstablished && !IsClosing;

    /// <summary>Sets a pair of CHILD_SAs up; <paramref name="done"/> hears whether that succeeded.</summary>
    internal void Install(NegotiatedChild negotiated, Action<bool> done) => Install(negotiated, (_, succeeded) => done(succeeded));

    /// <summary>Sets a pair of CHILD_SAs up; <paramref name="done"/> is given it where that succeeded.</summary>
    internal void Install(NegotiatedChild negotiated, Action<IkeChild?, bool> done) => Ask(
        id => new InstallChild(id, negotiated.Sa, negotiated.Setup),
        succeeded =>
        {
            negotiated.Setup.Dispose();
            IkeChild? child = null;
            if (succeeded)
            {
                child = new(negotiated);
                Children.Add(child);
                if (negotiated.Replaces is { IsLeftBehind: false } replaced)
                {
                    Mobility.ChildRekeyed(replaced.Sa, child.Sa);
                }

                Raise(new ChildEstablished(negotiated.Options.Name, negotiated.LocalSpi, negotiated.RemoteSpi, child.Selectors));
                BeginLifetimes(child);
            }

            done(child, succeeded);
        });

    /// <summary>Ends a pair of CHILD_SAs at this host.</summary>
    internal void Remove(IkeChild child, Action? done = null)
    {
        Drop(child);
        Ask(id => new RemoveChild(id, child.Sa, child.LocalSpi), _ => done?.Invoke());
    }

    /// <summary>A pair of CHILD_SAs was closed by a change of addresses: there is nothing left to remove.</summary>
    internal void Forget(ChildSa closed)
    {
        if (Children.Find(child => child.Sa == closed) is { } child)
        {
            Endpoint.ChildSpis.Release(child.LocalSpi);
            Drop(child);
        }
    }

    /// <summary>The first CHILD_SA is settled: the others that are configured follow.</summary>
    internal void BeginOtherChildren()
    {
        foreach (ChildOptions child in Connection.Children.Skip(1))
        {
            Begin(new CreateChildExchange(this, child));
        }
    }

    /// <summary>The pair of CHILD_SAs that the peer names by the SPI which it receives on.</summary>
    internal IkeChild? FindChild(ProtocolId protocol, uint remoteSpi) =>
        Children.Find(child => child.RemoteSpi == remoteSpi && child.Suite.Protocol == protocol);

    /// <summary>One IKE_SA is in the place of another from now on. The old one answers until it is deleted.</summary>
    internal void Succeed(IkeSession old, IkeSession successor)
    {
        old.RekeyedByPeer = null;
        Adopt(successor);
        BeginLifetime();
        After(Options.HalfOpenLifetime, old.Discard);
    }

    /// <summary>Lets the IKE_SA be rekeyed in time, and end where that fails.</summary>
    internal void BeginLifetime()
    {
        BeginRekeyTime(Connection.RekeyTime);
        _expiryTimer?.Stop();
        _expiryTimer = Connection.LifeTime > TimeSpan.Zero ? After(Connection.LifeTime, () => Close("its lifetime is over")) : null;
    }

    /// <summary>Lets the IKE_SA be rekeyed in time. One that the peer does not rekey grows no younger by it.</summary>
    internal void BeginRekeyTime(TimeSpan time)
    {
        _rekeyTimer?.Stop();
        IkeSession session = Session;
        _rekeyTimer = time > TimeSpan.Zero ? After(Lifetimes.Jittered(time), () => BeginRekey(session)) : null;
    }

    /// <summary>A NAT that has mapped anew is found out before: what the peer says of it afterwards is of the new IKE_SA, and cannot be held against what it said before.</summary>
    private void BeginRekey(IkeSession session)
    {
        Mobility.AskHowSeen();
        Begin(new RekeyIkeExchange(this, session));
    }

    private IkeChild? FindOwn(uint localSpi) => Children.Find(child => child.LocalSpi == localSpi);

    private void Drop(IkeChild child)
    {
        child.Stop();
        Children.Remove(child);
        Raise(new ChildEnded(child.Options.Name, child.LocalSpi));
        if (IsEstablished && Children.Find(other => other.ReplacedByPeer == child) is { } kept)
        {
            kept.StayAfterAll(this);
        }
    }

    private void BeginLifetimes(IkeChild child)
    {
        child.BeginRekeyTime(this, child.Options.RekeyTime);
        if (child.Options.LifeTime > TimeSpan.Zero)
        {
            child.ExpiryTimer = After(child.Options.LifeTime, () => Begin(new DeleteChildExchange(this, child)));
        }
    }
}
