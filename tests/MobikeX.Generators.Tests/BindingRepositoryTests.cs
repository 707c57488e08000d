using MobikeX.Generators.Model;

namespace MobikeX.Generators.Tests;

/// <summary>The specs of the repository bind without a fault, and a choice that is flipped in the YAML is flipped in the model.</summary>
public class BindingRepositoryTests
{
    private static readonly SpecCompilation Compilation = SpecCompiler.Compile(SpecSources.Repository);

    [Fact]
    public void The_specs_of_the_repository_have_no_fault()
    {
        Assert.Empty(Compilation.Diagnostics);
        Assert.Equal(["ikev2", "ikev2-fragmentation", "ikev2-signatures", "mobike", "mobikex"], Compilation.Specs.Select(s => s.Name));
    }

    [Fact]
    public void Under_version_2_a_code_point_of_MOBIKE_is_read_anew()
    {
        Assert.Equal(["MobikeX.Protocol.Mobike.UpdateSaAddressesNotify", "MobikeX.Protocol.UpdateSaAddressesNotify"], Readings("UPDATE_SA_ADDRESSES"));
        Assert.Equal(["ADDITIONAL_IP6_ADDRESS", "ADDITIONAL_IP_ADDRESS"], Names(16398));
    }

    [Fact]
    public void Where_a_choice_of_E01_is_flipped_the_code_follows()
    {
        var files = SpecSources.RepositoryWith("mobikex.yaml", "code: 40963", "code: 40966");

        NotifyModel add = Notify(SpecCompiler.Compile(files), "mobikex", "ADD_SA_ADDRESS");

        Assert.Equal((ushort)40966, add.Code);
        Assert.Equal((ushort)40963, Notify(Compilation, "mobikex", "ADD_SA_ADDRESS").Code);
    }

    [Fact]
    public void Where_two_notifies_share_a_code_the_second_is_at_fault()
    {
        var files = SpecSources.RepositoryWith("mobikex.yaml", "code: 40963", "code: 40962");

        Assert.Equal(["MBX2003"], SpecCompiler.Compile(files).Diagnostics.Select(d => d.Id));
    }

    private static IEnumerable<string> Readings(string name) => Compilation.Specs
        .SelectMany(s => s.NotifySet!.Notifies)
        .Where(n => n.Own && n.Info.Name == name)
        .Select(n => n.Owner.FullName["global::".Length..]);

    private static IEnumerable<string> Names(ushort code) => new[] { "mobike", "mobikex" }
        .Select(s => Compilation.Specs.Single(x => x.Name == s).NotifySet!.Notifies.Single(n => n.Code == code).Info.Name);

    private static NotifyModel Notify(SpecCompilation compilation, string spec, string name) =>
        compilation.Specs.Single(s => s.Name == spec).NotifySet!.Notifies.Single(n => n.Info.Name == name);
}
