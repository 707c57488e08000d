using MobikeX.Generators.Binding;
using MobikeX.Generators.Model;

namespace MobikeX.Generators.Emit;

/// <summary>The files of a spec's notifies: one each, and those that know all of them.</summary>
internal static class NotifyPlan
{
    public static IEnumerable<OutputUnit> Of(SpecModel spec, NotifySetModel set, Func<string, string> hint)
    {
        string space = spec.Namespace;
        if (set.ParameterRegistry is TypeRef parameterRegistry && set.Parameters.Count > 0)
        {
            yield return new ParameterUnionUnit(hint("AnyParameter"), space, "any-parameter", parameterRegistry, set.Parameters);
            yield return new ParameterUnionUnit(hint("ParameterEnumerator"), space, "parameter-enumerator", parameterRegistry, set.Parameters);
            yield return new ParameterUnionUnit(hint("ParameterWriter"), space, "parameter-writer", parameterRegistry, set.Parameters);
        }

        foreach (NotifyModel notify in set.Notifies.Where(notify => notify.Own))
        {
            yield return new NotifyUnit(hint(notify.Info.ClrName), space, set.Registry, set.ParameterRegistry, notify);
        }

        EquatableArray<DispatchedNotify> dispatched = set.Notifies.Select(Dispatched).ToEquatableArray();

        // The interface alone repeats the docs: another word there renders nothing else.
        EquatableArray<DispatchedNotify> undocumented = dispatched.Select(notify => notify with { Doc = string.Empty }).ToEquatableArray();
        yield return new DispatcherUnit(
            hint("NotifyDispatcher"), space, set.Payload, set.TypeField, set.SpiField, set.DataField, set.SpiSizeOffset, set.Registry, undocumented,
            Traits(spec, set).ToEquatableArray());
        yield return new NotifyHandlerUnit(hint("INotifyHandler"), space, "notify-handler", set.Payload, dispatched);
        yield return new NotifyHandlerUnit(hint("NotifyHandler"), space, "notify-handler-base", set.Payload, undocumented);
        if (spec.Reactions.Count > 0)
        {
            yield return new ReactionTableUnit(hint("ReactionTable"), space, set.Registry, spec.Reactions);
        }
    }

    /// <summary>The name of a notify without the suffix of its type.</summary>
    public static string Stem(string type)
    {
        const string Suffix = "Notify";
        return type.Length > Suffix.Length && type.EndsWith(Suffix, StringComparison.Ordinal) ? type.Substring(0, type.Length - Suffix.Length) : type;
    }

    private static DispatchedNotify Dispatched(NotifyModel notify) => new(
        notify.Info.Name,
        Stem(notify.Info.ClrName),
        notify.Owner,
        notify.TypeLiteral,
        notify.Data is not null,
        notify.Roles.Count > 0,
        notify.IsView || notify.Data is { IsView: true },
        notify.Data is StructModel data ? StructEmitter.MayNotBeUnderstood(data) : notify.Roles.Any(role => StructEmitter.MayNotBeUnderstood(role.Parameter)),
        notify.SpiAllowed,
        notify.Malformed?.AnswerName,
        notify.Malformed?.AnswerLiteral,
        notify.Malformed?.EchoesId ?? false,
        notify.Info.Doc);

    /// <summary>The spec's own traits, and those of imports that a notify of the set states.</summary>
    private static IEnumerable<NotifyTrait> Traits(SpecModel spec, NotifySetModel set)
    {
        IEnumerable<(TypeRef Type, ElementInfo Info)> own = spec.Traits.Select(trait => (new TypeRef(spec.Namespace, trait.Info.ClrName + TraitBinder.Suffix), trait.Info));
        IEnumerable<(TypeRef Type, ElementInfo Info)> stated = set.Notifies.SelectMany(notify => notify.Traits).Select(value => (value.Type, value.Trait));
        return own.Concat(stated).GroupBy(trait => trait.Type).Select(group => group.First()).Select(trait => new NotifyTrait(
            trait.Info.ClrName,
            trait.Type,
            trait.Info.Doc,
            set.Notifies
                .SelectMany(notify => notify.Traits.Where(value => value.Type == trait.Type).Select(value => new NotifyTraitValue(notify.TypeLiteral, value.Value.ClrName)))
                .ToEquatableArray()));
    }
}
