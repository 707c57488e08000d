using System.Globalization;
using Scriban.Runtime;

namespace MobikeX.Generators.Emit;

/// <summary>The numbers that a spec gives a name.</summary>
internal static class ConstantsEmitter
{
    public static string Render(ConstantsUnit unit) =>
        TemplateLibrary.Render("constants", new TypeScope(unit.Namespace), new ScriptObject
        {
            ["constants"] = TemplateLibrary.List(unit.Constants.Select(constant => new ScriptObject
            {
                ["doc"] = DocComment.For(constant.Info, note: constant.Unit is string measure ? "In " + measure : null),
                ["type"] = constant.Value is >= int.MinValue and <= int.MaxValue ? "int" : "long",
                ["name"] = CSharpText.Identifier(constant.Info.ClrName),
                ["value"] = constant.Value.ToString(CultureInfo.InvariantCulture),
            })),
        });
}
