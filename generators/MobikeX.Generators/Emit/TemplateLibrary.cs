using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Scriban;
using Scriban.Runtime;

namespace MobikeX.Generators.Emit;

/// <summary>The Scriban templates of this assembly, each parsed once.</summary>
internal static class TemplateLibrary
{
    private static readonly ConcurrentDictionary<string, Template> Parsed = new(StringComparer.Ordinal);
    private static readonly string Version = typeof(TemplateLibrary).Assembly.GetName().Version.ToString(3);

    public static string Render(string template, TypeScope scope, ScriptObject values)
    {
        values["usings"] = new ScriptArray(scope.Usings);
        values["spec_usings"] = new ScriptArray(scope.SpecUsings);
        values["namespace"] = scope.Namespace;
        values["generated_code"] = $"[GeneratedCode(\"MobikeX.Generators\", \"{Version}\")]";

        // An own, empty set of built-in functions: templates need none, and none are looked up by reflection.
        TemplateContext context = new(new ScriptObject())
        {
            StrictVariables = true,
            EnableRelaxedMemberAccess = false,
            LoopLimit = int.MaxValue,
            LimitToString = 0,
            NewLine = "\n",
        };
        context.PushGlobal(values);
        return Normalize(Get(template).Render(context));
    }

    public static ScriptArray List(IEnumerable<ScriptObject> items) => new(items);

    private static Template Get(string name) => Parsed.GetOrAdd(name, static key =>
    {
        Template template = Template.Parse(Whole(key), key);
        return template.HasErrors ? throw new InvalidOperationException(string.Join("\n", template.Messages)) : template;
    });

    // Included text is put in place before parsing: the only built-in function that templates would need.
    private static string Whole(string name) =>
        Regex.Replace(Source(name), @"^\{\{ include '([a-z-]+)' \}\}\n", match => Source(match.Groups[1].Value), RegexOptions.Multiline | RegexOptions.CultureInvariant);

    private static string Source(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name + ".sbn")
            ?? throw new InvalidOperationException($"template {name} is missing");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd().Replace("\r", string.Empty);
    }

    /// <summary>No blanks at the end of a line, and no blank line at the end of a block.</summary>
    private static string Normalize(string text)
    {
        StringBuilder normalized = new(text.Length);
        bool isBlankDue = false;
        foreach (string line in text.Replace("\r", string.Empty).TrimEnd('\n').Split('\n').Select(line => line.TrimEnd(' ')))
        {
            if (isBlankDue && line.TrimStart(' ') != "}")
            {
                normalized.Append('\n');
            }

            isBlankDue = line.Length == 0;
            if (!isBlankDue)
            {
                normalized.Append(line).Append('\n');
            }
        }

        return normalized.ToString();
    }
}
