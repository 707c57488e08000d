using MobikeX.Generators.Model;
using Scriban.Runtime;

namespace MobikeX.Generators.Emit;

/// <summary>The parameters of a spec together: the tagged union, the walk over them, and the writer.</summary>
internal static class ParameterUnionEmitter
{
    public static string Render(ParameterUnionUnit unit)
    {
        TypeScope scope = new TypeScope(unit.Namespace, unit.SharedNames).Import("System", "MobikeX.Runtime");
        string registry = scope.Use(unit.Registry);
        scope.NamesOf(unit.Registry);
        StructModel any = unit.Parameters[0].Definition;
        var first = (ConstantField)any.Fields[0];
        int octets = first.Bits / 8;
        if (octets > 1 && unit.Template == "any-parameter")
        {
            scope.Import("System.Buffers.Binary");
        }

        if (unit.Template != "parameter-writer")
        {
            scope.Import("System.Runtime.CompilerServices");
        }

        IReadOnlyList<string> locals = LocalNames.Stems(unit.Parameters.Select(static parameter => (StructEmitter.Stem(parameter.Definition), new[] { string.Empty })), "Parameter", LocalNames.BesideParameters);
        return TemplateLibrary.Render(unit.Template, scope, new ScriptObject
        {
            ["registry"] = registry,
            ["type_octets"] = octets,
            ["read_type"] = octets == 1 ? "source[0]" : $"BinaryPrimitives.ReadUInt{first.Bits}{(any.ByteOrder == ByteOrder.BigEndian ? "Big" : "Little")}Endian(source)",
            ["parameters"] = TemplateLibrary.List(unit.Parameters.Select((parameter, index) => Parameter(parameter.Definition, scope.Use(parameter.Type), locals[index], scope))),
        });
    }

    private static ScriptObject Parameter(StructModel parameter, string type, string local, TypeScope scope) => new()
    {
        ["type"] = type,
        ["name"] = StructEmitter.Stem(parameter),
        ["local"] = CSharpText.Identifier(local),
        ["title"] = DocComment.Escape(parameter.Info.Name),
        ["draft"] = CSharpText.Literal(parameter.Info.Name),
        ["length"] = WireLength.Of(parameter, type, scope),
        ["is_view"] = parameter.IsView,
        ["is_apart"] = StructReader.IsApart(parameter),
        ["may_not_be_understood"] = StructEmitter.MayNotBeUnderstood(parameter),
    };
}
