using System.Globalization;
using Scriban.Runtime;

namespace MobikeX.Generators.Emit;

/// <summary>What knows all notifies of a spec: the dispatcher, the interface that it calls, and a class that implements it.</summary>
internal static class DispatcherEmitter
{
    public static string Render(DispatcherUnit unit)
    {
        TypeScope scope = new TypeScope(unit.Namespace, unit.SharedNames).Import("System", "System.Collections.Generic", "System.Runtime.CompilerServices", "MobikeX.Runtime");
        return TemplateLibrary.Render("notify-dispatcher", scope, new ScriptObject
        {
            ["payload"] = scope.Use(unit.Payload),
            ["registry"] = scope.Use(unit.Registry),
            ["registry_names"] = scope.NamesOf(unit.Registry),
            ["type_field"] = unit.TypeField,
            ["spi_field"] = unit.SpiField,
            ["data_field"] = unit.DataField,
            ["spi_size_offset"] = unit.SpiSizeOffset.ToString(CultureInfo.InvariantCulture),
            ["some_parameters"] = unit.Notifies.Any(notify => notify.HasParameters),
            ["some_spi_refused"] = unit.Notifies.Any(notify => !notify.SpiAllowed),
            ["some_echo_id"] = unit.Notifies.Any(notify => notify.EchoesId),
            ["notifies"] = TemplateLibrary.List(unit.Notifies.Select(notify => Notify(notify, unit.Namespace, scope))),
            ["traits"] = TemplateLibrary.List(unit.Traits.Select(trait => new ScriptObject
            {
                ["stem"] = trait.Stem,
                ["type"] = scope.Use(trait.Type),
                ["doc"] = "/// " + DocComment.Summary(trait.Doc + (trait.Doc.EndsWith(".", StringComparison.Ordinal) ? string.Empty : ".") + " False where the notify states none"),
                ["values"] = TemplateLibrary.List(trait.Values
                    .GroupBy(value => value.Value)
                    .Select(group => new ScriptObject
                    {
                        ["value"] = CSharpText.Identifier(group.Key),
                        ["types"] = new ScriptArray(group.Select(value => scope.Literal(value.TypeLiteral))),
                    })),
            })),
        });
    }

    public static string RenderHandler(NotifyHandlerUnit unit)
    {
        TypeScope scope = new TypeScope(unit.Namespace, unit.SharedNames).Import("MobikeX.Runtime");
        return TemplateLibrary.Render(unit.Template, scope, new ScriptObject
        {
            ["payload"] = scope.Use(unit.Payload),
            ["notifies"] = TemplateLibrary.List(unit.Notifies.Select(notify => Notify(notify, unit.Namespace, scope))),
        });
    }

    // An outer or imported namespace may have a notify of the same name, so a foreign one is told by its full name.
    private static ScriptObject Notify(DispatchedNotify notify, string @namespace, TypeScope scope) => new()
    {
        ["doc"] = "/// " + DocComment.Summary(notify.Name + (notify.Doc.Length > 0 ? ": " + notify.Doc : string.Empty)),
        ["name"] = CSharpText.Literal(notify.Name),
        ["title"] = DocComment.Escape(notify.Name),
        ["stem"] = notify.Stem,
        ["type"] = notify.Type.Namespace == @namespace ? notify.Type.ClrName : notify.Type.FullName,
        ["type_literal"] = scope.Literal(notify.TypeLiteral),
        ["has_fields"] = notify.HasFields,
        ["has_parameters"] = notify.HasParameters,
        ["is_view"] = notify.IsView,
        ["may_not_be_understood"] = notify.MayNotBeUnderstood,
        ["understood"] = notify.HasParameters ? "IsUnderstood" : "Understands(out _)",
        ["spi_allowed"] = notify.SpiAllowed,
        ["echoes_id"] = notify.EchoesId,
        ["answer"] = notify.AnswerLiteral is string literal ? $", {CSharpText.LiteralOrNull(notify.Answer)}, (int){scope.Literal(literal)}" : string.Empty,
    };
}
