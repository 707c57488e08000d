using VerifyXunit;

namespace MobikeX.Generators.Tests;

/// <summary>The generated code as a reader sees it: whole files, kept in <c>Snapshots/</c>.</summary>
public class SnapshotTests
{
    private static readonly Lazy<IReadOnlyDictionary<string, string>> OfTheDraft = new(() => TestHost.GenerateTwice(SpecSources.Repository));
    private static readonly Lazy<IReadOnlyDictionary<string, string>> OfAllKinds = new(() => TestHost.GenerateTwice([SnapshotSpec.File]));

    [Theory]
    [InlineData("AnyParameter")]
    [InlineData("IdParameter")]
    [InlineData("INotifyHandler")]
    [InlineData("IpParameter")]
    [InlineData("IpVersion")]
    [InlineData("IpVersionNames")]
    [InlineData("IUpdateResponderHandler")]
    [InlineData("MultihomingInformation")]
    [InlineData("NotifyDispatcher")]
    [InlineData("NotifyHandler")]
    [InlineData("ReactionTable")]
    [InlineData("SelectorNotify")]
    [InlineData("SpiParameter")]
    [InlineData("UpdateResponderMachine")]
    [InlineData("UpdateSaAddressesNotify")]
    [InlineData("VersionParameter")]
    [InlineData("Ikev2.NotifyPayload")]
    [InlineData("Mobike.Constants")]
    [InlineData("Mobike.Cookie2Notify")]
    [InlineData("Mobike.NoNatsAllowedNotify")]
    public async Task Draft(string file) =>
        await Verifier.Verify(Text(OfTheDraft.Value, "MobikeX.Protocol." + file), "cs").UseDirectory("Snapshots").UseTextForParameters(file);

    [Theory]
    [InlineData("Collection")]
    [InlineData("Everything")]
    [InlineData("Little")]
    [InlineData("Level")]
    [InlineData("LevelNames")]
    [InlineData("LampMachine")]
    [InlineData("Named")]
    [InlineData("Thing")]
    [InlineData("ThingKind")]
    [InlineData("ILampHandler")]
    public async Task All_kinds(string file) =>
        await Verifier.Verify(Text(OfAllKinds.Value, "Kinds." + file), "cs").UseDirectory("Snapshots").UseTextForParameters(file);

    // A verified file has no line end at its end.
    private static string Text(IReadOnlyDictionary<string, string> files, string hint) => files[hint + ".g.cs"].TrimEnd('\n');
}
