namespace VerifyTests;

/// <summary>A text is not what was verified.</summary>
public class VerifyException(string message) : Exception(message);
