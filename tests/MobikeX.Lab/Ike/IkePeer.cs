using System.Diagnostics;
using System.Globalization;
using MobikeX.Lab.Network;

namespace MobikeX.Lab.Ike;

/// <summary>An IKE daemon on one of the hosts: a process that stands for itself, started and asked as its users do.</summary>
internal abstract class IkePeer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>How often a daemon sends a request again, a second after the first time and then 1.8 times later each time, before the other end counts as gone.</summary>
    protected const int Tries = 4;

    private readonly string _log;
    private Process? _process;
    private int _logBefore;

    /// <param name="log">The file that keeps what it says.</param>
    protected IkePeer(LabIkeEnd local, string log)
    {
        Local = local;
        _log = log;
        File.Delete(log);
        Directory.CreateDirectory($"{Folder}/tmp");
    }

    public LabIkeEnd Local { get; }

    /// <summary>What the daemon is called in figures and notes.</summary>
    public abstract string Product { get; }

    /// <summary>What its log calls UPDATE_SA_ADDRESSES.</summary>
    public abstract string UpdateWord { get; }

    /// <summary>What it is to find at another place than it is at.</summary>
    protected virtual IReadOnlyList<(string From, string To)> Mounts => [];

    /// <summary>Everything that it reads and writes is in here.</summary>
    protected string Folder { get; } = $"/run/tmp/peer-{Guid.NewGuid():n}";

    /// <summary>Starts it and waits until it can be asked.</summary>
    public void Start()
    {
        (string program, string[] arguments) = Prepare();
        _logBefore = Log().Length;
        string mounts = string.Concat(Mounts.Append((From: Folder, To: "/run")).Select(static mount => $"mount --bind '{mount.From}' '{mount.To}'; "));
        string[] whole = ["netns", "exec", Local.Host.Name, "sh", "-c", $"exec >>'{_log}' 2>&1; {mounts} exec \"$@\"", "sh", program, .. arguments];
        _process = Process.Start(new ProcessStartInfo("ip", whole) { Environment = { ["STRONGSWAN_CONF"] = "/run/strongswan.conf" } })!;
        Waiting.For(() => _process.HasExited || IsReady(), Patience, () => $"{Product} on {Local.Host.Name} is not ready: {EndOfLog()}");
        Assert.False(_process.HasExited, $"{Product} on {Local.Host.Name} ended: {EndOfLog()}");
        Configure();
    }

    /// <summary>Sets up the IKE_SA and its CHILD_SA.</summary>
    public abstract void Initiate();

    public abstract void RekeyChild();

    public abstract void RekeyIke();

    /// <summary>Deletes the IKE_SA.</summary>
    public abstract void Terminate();

    /// <summary>Ends it as a service manager does, and waits.</summary>
    /// <returns>Its exit code.</returns>
    public int Stop()
    {
        Command.Run("kill", ["-TERM", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        Assert.True(_process.WaitForExit(Patience), $"{Product} on {Local.Host.Name} does not end: {EndOfLog()}");
        return _process.ExitCode;
    }

    /// <summary>Ends it at once, so that it says nothing to its peer.</summary>
    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
    }

    /// <summary>What it has said since it was started last.</summary>
    public string LogSinceStart() => Log()[_logBefore..];

    public string Log() => File.Exists(_log) ? File.ReadAllText(_log) : string.Empty;

    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            Kill();
        }

        _process?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Writes what it reads when it starts. Its folder is its <c>/run</c>.</summary>
    protected abstract (string Program, string[] Arguments) Prepare();

    protected abstract bool IsReady();

    /// <summary>Gives the connection to the daemon that runs.</summary>
    protected abstract void Configure();

    protected void Write(string file, string text)
    {
        string path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private string EndOfLog() => string.Join('\n', Log().Split('\n').TakeLast(20));
}
