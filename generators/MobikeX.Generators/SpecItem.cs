using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators;

/// <summary>A spec file as a project names it: the item <c>MobikeXSpec</c> of the package, with its metadata. The build files hand it on under these names.</summary>
internal static class SpecItem
{
    /// <summary>The end of a name that makes a file a spec without more ado.</summary>
    public const string Extension = ".mobikex.yaml";

    /// <summary>Before the name of each piece of metadata.</summary>
    public const string MetadataPrefix = "build_metadata.AdditionalFiles.";

    public const string IsSpecMetadata = "MobikeXSpec";
    public const string NamespaceMetadata = "MobikeXNamespace";
    public const string VisibilityMetadata = "MobikeXVisibility";

    public static bool IsSpec(AdditionalText file, AnalyzerConfigOptionsProvider options) =>
        file.Path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase)
        || string.Equals(Read(options.GetOptions(file), IsSpecMetadata), "true", StringComparison.OrdinalIgnoreCase);

    public static SpecFile Read(AdditionalText file, AnalyzerConfigOptionsProvider provider, CancellationToken cancellation)
    {
        AnalyzerConfigOptions options = provider.GetOptions(file);
        return new SpecFile(file.Path, file.GetText(cancellation)?.ToString() ?? "")
        {
            Namespace = Read(options, NamespaceMetadata),
            Visibility = Read(options, VisibilityMetadata),
        };
    }

    private static string Read(AnalyzerConfigOptions options, string metadata) =>
        options.TryGetValue(MetadataPrefix + metadata, out string? value) ? value.Trim() : "";
}
