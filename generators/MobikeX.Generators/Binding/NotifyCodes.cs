using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Model;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Binding;

/// <summary>The type of a notify: its number, its name in the registry, and the notify of an import that it redefines.</summary>
internal sealed record NotifyCode(ushort Number, string Literal, Declaration? Redefined);

/// <summary>Gives each notify its code and enters it in the registry of types, before anything that holds that registry is bound.</summary>
internal sealed class NotifyCodes(NameResolver names, ErratumBinder errata, NotifyCarrierBinder carriers, DiagnosticBag diagnostics)
{
    private readonly Dictionary<Declaration, NotifyCode> _codes = [];

    /// <summary>Null where the code is at fault: the notify is not bound.</summary>
    public NotifyCode? Of(Declaration notify) => _codes.TryGetValue(notify, out NotifyCode? code) ? code : null;

    /// <summary>Reads the codes of a spec; its imports come first.</summary>
    public void Read(SpecScope spec)
    {
        IReadOnlyList<Declaration> notifies = spec.All(Section.Notifies);
        if (notifies.Count == 0)
        {
            return;
        }

        if (carriers.TypesFor(spec) is not { } types)
        {
            if (!NotifyCarrierBinder.IsSaid(spec))
            {
                diagnostics.Report(WireRules.NoNotifyPayload, spec.TopLevel("notifies")!.Key);
            }

            return;
        }

        foreach (Declaration notify in notifies.Where(n => n.Usable))
        {
            if (KeyReader.Of(notify.Body, notify.NameNode, diagnostics) is { } keys && Read(notify, keys, types.Registry) is { } code)
            {
                _codes[notify] = code;
            }
        }
    }

    private NotifyCode? Read(Declaration notify, KeyReader keys, RegistryTable registry)
    {
        SpecScope spec = notify.Owner;
        YamlScalar? codeNode = keys.Scalar("code");
        ulong? written = codeNode is null ? null : KeyReader.ParseNumber(codeNode, diagnostics);
        YamlScalar? redefines = keys.Scalar("redefines");
        if (codeNode is not null && written is null)
        {
            return null;
        }

        if (redefines is not null)
        {
            return Redefine(notify, keys, registry, redefines, written);
        }

        RegistryValueModel? value = registry.Find(spec, notify.Name);
        if (value is not null && written is not null && written != value.Value)
        {
            diagnostics.Report(WireRules.Redefines, codeNode!, $"the code {written} is not that of '{notify.Name}' in {registry.Name}, which is {value.Value}");
            return null;
        }

        if (value is null && written is null)
        {
            if (!spec.Closure.Any(s => s.Incomplete))
            {
                diagnostics.Report(WireRules.NotifyCode, notify.NameNode, registry.Name, notify.Name, Suggestion.For(notify.Name, registry.Names(spec)));
            }

            return null;
        }

        value ??= Enter(notify, keys, registry, written!.Value, alias: false, codeNode!);
        if (value is null)
        {
            return null;
        }

        return IsTaken(notify, spec.Closure, value.Value, codeNode ?? notify.NameNode) ? null : new NotifyCode((ushort)value.Value, registry.Literal(value), null);
    }

    private bool IsTaken(Declaration notify, IEnumerable<SpecScope> specs, ulong number, YamlNode at)
    {
        if (specs.SelectMany(s => s.All(Section.Notifies)).FirstOrDefault(n => n != notify && Of(n)?.Number == number) is not { } other)
        {
            return false;
        }

        diagnostics.Report(WireRules.DuplicateNumber, at, number, $"{other.Owner.Name}.{other.Name}");
        return true;
    }

    private NotifyCode? Redefine(Declaration notify, KeyReader keys, RegistryTable registry, YamlScalar redefines, ulong? written)
    {
        if (names.Resolve(notify.Owner, Section.Notifies, redefines) is not { } target)
        {
            return null;
        }

        if (target.Owner == notify.Owner)
        {
            diagnostics.Report(WireRules.Redefines, redefines, $"'{redefines.Value}' is of this spec; a notify redefines one of an import, SPEC.NAME");
            return null;
        }

        if (Of(target) is not { } code)
        {
            return null;
        }

        if (written is not null && written != code.Number)
        {
            diagnostics.Report(WireRules.Redefines, redefines, $"the code {written} is not that of '{redefines.Value}', which is {code.Number}");
            return null;
        }

        if ((registry.Find(notify.Owner, notify.Name) ?? Enter(notify, keys, registry, code.Number, alias: true, redefines)) is not { } value)
        {
            return null;
        }

        if (value.Value != code.Number)
        {
            diagnostics.Report(WireRules.Redefines, redefines, $"'{notify.Name}' is {value.Value} in {registry.Name}, and '{redefines.Value}' is {code.Number}");
            return null;
        }

        return IsTaken(notify, [notify.Owner], code.Number, redefines) ? null : new NotifyCode(code.Number, registry.Literal(value), target);
    }

    private RegistryValueModel? Enter(Declaration notify, KeyReader keys, RegistryTable registry, ulong number, bool alias, YamlNode at)
    {
        string stem = notify.ClrName!.Substring(0, notify.ClrName.Length - Declarations.NotifySuffix.Length);
        ElementInfo info = new ElementReader(notify.Owner, errata).Read(keys, notify.NameNode, stem);
        return registry.Add(notify.Owner, info, number, alias, notify.NameNode, at);
    }
}
