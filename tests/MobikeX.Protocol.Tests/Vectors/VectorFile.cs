using YamlDotNet.RepresentationModel;

namespace MobikeX.Protocol.Tests.Vectors;

/// <summary>Reads the vectors from their files.</summary>
internal static class VectorFile
{
    public static IReadOnlyList<Vector> All { get; } = [.. Directory
        .EnumerateFiles(System.IO.Path.Combine(AppContext.BaseDirectory, "vectors"), "*.yaml")
        .Order(StringComparer.Ordinal)
        .SelectMany(Read)];

    private static IEnumerable<Vector> Read(string path)
    {
        var stream = new YamlStream();
        using var reader = new StreamReader(path);
        stream.Load(reader);
        var root = (YamlMappingNode)stream.Documents[0].RootNode;
        string file = System.IO.Path.GetFileName(path);
        return ((YamlSequenceNode)root["vectors"]).Children.Select(node => ReadVector(file, (YamlMappingNode)node));
    }

    private static Vector ReadVector(string file, YamlMappingNode node) => new(
        file,
        Text(node, "name")!,
        Text(node, "section")!,
        Text(node, "spec") ?? "mobikex",
        Text(node, "notify") ?? Text(node, "as") ?? string.Empty,
        VectorHex.Read(Text(node, "data") ?? string.Empty),
        Text(node, "payload") is string payload ? VectorHex.Read(payload) : null,
        Node(node, "reads"),
        Text(node, "writes") is string writes ? VectorHex.Read(writes) : null,
        Node(node, "fails") is YamlMappingNode fails ? ReadFailure(fails, Text(fails, "kind")!) : null,
        Node(node, "not-understood") is YamlMappingNode value ? ReadFailure(value, "NotUnderstood") : null,
        Node(node, "ends") is YamlSequenceNode ends ? [.. ends.Children.Select(end => Number(end.ToString()))] : null);

    private static ExpectedFailure ReadFailure(YamlMappingNode node, string kind) =>
        new(kind, Number(Text(node, "offset")!), Text(node, "path")!, Text(node, "answer"));

    private static YamlNode? Node(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? value) ? value : null;

    private static string? Text(YamlMappingNode node, string key) => (Node(node, key) as YamlScalarNode)?.Value;

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
