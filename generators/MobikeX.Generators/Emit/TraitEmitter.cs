using MobikeX.Generators.Binding;

namespace MobikeX.Generators.Emit;

/// <summary>A trait: an enum of what notifies may state.</summary>
internal static class TraitEmitter
{
    public static string Render(TraitUnit unit) =>
        EnumEmitter.Render(unit.Namespace, DocComment.For(unit.Trait.Info), unit.Trait.Info.ClrName + TraitBinder.Suffix, unit.Trait.Values);
}
