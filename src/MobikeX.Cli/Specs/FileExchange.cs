namespace MobikeX.Cli.Specs;

/// <summary>Exchanges files of a folder; where that fails on the way, each is again where it was.</summary>
internal sealed class FileExchange(string folder, string aside) : IDisposable
{
    private readonly Stack<(string From, string To)> _moved = new();
    private bool _done;

    /// <summary>Takes files away, and puts the fresh ones in.</summary>
    internal void Replace(IEnumerable<string> stale, string fresh, IEnumerable<string> names)
    {
        Directory.CreateDirectory(aside);

        // First away, then in: where case tells no two names apart, one may be the other's.
        string[] replacing = [.. names];
        foreach (string name in replacing.Where(name => File.Exists(Path.Combine(folder, name))).Concat(stale).Distinct())
        {
            Move(Path.Combine(folder, name), Path.Combine(aside, name));
        }

        foreach (string name in replacing)
        {
            Move(Path.Combine(fresh, name), Path.Combine(folder, name));
        }

        _done = true;
    }

    /// <summary>Takes back what was done by half.</summary>
    public void Dispose()
    {
        while (!_done && _moved.TryPop(out (string From, string To) moved))
        {
            File.Move(moved.To, moved.From);
        }
    }

    private void Move(string from, string to)
    {
        File.Move(from, to);
        _moved.Push((from, to));
    }
}
