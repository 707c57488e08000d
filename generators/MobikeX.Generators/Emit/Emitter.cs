using MobikeX.Generators.Binding;
using MobikeX.Generators.Model;

namespace MobikeX.Generators.Emit;

/// <summary>From the model of a spec to the text of its C# files. Pure: the same model gives the same text.</summary>
public static class Emitter
{
    /// <summary>The files of a spec, each with what it depends on.</summary>
    public static IReadOnlyList<OutputUnit> Plan(SpecModel spec) =>
        [.. Units(spec).Select(unit => unit with { IsInternal = spec.IsInternal, SharedNames = spec.SharedNames })];

    /// <summary>The text of one file, with <c>\n</c> line ends.</summary>
    public static string Render(OutputUnit unit)
    {
        string text = RenderPublic(unit);

        // A type stands one step in, in its namespace, and what belongs to it deeper.
        return unit.IsInternal ? text.Replace("\n    public ", "\n    internal ") : text;
    }

    private static List<OutputUnit> Units(SpecModel spec)
    {
        string space = spec.Namespace;
        List<OutputUnit> units = [];
        foreach (RegistryModel registry in spec.Registries)
        {
            units.Add(new RegistryUnit(Hint(spec, registry.Info.ClrName), space, registry));
            units.Add(new RegistryNamesUnit(Hint(spec, registry.Info.ClrName + "Names"), space, registry));
        }

        foreach (StructModel model in spec.Structs)
        {
            string type = StructEmitter.TypeName(model);
            if (model.Kind == StructKind.Union)
            {
                units.Add(new UnionUnit(Hint(spec, type), space, "union", model));
                units.Add(new UnionUnit(Hint(spec, type + "Kind"), space, "union-kind", model));
            }
            else
            {
                units.Add(new StructUnit(Hint(spec, type), space, model));
            }
        }

        if (spec.NotifySet is NotifySetModel set)
        {
            units.AddRange(NotifyPlan.Of(spec, set, type => Hint(spec, type)));
        }

        units.AddRange(spec.Traits.Select(trait => new TraitUnit(Hint(spec, trait.Info.ClrName + TraitBinder.Suffix), space, trait)));
        units.AddRange(spec.Machines.SelectMany(machine => Of(spec, machine)));
        if (spec.Reactions.Count > 0)
        {
            units.Add(new ReactionsUnit(Hint(spec, "Reaction"), space, spec.Reactions));
        }

        if (spec.Constants.Count > 0)
        {
            units.Add(new ConstantsUnit(Hint(spec, "Constants"), space, spec.Constants));
        }

        return units;
    }

    private static string RenderPublic(OutputUnit unit) => unit switch
    {
        RegistryUnit registry => RegistryEmitter.RenderEnum(registry),
        RegistryNamesUnit names => RegistryEmitter.RenderNames(names),
        StructUnit structure => StructEmitter.Render(structure),
        UnionUnit union => UnionEmitter.Render(union),
        ParameterUnionUnit union => ParameterUnionEmitter.Render(union),
        NotifyUnit notify => NotifyEmitter.Render(notify),
        DispatcherUnit dispatcher => DispatcherEmitter.Render(dispatcher),
        NotifyHandlerUnit handler => DispatcherEmitter.RenderHandler(handler),
        ReactionsUnit reactions => ReactionEmitter.RenderEnum(reactions),
        ReactionTableUnit table => ReactionEmitter.RenderTable(table),
        ConstantsUnit constants => ConstantsEmitter.Render(constants),
        TraitUnit trait => TraitEmitter.Render(trait),
        MachineUnit machine => MachineEmitter.Render(machine),
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit.GetType().Name, "no template for this unit"),
    };

    private static IEnumerable<OutputUnit> Of(SpecModel spec, MachineModel machine)
    {
        string stem = machine.Info.ClrName;
        yield return new MachineUnit(Hint(spec, stem + "Machine"), spec.Namespace, "machine", machine);
        yield return new MachineUnit(Hint(spec, stem + "State"), spec.Namespace, "machine-state", machine);
        yield return new MachineUnit(Hint(spec, stem + "Event"), spec.Namespace, "machine-event", machine);
        yield return new MachineUnit(Hint(spec, "I" + stem + "Handler"), spec.Namespace, "machine-handler", machine);
        if (machine.Timers.Count > 0)
        {
            yield return new MachineUnit(Hint(spec, stem + "Timer"), spec.Namespace, "machine-timer", machine);
        }
    }

    private static string Hint(SpecModel spec, string type) => $"{spec.Namespace}.{type}.g.cs";
}
