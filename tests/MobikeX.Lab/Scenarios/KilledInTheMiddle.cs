using System.Diagnostics;
using MobikeX.Engine;
using MobikeX.Lab.Network;
using MobikeX.Lab.Xfrm;
using MobikeX.Runtime;
using MobikeX.Xfrm;

namespace MobikeX.Lab.Scenarios;

/// <summary>
/// A process that moves SAs is killed before each kind of step, and at moments that nobody chose. Whoever comes after it finds what was cut
/// off, finishes or undoes it, and packets flow.
/// </summary>
internal sealed class KilledInTheMiddle()
    : Scenario("killed-in-the-middle", "after kill -9 in the middle of moves the SAD can be named, and is finished or undone; nothing is left blocked")
{
    private const uint Pairs = 3;
    private const int AtAnyMoment = -1;

    /// <summary>Steps of the first pair, and one of the second; then moments that nobody chose.</summary>
    private static readonly int[] Steps = [0, 1, 2, 3, 4, 6, 10, AtAnyMoment, AtAnyMoment];

    private static readonly LabShape Shape = new("tunnel", LabProtection.Gcm, IsTunnel: true);

    public override TimeSpan Patience => TimeSpan.FromSeconds(240);

    public override void Run(ScenarioRun run)
    {
        using var network = new LabNetwork();
        using var pair = new LabPair(network);
        for (uint number = 1; number <= Pairs; number++)
        {
            pair.Install(Shape, number);
            Command.Run("ip", ["-n", network.MobileHost.Name, "address", "replace", $"{LabPair.InnerMobile(number)}/32", "dev", "lo"]);
        }

        int cutOff = 0, finished = 0;
        IpAddress address = IpAddress.Parse(LabNetwork.Link1);
        for (int i = 0; i < Steps.Length; i++)
        {
            ulong sent = LeastSent(pair.Mobile.Client);
            MoverProcess.RunUntilKilled(network.MobileHost, address, Steps[i]);
            bool finishes = i % 2 == 1;
            bool found = Recover(pair.Mobile.Client, Steps[i], finishes);
            Assert.True(found || Steps[i] == AtAnyMoment, $"killed before step {Steps[i]}, and nothing was found to be cut off");
            cutOff += found ? 1 : 0;
            finished += found && finishes ? 1 : 0;
            address = AssertWhole(pair.Mobile.Client);
            Assert.True(LeastSent(pair.Mobile.Client) >= sent, "a sequence number would be used again");
            FollowAndPing(network, pair, address);
        }

        run.Figure("killed", Steps.Length, "times");
        run.Figure("cut off in the middle of a move", cutOff, "times");
        run.Figure("finished", finished, "times");
        run.Figure("undone", cutOff - finished, "times");
    }

    private static bool Recover(XfrmClient client, int step, bool finishes)
    {
        using XfrmRecovery? recovery = XfrmRecovery.Find(client, MoverProcess.Journal);
        if (recovery is null)
        {
            return false;
        }

        Assert.Equal(Enumerable.Range(1, (int)Pairs).Select(number => $"CHILD_SA {LabPair.InitiatorSpi((uint)number):x8}"), recovery.Moves.Select(move => move.Name).Order());
        if (step == 0)
        {
            Assert.All(recovery.Moves, move => Assert.Equal(XfrmMoveProgress.Before, move.Progress));
        }
        else if (step != AtAnyMoment)
        {
            Assert.Contains(recovery.Moves, move => move.Progress == XfrmMoveProgress.Between || (move.Progress == XfrmMoveProgress.After && step > (int)Pairs));
        }

        if (finishes)
        {
            recovery.Finish();
        }
        else
        {
            recovery.Undo();
        }

        return true;
    }

    /// <summary>Every SA is at one place, every policy asks for it, and none blocks.</summary>
    private static IpAddress AssertWhole(XfrmClient client)
    {
        IReadOnlyList<XfrmSa> sas = client.ListSas();
        IReadOnlyList<XfrmPolicy> policies = client.ListPolicies();
        IpAddress address = Assert.Single(sas.SelectMany(sa => (IpAddress[])[sa.Source, sa.Destination]).Where(each => each != IpAddress.Parse(LabNetwork.Gateway)).Distinct());
        Assert.Equal(2 * (int)Pairs, sas.Count);
        Assert.Equal(3 * (int)Pairs, policies.Count);
        Assert.All(policies, policy =>
        {
            Assert.False(policy.Blocks, policy.ToString());
            XfrmTemplate template = Assert.Single(policy.Templates);
            Assert.True(template.Source == address || template.Destination == address, policy.ToString());
        });
        return address;
    }

    private static ulong LeastSent(XfrmClient client) =>
        client.ListSas().Where(sa => sa.Destination == IpAddress.Parse(LabNetwork.Gateway)).Min(sa => sa.Replay!.Sent);

    private static void FollowAndPing(LabNetwork network, LabPair pair, IpAddress address)
    {
        var targets = new SaSelection();
        targets.AddWithChildren(pair.Gateway.Ike);
        Assert.True(pair.Gateway.Backend.TryApply(SaChange.Update(AddressPlaces.Header, default, address), targets), pair.Gateway.Backend.LastFailure);
        for (uint number = 1; number <= Pairs; number++)
        {
            string printed = network.MobileHost.Call("ping", "-c", "1", "-W", "2", "-I", LabPair.InnerMobile(number).ToString(), LabNetwork.InnerGateway);
            Assert.Contains("1 received", printed, StringComparison.Ordinal);
        }
    }

    /// <summary>The process that moves the SAs of the mobile host between its links, until it is killed.</summary>
    internal static class MoverProcess
    {
        public const string Argument = "--move-until-killed";
        public const string Journal = "/run/mobikex-mover";

        private const string IsMoving = "moving";
        private const int LongestPatience = 90;
        private const int LongestMoment = 300;
        private const int MovesToWarmUp = 3;

        /// <summary>Starts it, and waits for its end: before a step, or some milliseconds into its moves.</summary>
        public static void RunUntilKilled(NetworkNamespace host, IpAddress address, int step)
        {
            string program = typeof(MoverProcess).Assembly.Location;
            using Process process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [program, Argument, host.Name, address.ToString(), $"{step}"]) { RedirectStandardOutput = true })!;
            Assert.Equal(IsMoving, process.StandardOutput.ReadLine());
            if (step == AtAnyMoment)
            {
                Thread.Sleep(Random.Shared.Next(LongestMoment));
                process.Kill();
            }

            Assert.True(process.WaitForExit(TimeSpan.FromSeconds(LongestPatience)), "the process lives on");
        }

        /// <summary>What the process does.</summary>
        public static int Run(string host, string from, int step)
        {
            new NetworkNamespace(host).Enter();
            using XfrmClient client = XfrmClient.Open();
            using var backend = new XfrmBackend(client, new XfrmBackendOptions { JournalFolder = Journal });
            IpAddress here = IpAddress.Parse(from), there = IpAddress.Parse(from == LabNetwork.Link1 ? LabNetwork.Link2 : LabNetwork.Link1);
            SaSelection targets = Adopt(client, backend, here);
            int made = 0;
            backend.Stepping = _ =>
            {
                if (made++ == step)
                {
                    Process.GetCurrentProcess().Kill();
                }
            };
            for (int moves = 0; ; moves++, (here, there) = (there, here))
            {
                // Before a moment comes that nobody chose, the process has warmed up, so that it spends its time on moving.
                if (moves == (step == AtAnyMoment ? MovesToWarmUp : 0))
                {
                    Console.WriteLine(IsMoving);
                }

                Assert.True(backend.TryApply(SaChange.Update(AddressPlaces.Header, here, there), targets), backend.LastFailure);
            }
        }

        private static SaSelection Adopt(XfrmClient client, XfrmBackend backend, IpAddress address)
        {
            AddressSet initiator = new(address), responder = new(Shape.Gateway);
            var ike = new IkeSa(0xa1, "gw@example.org", "psk", initiator, responder);
            backend.Add(ike);
            SaSelection targets = new();
            for (uint number = 1; number <= Pairs; number++)
            {
                var child = new ChildSa(ike, LabPair.InitiatorSpi(number), Shape.Proto, Shape.Mode, initiator, responder, new AddressSet(LabPair.InnerMobile(number)), LabPair.Remote);
                using XfrmSa outbound = client.GetSa(new XfrmSaKey(Shape.Gateway, LabPair.ResponderSpi(number), XfrmProtocol.Esp));
                backend.Adopt(child, new XfrmRegistration { Local = XfrmEnd.Initiator, ResponderSpi = outbound.Spi, Policies = client.PoliciesOf(outbound) });
                targets.Add(child);
            }

            return targets;
        }
    }
}
