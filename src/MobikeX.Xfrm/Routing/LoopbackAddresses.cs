using MobikeX.Runtime;
using MobikeX.Xfrm.Layouts;
using MobikeX.Xfrm.Netlink;

namespace MobikeX.Xfrm;

/// <summary>Puts addresses on the loopback interface of a network namespace, and takes them away: those that a peer gives to this host inside a tunnel.</summary>
/// <remarks>
/// An address is on file before it comes, so that one which a process that was killed has left is taken away by the next. The file stands
/// beside the journal of an <see cref="XfrmBackend"/>, which keeps two processes apart. Not for several threads at once.
/// </remarks>
public sealed class LoopbackAddresses : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly NetlinkClient _netlink;
    private readonly string _networkNamespace;
    private readonly string _path;
    private readonly HashSet<IpAddress> _own = [];

    internal LoopbackAddresses(INetlinkChannel channel, string networkNamespace, string folder)
    {
        _netlink = new NetlinkClient(channel);
        _networkNamespace = networkNamespace;
        _path = Path.Combine(folder, $"addresses-{NetworkNamespaces.NumberOf(networkNamespace)}");
    }

    /// <summary>Opens the loopback interface of the network namespace of the calling thread.</summary>
    /// <param name="folder">The folder of the journal; it is there.</param>
    /// <exception cref="XfrmException">The kernel does not allow it.</exception>
    public static LoopbackAddresses Open(string folder = XfrmBackendOptions.DefaultJournalFolder)
    {
        try
        {
            return new LoopbackAddresses(NetlinkSocket.Open(RouteNumbers.Family), NetworkNamespaces.OfThisThread(), folder);
        }
        catch (NetlinkException fault)
        {
            throw new XfrmException(XfrmProblem.Refused, fault.Message, fault);
        }
    }

    /// <summary>Puts an address there, for itself alone.</summary>
    /// <returns>False where it is there already: it stays when this ends.</returns>
    /// <exception cref="XfrmException">The kernel refused it, or it could not be written down.</exception>
    public bool TryAdd(IpAddress address)
    {
        if (!_own.Add(address))
        {
            return true;
        }

        try
        {
            WriteDown();
            Change(RouteNumbers.NewAddress, NetlinkFlags.Create | NetlinkFlags.Exclusive, address, $"add {address} to the loopback interface");
            return true;
        }
        catch (XfrmException fault)
        {
            _own.Remove(address);
            WriteDown();
            if (fault.Problem != XfrmProblem.Exists)
            {
                throw;
            }

            return false;
        }
    }

    /// <summary>Takes an address away that was put there by this; others stay.</summary>
    /// <exception cref="XfrmException">The kernel refused it.</exception>
    public void Remove(IpAddress address)
    {
        if (_own.Contains(address))
        {
            Delete(address);
            _own.Remove(address);
            WriteDown();
        }
    }

    /// <summary>Takes away what a process that was killed has left; to be called before anything is added.</summary>
    /// <returns>The addresses.</returns>
    /// <exception cref="XfrmException">The kernel refused it, or the file cannot be read.</exception>
    public IReadOnlyList<IpAddress> RemoveLeftBehind()
    {
        List<IpAddress> left = [];
        try
        {
            foreach (string line in File.Exists(_path) ? File.ReadAllLines(_path) : [])
            {
                if (IpAddress.TryParse(line, out IpAddress address))
                {
                    Delete(address);
                    left.Add(address);
                }
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new XfrmException(XfrmProblem.Mismatch, $"could not read {_path}: {fault.Message}", fault);
        }

        WriteDown();
        return left;
    }

    /// <summary>Takes away every address that was put there by this.</summary>
    public void Dispose()
    {
        try
        {
            foreach (IpAddress address in _own.ToArray())
            {
                Remove(address);
            }
        }
        catch (XfrmException)
        {
            // It is on file: the next process takes it away.
        }

        _netlink.Dispose();
    }

    private void Delete(IpAddress address)
    {
        try
        {
            Change(RouteNumbers.DeleteAddress, NetlinkFlags.None, address, $"take {address} from the loopback interface");
        }
        catch (XfrmException fault) when (fault.Error == Errno.AddressNotAvailable)
        {
            // Somebody else has taken it away.
        }
    }

    private void WriteDown()
    {
        try
        {
            if (_own.Count == 0)
            {
                File.Delete(_path);
                return;
            }

            using var file = new FileStream(_path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
            using var writer = new StreamWriter(file);
            foreach (IpAddress address in _own)
            {
                writer.WriteLine(address.ToString());
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new XfrmException(XfrmProblem.Mismatch, $"could not write {_path}: {fault.Message}", fault);
        }
    }

    private void Change(ushort type, NetlinkFlags flags, IpAddress address, string action)
    {
        byte[] octets = new byte[address.Length];
        address.TryWrite(octets);
        using var request = new NetlinkRequest(type, flags);
        request.Write(new AddressLayout
        {
            Family = (byte)AddressFamilies.Of(address),
            PrefixLength = (byte)(octets.Length * 8),
            Flags = address.IsIPv6 ? RouteNumbers.NoDuplicateCheck : (byte)0,
            Link = RouteNumbers.Loopback,
        });
        request.WriteAttribute(RouteNumbers.LocalAddress, octets);
        request.WriteAttribute(RouteNumbers.Address, octets);
        try
        {
            _netlink.Change(request, action);
        }
        catch (NetlinkException fault)
        {
            throw XfrmFaults.Of(fault, _networkNamespace);
        }
    }
}
