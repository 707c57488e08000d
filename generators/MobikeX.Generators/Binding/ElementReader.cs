using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Model;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Binding;

/// <summary>Reads what every element may say of itself: <c>ref</c>, <c>doc</c>, <c>errata</c>, <c>name</c>.</summary>
internal sealed class ElementReader(SpecScope spec, ErratumBinder errata)
{
    /// <summary>The C# name of an element, from its <c>name</c> or its key; null where it has none, which is reported.</summary>
    public static string? ClrName(YamlEntry entry, DiagnosticBag diagnostics)
    {
        if ((entry.Value as YamlMapping)?.Find("name")?.Value is { } node)
        {
            if (KeyReader.Expect<YamlScalar>(node, "a single value", diagnostics) is not { } given)
            {
                return null;
            }

            if (ClrNames.IsIdentifier(given.Value))
            {
                return given.Value;
            }

            diagnostics.Report(ShapeRules.BadName, given, given.Value, "a C# identifier");
            return null;
        }

        if (ClrNames.From(entry.Key.Value) is { } derived)
        {
            return derived;
        }

        diagnostics.Report(ShapeRules.BadName, entry.Key, entry.Key.Value, "a name from which a C# identifier can be made");
        return null;
    }

    /// <param name="needsDoc">True for what becomes a type or a public member of weight: a description is then missed.</param>
    public ElementInfo Read(KeyReader keys, YamlScalar name, string clrName, bool needsDoc = false)
    {
        keys.Know("name");
        string doc = Paragraph(keys.Scalar("doc")?.Value ?? "");
        if (needsDoc && doc.Length == 0)
        {
            keys.Diagnostics.Report(ShapeRules.MissingDoc, name);
        }

        string reference = Reference(keys.Scalars("ref").Select(s => s.Value));
        return new ElementInfo(name.Value, clrName, reference, doc, errata.Resolve(spec, keys.Scalars("errata")));
    }

    /// <summary>An element whose value is a description, or a mapping of keys: events, guards, actions, trait values.</summary>
    public ElementInfo? ReadShort(YamlEntry entry, DiagnosticBag diagnostics)
    {
        if (ClrName(entry, diagnostics) is not { } clrName)
        {
            return null;
        }

        if (entry.Value is YamlScalar text)
        {
            return new ElementInfo(entry.Key.Value, clrName, "", text.IsNull ? "" : Paragraph(text.Value), default);
        }

        if (KeyReader.Of(entry.Value, entry.Key, diagnostics) is not { } keys)
        {
            return null;
        }

        ElementInfo info = Read(keys, entry.Key, clrName);
        keys.Finish();
        return info;
    }

    /// <summary>A reference ready to print; entries that begin with a digit are sections of the spec's own document.</summary>
    public string Reference(IEnumerable<string> entries)
    {
        List<string> sections = [.. entries.Where(IsSection)];
        string own = sections.Count switch
        {
            0 => "",
            1 => $"{spec.Document}, section {sections[0]}",
            _ => $"{spec.Document}, sections {string.Join(", ", sections.Take(sections.Count - 1))} and {sections[sections.Count - 1]}",
        };
        return string.Join("; ", entries.Where(e => !IsSection(e)).Prepend(own).Where(e => e.Length > 0));
    }

    /// <summary>One line, whatever the folding of the YAML and the line ends of the file.</summary>
    public static string Paragraph(string text) =>
        string.Join(" ", text.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private static bool IsSection(string entry) => entry.Length > 0 && char.IsDigit(entry[0]);
}
