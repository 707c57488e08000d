using MobikeX.Protocol;

namespace MobikeX.Engine;

/// <summary>The data of a notify that names versions: what all of its VERSION parameters say together (section 6.1).</summary>
internal static class VersionData
{
    /// <summary>The versions of a MOBIKE_SUPPORTED; none where it carries no VERSION.</summary>
    public static IReadOnlyList<MobikeVersion> Read(in MobikeSupportedNotify notify)
    {
        List<MobikeVersion> versions = [];
        foreach (AnyParameter parameter in notify.Parameters)
        {
            Add(parameter, versions);
        }

        return versions;
    }

    /// <summary>The versions of a MOBIKE_UNSUPPORTED_VERSION.</summary>
    public static IReadOnlyList<MobikeVersion> Read(in MobikeUnsupportedVersionNotify notify)
    {
        List<MobikeVersion> versions = [];
        foreach (AnyParameter parameter in notify.Parameters)
        {
            Add(parameter, versions);
        }

        return versions;
    }

    /// <summary>One VERSION with all of them, or nothing where there is none to name.</summary>
    public static byte[] Of(IReadOnlyList<MobikeVersion> versions)
    {
        if (versions.Count == 0)
        {
            return [];
        }

        MobikeVersion[] named = [.. versions];
        VersionParameter parameter = new(named);
        byte[] data = new byte[parameter.WireLength];
        return parameter.TryWrite(data, out _, out _) ? data : throw new ArgumentException("more versions than one VERSION names", nameof(versions));
    }

    private static void Add(in AnyParameter parameter, List<MobikeVersion> versions)
    {
        if (parameter.TryGetVersion(out VersionParameter version))
        {
            foreach (MobikeVersion named in version.Versions)
            {
                versions.Add(named);
            }
        }
    }
}
