namespace VerifyTests;

/// <summary>Where the file of a verified text is, and what it is called.</summary>
public class VerifySettings
{
    public VerifySettings(VerifySettings? settings = null)
    {
        Directory = settings?.Directory;
        Parameters = settings?.Parameters;
    }

    internal string? Directory { get; private set; }

    internal string? Parameters { get; private set; }

    /// <summary>A directory, from that of the test's source.</summary>
    public void UseDirectory(string directory) => Directory = directory;

    /// <summary>What stands behind the method's name for one of several calls of a theory.</summary>
    public void UseTextForParameters(string parameterText) => Parameters = parameterText;
}
