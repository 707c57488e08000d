using MobikeX.Generators.Model;
using Scriban.Runtime;

namespace MobikeX.Generators.Emit;

/// <summary>An enum whose numbers mean nothing outside the program: states, events, reactions, values of a trait.</summary>
internal static class EnumEmitter
{
    public static string Render(string @namespace, string doc, string type, IEnumerable<ElementInfo> members) =>
        TemplateLibrary.Render("enum", new TypeScope(@namespace), new ScriptObject
        {
            ["doc"] = doc,
            ["type"] = type,
            ["members"] = TemplateLibrary.List(members.Select(member => new ScriptObject
            {
                ["doc"] = DocComment.For(member),
                ["name"] = CSharpText.Identifier(member.ClrName),
            })),
        });
}
