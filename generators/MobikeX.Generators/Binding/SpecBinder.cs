using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Model;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Binding;

/// <summary>From the files of a project to the models of its specs. An element at fault is reported and left out; the others are bound.</summary>
internal sealed class SpecBinder
{
    private readonly DiagnosticBag _diagnostics = new();
    private readonly ErratumBinder _errata;
    private readonly RegistryBinder _registries;
    private readonly StructBinder _structs;
    private readonly NotifyCarrierBinder _carriers;
    private readonly NotifyCodes _codes;
    private readonly ReactionBinder _reactions;
    private readonly TraitBinder _traits;
    private readonly NotifyBinder _notifies;
    private readonly ConstantBinder _constants;
    private readonly MachineBinder _machines;

    private SpecBinder()
    {
        var names = new NameResolver(_diagnostics);
        _errata = new ErratumBinder(names, _diagnostics);
        _registries = new RegistryBinder(names, _errata, _diagnostics);
        var parameterTypes = new ParameterTypes(_registries, _diagnostics);
        _structs = new StructBinder(names, _errata, _registries, parameterTypes, _diagnostics);
        _carriers = new NotifyCarrierBinder(_registries, _structs, _diagnostics);
        _codes = new NotifyCodes(names, _errata, _carriers, _diagnostics);
        _reactions = new ReactionBinder(names, _errata, _carriers, _diagnostics);
        _traits = new TraitBinder(names, _errata, _diagnostics);
        _notifies = new NotifyBinder(_errata, _structs, parameterTypes, _carriers, _codes, _reactions, _traits, _diagnostics);
        _constants = new ConstantBinder(_errata, _diagnostics);
        _machines = new MachineBinder(_errata, _reactions, _diagnostics);
    }

    public static BindResult Bind(IEnumerable<YamlDocument> documents, CancellationToken cancellation = default) =>
        new SpecBinder().BindSpecs(documents, cancellation);

    private BindResult BindSpecs(IEnumerable<YamlDocument> documents, CancellationToken cancellation)
    {
        List<YamlDocument> files = [.. documents];
        _diagnostics.AddRange(files.SelectMany(f => f.Diagnostics));
        IReadOnlyList<SpecScope> specs = Guard("the files of the project", null, () => SpecFiles.Read(files, _diagnostics)) ?? [];

        // What a later stage of one spec holds (a registry, a code) an earlier stage of all specs has completed.
        foreach (Action<SpecScope> stage in new Action<SpecScope>[] { s => Declarations.Read(s, specs, _diagnostics), _registries.Read, _codes.Read })
        {
            foreach (SpecScope spec in specs)
            {
                cancellation.ThrowIfCancellationRequested();
                Guard(spec.Name, spec, () => { stage(spec); return spec; });
            }
        }

        var models = new List<SpecModel>();
        foreach (SpecScope spec in specs)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Guard(spec.Name, spec, () => BindSpec(spec)) is { } model)
            {
                models.Add(model);
            }
        }

        return new BindResult(models.ToEquatableArray(), _diagnostics.Items.ToEquatableArray());
    }

    private SpecModel BindSpec(SpecScope spec) => new(
        spec.Name,
        spec.Namespace,
        spec.Title,
        spec.Document,
        spec.Imports.Select(i => i.Name).ToEquatableArray(),
        _registries.BindAll(spec).ToEquatableArray(),
        _structs.BindAll(spec).ToEquatableArray(),
        _notifies.BindSet(spec),
        _machines.BindAll(spec).ToEquatableArray(),
        _reactions.BindAll(spec).ToEquatableArray(),
        _constants.BindAll(spec).ToEquatableArray(),
        _traits.BindAll(spec).ToEquatableArray(),
        _errata.BindAll(spec))
    {
        IsInternal = spec.IsInternal,
        SharedNames = spec.SharedNames().ToEquatableArray(),
    };

    /// <summary>The border that no exception passes: a fault of the binder costs one spec, and is reported as what it is.</summary>
    private T? Guard<T>(string what, SpecScope? spec, Func<T> work)
        where T : class
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _diagnostics.Add(InternalFault.Of(what, spec?.NameNode.Span ?? default, e));
            return null;
        }
    }
}

/// <summary>What binding gives: models that know no place in a file, and faults that do.</summary>
internal sealed record BindResult(EquatableArray<SpecModel> Specs, EquatableArray<SpecDiagnostic> Diagnostics);
