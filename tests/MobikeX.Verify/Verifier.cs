using System.Runtime.CompilerServices;
using VerifyTests;

namespace VerifyXunit;

/// <summary>Compares a text with the file that is kept beside the test: the part of Verify.Xunit that this repository uses, with its conventions.</summary>
public static class Verifier
{
    /// <summary>Verifies a text that is kept in a file with this extension, named after the class (the name of the source file) and the method of the test.</summary>
    public static SettingsTask Verify(
        string target,
        string extension,
        VerifySettings? settings = null,
        [CallerFilePath] string sourceFile = "",
        [CallerMemberName] string method = "") =>
        new(new VerifySettings(settings), all => Snapshot.Compare(target, extension, all, sourceFile, method));
}
