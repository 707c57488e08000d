using Scriban.Runtime;

namespace MobikeX.Generators.Emit;

/// <summary>Reactions: an enum, and the table that says what each is answered with.</summary>
internal static class ReactionEmitter
{
    public static string RenderEnum(ReactionsUnit unit) => EnumEmitter.Render(
        unit.Namespace,
        "/// " + DocComment.Summary("What a peer does about a failure"),
        "Reaction",
        unit.Reactions.Select(reaction => reaction.Info));

    public static string RenderTable(ReactionTableUnit unit)
    {
        TypeScope scope = new(unit.Namespace, unit.SharedNames);
        return TemplateLibrary.Render("reaction-table", scope, new ScriptObject
        {
            ["registry"] = scope.Use(unit.Registry),
            ["reactions"] = TemplateLibrary.List(unit.Reactions.Select(reaction => new ScriptObject
            {
                ["name"] = CSharpText.Identifier(reaction.Info.ClrName),
                ["answer"] = reaction.AnswerLiteral is string literal ? scope.Literal(literal) : string.Empty,
                ["echoes_id"] = reaction.EchoesId,
                ["echoes_payload_type"] = reaction.EchoesPayloadType,
            })),
        });
    }
}
