using MobikeX.Generators.Model;
using Scriban.Runtime;

namespace MobikeX.Generators.Emit;

/// <summary>A notify: its Notification Data, read whole and checked, with the answer to what is wrong.</summary>
internal static class NotifyEmitter
{
    public static string Render(NotifyUnit unit)
    {
        NotifyModel notify = unit.Notify;
        TypeScope scope = new(unit.Namespace, unit.SharedNames);

        // Constants and properties stand before types of their names.
        foreach (string member in notify.Traits.Select(t => t.Trait.ClrName).Concat(notify.Roles.Select(r => r.Info.ClrName)))
        {
            scope.Hide(member);
        }

        ScriptArray constants = Constants(notify, scope, scope.Use(unit.Registry));
        string type = CSharpText.Identifier(notify.Info.ClrName);
        if (notify.Data is StructModel data)
        {
            return StructEmitter.Render(new StructShape(data, type, scope, notify.Malformed, isNotify: true), DocComment.For(notify.Info, data.BitDiagram), constants);
        }

        if (notify.Roles.Count > 0)
        {
            return ParameterNotifyEmitter.Render(notify, type, scope, scope.Use(unit.ParameterRegistry!), constants);
        }

        scope.Import("System", "System.Runtime.CompilerServices", "MobikeX.Runtime");
        return TemplateLibrary.Render("notify-without-data", scope, new ScriptObject
        {
            ["doc"] = DocComment.For(notify.Info),
            ["type"] = type,
            ["element"] = CSharpText.Literal(notify.Info.Name),
            ["constants"] = constants,
            ["ignores_data"] = notify.IgnoresData,
            ["answer"] = StructEmitter.Answer(notify.Malformed, scope, ", "),
        });
    }

    private static ScriptArray Constants(NotifyModel notify, TypeScope scope, string registry)
    {
        ScriptArray constants = [StructEmitter.Constant("The Notify Message Type.", registry, "Type", scope.Literal(notify.TypeLiteral))];
        foreach (TraitValueModel stated in notify.Traits)
        {
            string type = scope.Use(stated.Type);
            constants.Add(StructEmitter.Constant(Said(stated), type, stated.Trait.ClrName, $"{type}.{CSharpText.Identifier(stated.Value.ClrName)}"));
        }

        return constants;
    }

    /// <summary>The trait, and what its value means, as where both are declared.</summary>
    private static ElementInfo Said(TraitValueModel stated) => stated.Trait with
    {
        Doc = $"{DocComment.Sentence(stated.Trait.Doc)} {stated.Value.Name}{(stated.Value.Doc.Length > 0 ? ": " + stated.Value.Doc : string.Empty)}",
        Errata = stated.Trait.Errata.Concat(stated.Value.Errata).Distinct().ToEquatableArray(),
    };
}
