namespace MobikeX.Ike;

/// <summary>The SAs of this host that have carried what they may, as its IPsec tells it.</summary>
public interface ISaExpiries : IDisposable
{
    /// <summary>Is raised for each, on any thread; those of others are told too.</summary>
    event Action<SaExpiry>? Expired;

    /// <summary>Is raised, in words, when some were missed, or no more will be told.</summary>
    event Action<string>? Missed;
}
