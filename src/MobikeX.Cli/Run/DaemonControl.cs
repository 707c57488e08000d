using MobikeX.Cli.Run.Control;
using MobikeX.Cli.Yaml;
using MobikeX.Ike;
using MobikeX.Protocol;

namespace MobikeX.Cli.Run;

/// <summary>Carries out what comes to the control socket, and answers when its outcome is known.</summary>
/// <param name="post">Runs a command on the thread of the endpoint.</param>
/// <param name="waiters">Shown each event of the endpoint.</param>
/// <param name="kept">The connections that are begun again when they end.</param>
internal sealed class DaemonControl(Action<Action<IkeEndpoint, TimeSpan>> post, EventWaiters waiters, KeptConnections kept)
{
    private const string NoMobike = "MOBIKE is not in use with the peer in a version that has this, or it is for the peer to begin";

    /// <summary>Serves one request.</summary>
    public async Task<ControlAnswer> ServeAsync(ControlRequest request, CancellationToken stop)
    {
        var outcome = new TaskCompletionSource<ControlAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        post((endpoint, now) => Begin(request, endpoint, now, outcome));
        try
        {
            return await outcome.Task.WaitAsync(request.Wait, stop).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            var late = ControlAnswer.No($"no outcome within {request.Wait.TotalSeconds:0.###} seconds");
            return outcome.TrySetResult(late) ? late : await outcome.Task.ConfigureAwait(false);
        }
    }

    private void Begin(ControlRequest request, IkeEndpoint endpoint, TimeSpan now, TaskCompletionSource<ControlAnswer> outcome)
    {
        ControlAnswer? answer = request switch
        {
            ListRequest => new ControlAnswer(ControlOutcome.Done, Sas: [.. endpoint.Peers.Select(IkeSaDescriptions.Of)]),
            UpRequest up => Unknown(endpoint, up.Connection) ?? Up(endpoint, up.Connection, now, outcome),
            DownRequest down => Unknown(endpoint, down.Connection) ?? Down(endpoint, down.Connection, outcome),
            RekeyRequest rekey => Unknown(endpoint, rekey.Connection) ?? Rekey(endpoint, rekey, outcome),
            ActionRequest action => Unknown(endpoint, action.Connection) ?? Act(endpoint, action, now, outcome),
            OfferRequest offer => Unknown(endpoint, offer.Connection) ?? Offer(endpoint, offer, now, outcome),
            _ => throw new InvalidOperationException(request.GetType().Name),
        };
        if (answer is not null)
        {
            outcome.TrySetResult(answer);
        }
    }

    private static ControlAnswer? Unknown(IkeEndpoint endpoint, string? connection)
    {
        string[] names = [.. endpoint.Options.Connections.Select(each => each.Name)];
        return connection is null || names.Contains(connection) ? null : ControlAnswer.Wrong($"no connection is called '{connection}'{NearestName.Hint(connection, names)}");
    }

    private ControlAnswer? Up(IkeEndpoint endpoint, string name, TimeSpan now, TaskCompletionSource<ControlAnswer> outcome)
    {
        if (endpoint.Peers.FirstOrDefault(each => each.Connection.Name == name && each.IsEstablished) is { } there)
        {
            return there.IsClosing ? ControlAnswer.No("its IKE_SA is being deleted") : new ControlAnswer(ControlOutcome.Done, "it is there already");
        }

        if (!kept.TryBegin(endpoint, name, now, out IkePeer? peer, out string? fault))
        {
            return ControlAnswer.No(fault);
        }

        HashSet<string> awaited = [.. peer.Connection.Children.Select(child => child.Name)];
        List<string> failed = [];
        Await(peer, outcome, told =>
        {
            switch (told)
            {
                case ChildEstablished child:
                    awaited.Remove(child.Child);
                    break;
                case ChildFailed child:
                    awaited.Remove(child.Child);
                    failed.Add($"CHILD_SA {child.Child}: {child.Reason}");
                    break;
            }

            return !peer.IsEstablished || awaited.Count > 0 ? null
                : failed.Count == 0 ? ControlAnswer.Done
                : ControlAnswer.No(string.Join("; ", failed));
        });
        return null;
    }

    private ControlAnswer? Down(IkeEndpoint endpoint, string name, TaskCompletionSource<ControlAnswer> outcome)
    {
        kept.Forget(name);
        List<IkePeer> ending = [.. endpoint.Peers.Where(each => each.Connection.Name == name)];
        if (ending.Count == 0)
        {
            return ControlAnswer.No($"there is no IKE_SA of {name}");
        }

        waiters.Add(_ => ending.TrueForAll(peer => peer.IsEnded) ? ControlAnswer.Done : null, outcome);
        foreach (IkePeer peer in ending)
        {
            peer.Close("by command");
        }

        return null;
    }

    private ControlAnswer? Rekey(IkeEndpoint endpoint, RekeyRequest request, TaskCompletionSource<ControlAnswer> outcome)
    {
        if (!TryFind(endpoint, request.Connection, out IkePeer? peer, out ControlAnswer? problem))
        {
            return problem;
        }

        Await(peer, outcome, new RekeyJudge(request.ChildSpi).Take);
        bool begun = request.ChildSpi is { } spi ? peer.RekeyChild(spi) : peer.RekeyIke();
        return begun ? null : ControlAnswer.No($"there is no CHILD_SA that this host receives on with the SPI {request.ChildSpi:x8}");
    }

    private ControlAnswer? Act(IkeEndpoint endpoint, ActionRequest request, TimeSpan now, TaskCompletionSource<ControlAnswer> outcome)
    {
        if (!TryFind(endpoint, request.Connection, out IkePeer? peer, out ControlAnswer? problem))
        {
            return problem;
        }

        var judge = new ActionJudge(request.Action);
        Await(peer, outcome, judge.Take);
        judge.Identifier = request.Action switch
        {
            ActionTrait.Update => peer.Update(request.Command, now),
            ActionTrait.Add => peer.Add(request.Command, now),
            _ => peer.Remove(request.Command, now),
        };
        return judge.Identifier is null ? ControlAnswer.No(NoMobike) : null;
    }

    private ControlAnswer? Offer(IkeEndpoint endpoint, OfferRequest request, TimeSpan now, TaskCompletionSource<ControlAnswer> outcome)
    {
        if (!TryFind(endpoint, request.Connection, out IkePeer? peer, out ControlAnswer? problem))
        {
            return problem;
        }

        var judge = new ActionJudge(ActionTrait.Alternate);
        Await(peer, outcome, judge.Take);
        return peer.OfferAlternates(request.Alternates, request.Selectors, now) ? null : ControlAnswer.No(NoMobike);
    }

    /// <summary>What ends an IKE_SA undoes what was done with it, however that went: nothing is said to be done of one that has ended.</summary>
    private void Await(IkePeer peer, TaskCompletionSource<ControlAnswer> outcome, Func<IkeEvent, ControlAnswer?> judge) => waiters.Add(
        told => told.LocalSpi != peer.LocalSpi ? null
            : told is SaEnded ended ? ControlAnswer.No(ended.Reason)
            : judge(told) is { } answer && !(peer.IsEnded && answer.Outcome == ControlOutcome.Done) ? answer
            : null,
        outcome);

    private static bool TryFind(
        IkeEndpoint endpoint,
        string? connection,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IkePeer? peer,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out ControlAnswer? problem)
    {
        IkePeer[] found = [.. endpoint.Peers.Where(each => each is { IsEstablished: true, IsClosing: false } && (connection is null || each.Connection.Name == connection))];
        peer = found.Length == 1 ? found[0] : null;
        problem = peer is not null ? null
            : found.Length == 0 ? ControlAnswer.No(connection is null ? "there is no IKE_SA" : $"there is no IKE_SA of {connection}")
            : ControlAnswer.Wrong(connection is null ? "there are several IKE_SAs: name the connection" : $"there are several IKE_SAs of {connection}");
        return peer is not null;
    }
}
