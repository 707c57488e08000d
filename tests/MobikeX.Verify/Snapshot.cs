using System.Text;

namespace VerifyTests;

/// <summary>The two files of a verification: <c>X.verified.cs</c> is kept, <c>X.received.cs</c> is what the test made where it differs.</summary>
internal static class Snapshot
{
    // As Verify writes them: with a byte order mark, and \n at the end of lines.
    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: true);

    public static async Task Compare(string target, string extension, VerifySettings settings, string sourceFile, string method)
    {
        string name = Path.GetFileNameWithoutExtension(sourceFile) + "." + method + (settings.Parameters is null ? string.Empty : "_" + settings.Parameters);
        string directory = Path.Combine(Path.GetDirectoryName(sourceFile)!, settings.Directory ?? string.Empty);
        string verifiedPath = Path.Combine(directory, $"{name}.verified.{extension}");
        string receivedPath = Path.Combine(directory, $"{name}.received.{extension}");
        string received = Normalize(target);

        string? verified = File.Exists(verifiedPath) ? Normalize(await File.ReadAllTextAsync(verifiedPath)) : null;
        if (verified == received)
        {
            File.Delete(receivedPath);
            return;
        }

        Directory.CreateDirectory(directory);
        await File.WriteAllTextAsync(receivedPath, received, Encoding);
        string difference = verified is null ? "Nothing was verified yet." : LineDifference.Between(verified, received);
        throw new VerifyException($"{difference}\nReceived: {receivedPath}\nVerified: {verifiedPath}\nWhere what is received is right, it becomes the verified file.");
    }

    private static string Normalize(string text) => text.ReplaceLineEndings("\n");
}
