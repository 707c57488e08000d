namespace MobikeX.Generators.Binding;

/// <summary>Under <c>registries</c>, the name <c>ikev2.NOTIFY_TYPE</c> means the registry of an import, to which values are added.</summary>
internal static class RegistryExtension
{
    public static Declaration? TargetOf(SpecScope spec, string name)
    {
        int dot = name.IndexOf('.');
        if (dot < 0)
        {
            return null;
        }

        SpecScope? owner = spec.Closure.FirstOrDefault(s => s != spec && s.Name == name.Substring(0, dot));
        return owner?.Find(Section.Registries, name.Substring(dot + 1));
    }
}
