using MobikeX.Engine;

namespace MobikeX.Ike;

/// <summary>Carries out what an endpoint asks of the IPsec of the host.</summary>
public static class IkeDriver
{
    /// <summary>Carries out the effects of an endpoint until it asks for no more.</summary>
    public static void Run(IkeEndpoint endpoint, IIpsecBackend backend, IChildSaInstaller installer, TimeSpan now)
    {
        _ = endpoint ?? throw new ArgumentNullException(nameof(endpoint));
        while (endpoint.TryPollEffect(out IkeEffect? effect))
        {
            (bool succeeded, string? failure) = effect switch
            {
                InstallChild install => (installer.TryInstall(install.Child, install.Setup), installer.LastFailure),
                RemoveChild remove => (installer.TryRemove(remove.Child), installer.LastFailure),
                ChangeSas change => (backend.TryApply(change.Change, change.Targets), backend.LastFailure),
                _ => throw new InvalidOperationException(effect.GetType().Name),
            };
            endpoint.HandleEffect(effect.Id, succeeded ? null : failure ?? "it does not say why", now);
        }
    }
}
