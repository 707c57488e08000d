namespace MobikeX.Generators.Diagnostics;

/// <summary>Where the pages of the diagnostics stand: one a rule, in <c>docs/</c> beside the sources.</summary>
internal static class HelpPages
{
    public const string Base = "https://github.com/mobikex/toolkit/blob/main/generators/MobikeX.Generators/docs/";
}
