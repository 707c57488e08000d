using MobikeX.Generators.Model;
using Scriban.Runtime;

namespace MobikeX.Generators.Emit;

/// <summary>One of several structs, told apart by their constants: a view that knows which it is.</summary>
internal static class UnionEmitter
{
    public static string Render(UnionUnit unit)
    {
        StructModel union = unit.Union;
        TypeScope scope = new(unit.Namespace, unit.SharedNames);
        if (unit.Template == "union")
        {
            scope.Import("System", "MobikeX.Runtime");
        }

        string type = CSharpText.Identifier(union.Info.ClrName);
        UnionMemberModel? otherwise = union.Members.FirstOrDefault(member => member.Tests.Count == 0);
        return TemplateLibrary.Render(unit.Template, scope, new ScriptObject
        {
            ["doc"] = unit.Template == "union"
                ? DocComment.For(union.Info, note: "A view on the octets of one of its members, made by writing the member and reading what was written")
                : "/// " + DocComment.Summary("What a " + union.Info.Name + " can be."),
            ["type"] = type,
            ["kind"] = CSharpText.Identifier(union.Info.ClrName + "Kind"),
            ["element"] = CSharpText.Literal(union.Info.Name),
            ["minimum_length"] = union.MinimumLength,
            ["tested_octets"] = union.Members.SelectMany(member => member.Tests).Max(test => test.Octet) + 1,
            ["otherwise"] = otherwise?.Definition.Info.ClrName ?? string.Empty,
            ["members"] = TemplateLibrary.List(union.Members.Select((member, index) => Member(member, index, unit.Template == "union" ? scope : null))),
        });
    }

    private static ScriptObject Member(UnionMemberModel member, int index, TypeScope? scope) => new()
    {
        ["name"] = CSharpText.Identifier(member.Definition.Info.ClrName),
        ["stem"] = member.Definition.Info.ClrName,
        ["type"] = scope?.Use(member.Type) ?? string.Empty,
        ["local"] = CSharpText.Identifier(CSharpText.CamelCase(member.Definition.Info.ClrName) + "Value"),
        ["title"] = DocComment.Escape(member.Definition.Info.Name),
        ["draft"] = CSharpText.Literal(member.Definition.Info.Name),
        ["doc"] = "/// " + DocComment.Summary(member.Definition.Info.Doc.Length > 0 ? member.Definition.Info.Doc : member.Definition.Info.Name),
        ["value"] = index + 1,
        ["is_view"] = member.Definition.IsView,
        ["may_not_be_understood"] = StructEmitter.MayNotBeUnderstood(member.Definition),
        ["is_otherwise"] = member.Tests.Count == 0,
        ["test"] = string.Join(" && ", member.Tests.Select(Test)),
    };

    private static string Test(OctetTest test)
    {
        string octet = CSharpText.Invariant(test.Octet);
        string value = CSharpText.Mask((ulong)test.Value);
        return $"source.Length > {octet} && " + (test.Mask == 0xff ? $"source[{octet}] == {value}" : $"(source[{octet}] & {CSharpText.Mask((ulong)test.Mask)}) == {value}");
    }
}
