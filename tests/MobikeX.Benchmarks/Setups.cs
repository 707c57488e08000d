using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using MobikeX.Engine.Memory;
using MobikeX.Ike;
using MobikeX.Ike.Authentication;
using MobikeX.Runtime;

namespace MobikeX.Benchmarks;

/// <summary>
/// IKE_SAs set up in a second of processor time, each with one CHILD_SA and a pre-shared key: two endpoints of ours in this process, over
/// memory, beside two charons of strongSwan over a virtual Ethernet. Both ends count, on both sides.
/// </summary>
internal static class Setups
{
    private const int WarmUp = 400;
    private const int Measured = 500;
    private const int Rounds = 5;

    private static readonly string[] Proposals = ["aes256gcm16-prfsha256-ecp256", "aes256gcm16-prfsha256-x25519"];

    /// <summary>Runs both, for each proposal.</summary>
    /// <param name="charons">The script that runs the rival; null for ours alone.</param>
    public static void Run(string? charons)
    {
        foreach (string proposal in Proposals)
        {
            double ours = Ours(proposal);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{proposal}: ours {1 / ours:F0} a second of processor time, {ours * 1e3:F3} ms each, both ends"));
            if (charons is not null)
            {
                double theirs = Theirs(charons, proposal);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{proposal}: strongSwan {1 / theirs:F0} a second of processor time, {theirs * 1e3:F3} ms each, both ends; ours are {theirs / ours:F2} times as many"));
            }
        }
    }

    /// <summary>The least of several rounds: others that use the machine make it more, never less.</summary>
    private static double Ours(string proposal)
    {
        new Pair(proposal).SetUp(WarmUp);
        double least = double.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            var pair = new Pair(proposal);
            TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
            pair.SetUp(Measured);
            least = Math.Min(least, (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds / Measured);
        }

        return least;
    }

    private static double Theirs(string script, string proposal)
    {
        using Process run = Process.Start(new ProcessStartInfo(script, [proposal, Measured.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true })!;
        string printed = run.StandardOutput.ReadToEnd();
        run.WaitForExit();
        return run.ExitCode == 0 ? double.Parse(printed, CultureInfo.InvariantCulture) : throw new InvalidOperationException($"{script} ended with {run.ExitCode}");
    }

    private sealed class Pair
    {
        private static readonly IpAddress Left = IpAddress.Parse("192.0.2.1");
        private static readonly IpAddress Right = IpAddress.Parse("192.0.2.2");

        private readonly (IkeEndpoint Endpoint, MemoryIpsecBackend Backend) _initiator;
        private readonly (IkeEndpoint Endpoint, MemoryIpsecBackend Backend) _responder;
        private readonly long _start = Stopwatch.GetTimestamp();

        public Pair(string proposal)
        {
            byte[] key = RandomNumberGenerator.GetBytes(32);
            _initiator = End(Options(proposal, key, "mn@example.org", "gw@example.org") with { RemoteAddresses = [Right], Children = [Child("10.0.0.1/32", "10.1.0.1/32")] }, Left);
            _responder = End(Options(proposal, key, "gw@example.org", "mn@example.org") with { Children = [Child("10.1.0.1/32", "10.0.0.1/32")] }, Right);
        }

        private TimeSpan Now => Stopwatch.GetElapsedTime(_start);

        public void SetUp(int count)
        {
            for (int i = 0; i < count; i++)
            {
                if (!_initiator.Endpoint.TryInitiate("setup", Now, out _, out string? fault))
                {
                    throw new InvalidOperationException(fault);
                }

                while (Deliver(_initiator, _responder) | Deliver(_responder, _initiator))
                {
                }
            }

            if (_initiator.Endpoint.Peers.Count(peer => peer.IsEstablished && peer.ChildPairs.Count == 1) != count)
            {
                throw new InvalidOperationException("not every IKE_SA was set up");
            }
        }

        private bool Deliver((IkeEndpoint Endpoint, MemoryIpsecBackend Backend) from, (IkeEndpoint Endpoint, MemoryIpsecBackend Backend) to)
        {
            bool any = false;
            IkeDriver.Run(from.Endpoint, from.Backend, from.Backend, Now);
            while (from.Endpoint.TryPollDatagram(out OutgoingDatagram datagram))
            {
                any = true;
                to.Endpoint.HandleDatagram(datagram.Octets, datagram.Packet, Now);
            }

            while (from.Endpoint.TryPollEvent(out _))
            {
            }

            return any;
        }

        private static (IkeEndpoint Endpoint, MemoryIpsecBackend Backend) End(IkeConnectionOptions connection, IpAddress address)
        {
            var backend = new MemoryIpsecBackend();
            var endpoint = new IkeEndpoint(new IkeOptions { Connections = [connection], EstablishedPerIdentity = int.MaxValue }, backend);
            endpoint.HandleAddresses([address], TimeSpan.Zero);
            return (endpoint, backend);
        }

        private static IkeConnectionOptions Options(string proposal, byte[] key, string local, string remote) => new()
        {
            Name = "setup",
            LocalIdentity = local,
            RemoteIdentity = remote,
            LocalCredential = new PresharedKey(key),
            RemoteCredential = new PresharedKey(key),
            Proposals = [Read<IkeProposal>(IkeProposal.TryParse, proposal)],
            Uniqueness = Uniqueness.Never,
            Mobility = new MobilityOptions { Versions = [] },
        };

        private static ChildOptions Child(string local, string remote) => new()
        {
            Name = "net",
            Local = [Read<SelectorTemplate>(SelectorTemplate.TryParse, local)],
            Remote = [Read<SelectorTemplate>(SelectorTemplate.TryParse, remote)],
            Proposals = [Read<ChildProposal>(ChildProposal.TryParse, "aes256gcm16-noesn")],
        };

        private delegate bool Reader<T>(string? text, out T value, out string fault);

        private static T Read<T>(Reader<T> read, string text) => read(text, out T value, out string fault) ? value : throw new FormatException(fault);
    }
}
