using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;

namespace MobikeX.Benchmarks;

/// <summary>
/// The floor under <see cref="ResponderBenchmarks"/>: the same order of visits, and of each only what no engine can do without. From a table to an
/// object as large as an engine, from there to one as large as its IKE_SA, from there to one as large as its CHILD_SA, a word of each read, one written.
/// </summary>
public class MemoryFloorBenchmarks
{
    private readonly List<byte[]> _between = [];
    private Node[] _engines = [];
    private uint _next;
    private uint _last;

    [Params(1_000, 1_000_000)]
    public int IkeSas { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        // What lies between them: names, the entry of the SAD, tables.
        const int OctetsBetween = 250;

        _engines = new Node[IkeSas];
        for (int i = 0; i < IkeSas; i++)
        {
            Node ike = new();
            _between.Add(new byte[OctetsBetween]);
            ike.Next = new Node();
            _engines[i] = new Node { Next = ike };
        }
    }

    [Benchmark]
    public uint Visit()
    {
        // A visit waits for the one before, as a request does that is answered before the next is read.
        _next = ((_next + _last) * 1_664_525) + 1_013_904_223;
        Node engine = _engines[(int)(((ulong)_next * (ulong)IkeSas) >> 32)];
        Node ike = engine.Next!;
        Node child = ike.Next!;
        _last = engine.Word + ike.Word + child.Word;
        child.Word = _last;
        return _last;
    }

    private sealed class Node
    {
        internal Node? Next;
        internal uint Word;
#pragma warning disable CS0169, IDE0051 // Only there to be as large as they are.
        private readonly Rest _rest;
#pragma warning restore CS0169, IDE0051
    }

    [InlineArray(20)]
    private struct Rest
    {
        private ulong _first;
    }
}
