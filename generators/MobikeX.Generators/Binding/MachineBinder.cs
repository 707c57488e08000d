using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Model;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Binding;

/// <summary>State machines. A machine that is bound says what every event does in every state, once.</summary>
internal sealed class MachineBinder(ErratumBinder errata, ReactionBinder reactions, DiagnosticBag diagnostics)
{
    /// <summary>Of states and of events: every state holds what every event does, so a machine grows with their product.</summary>
    private const int MaximumMembers = 256;

    private static readonly string[] HandlerMembers = ["React", "StartTimer", "StopTimer"];

    public IEnumerable<MachineModel> BindAll(SpecScope spec) =>
        spec.All(Section.Machines).Where(d => d.Usable).Select(Read).OfType<MachineModel>();

    private MachineModel? Read(Declaration declaration)
    {
        if (KeyReader.Of(declaration.Body, declaration.NameNode, diagnostics) is not { } keys)
        {
            return null;
        }

        SpecScope spec = declaration.Owner;
        var elements = new ElementReader(spec, errata);
        ElementInfo info = elements.Read(keys, declaration.NameNode, declaration.ClrName!, needsDoc: true);
        string role = keys.Scalar("role")?.Value ?? "";
        YamlScalar? initial = keys.RequireScalar("initial");
        YamlMapping? eventNodes = keys.Require("events") is null ? null : keys.Mapping("events");
        YamlMapping? stateNodes = keys.Require("states") is null ? null : keys.Mapping("states");
        YamlMapping? guardNodes = keys.Mapping("guards");
        YamlMapping? actionNodes = keys.Mapping("actions");
        YamlMapping? timerNodes = keys.Mapping("timers");
        keys.Finish();
        if (eventNodes is null || stateNodes is null || initial is null || IsTooLarge(eventNodes) || IsTooLarge(stateNodes))
        {
            return null;
        }

        var members = new MemberReader(elements, diagnostics);
        string stem = info.ClrName;
        List<ElementInfo> events = members.Read(
            eventNodes,
            new TypeNames(diagnostics).Reserve([stem + "Machine", stem + "State", stem + "Event", stem + "Timer", "Reaction", .. NamesInCode.OfMachine, .. NamesInCode.Types]));
        TypeNames handler = new TypeNames(diagnostics).Reserve(HandlerMembers);
        List<ElementInfo> guards = members.Read(guardNodes, handler);
        List<ElementInfo> actions = members.Read(actionNodes, handler);
        var names = new MachineNames(diagnostics);
        names.AddAll("event", eventNodes, events);
        names.AddAll("guard", guardNodes, guards);
        names.AddAll("action", actionNodes, actions);
        List<TimerModel> timers = ReadTimers(timerNodes, elements, names);
        names.AddAll("timer", timerNodes, timers.Select(t => t.Info));

        var states = new StateBinder(elements, names, new TransitionBinder(spec, elements, names, reactions, diagnostics), diagnostics);
        List<StateModel>? bound = states.Read(stateNodes, initial, events);
        bool complete = events.Count == eventNodes.Entries.Count
            && guards.Count == (guardNodes?.Entries.Count ?? 0)
            && actions.Count == (actionNodes?.Entries.Count ?? 0)
            && timers.Count == (timerNodes?.Entries.Count ?? 0);
        return bound is null || !complete
            ? null
            : new MachineModel(
                info,
                role,
                bound[0].Info.ClrName,
                bound.ToEquatableArray(),
                events.ToEquatableArray(),
                guards.ToEquatableArray(),
                actions.ToEquatableArray(),
                timers.ToEquatableArray());
    }

    private bool IsTooLarge(YamlMapping members)
    {
        if (members.Entries.Count is > 0 and <= MaximumMembers)
        {
            return false;
        }

        diagnostics.Report(ShapeRules.WrongShape, members, $"a mapping of 1 to {MaximumMembers} names", $"one of {members.Entries.Count}");
        return true;
    }

    private List<TimerModel> ReadTimers(YamlMapping? nodes, ElementReader elements, MachineNames names)
    {
        var taken = new TypeNames(diagnostics);
        var timers = new List<TimerModel>();
        foreach (YamlEntry entry in nodes?.Entries ?? [])
        {
            if (KeyReader.Of(entry.Value, entry.Key, diagnostics) is not { } keys
                || ElementReader.ClrName(entry, diagnostics) is not { } clrName
                || !taken.Claim([clrName], entry.Key))
            {
                continue;
            }

            ElementInfo info = elements.Read(keys, entry.Key, clrName);
            bool one = keys.Has("milliseconds") ^ keys.Has("seconds");
            long? duration = keys.Has("seconds") ? keys.SmallNumber("seconds", int.MaxValue) * 1000L : keys.SmallNumber("milliseconds", int.MaxValue);
            YamlScalar? raises = keys.RequireScalar("raises");
            keys.Finish();
            if (!one || duration is 0)
            {
                diagnostics.Report(MachineRules.Duration, entry.Key);
            }
            else if (duration is not null && raises is not null && names.Use("event", raises) is { } raised)
            {
                timers.Add(new TimerModel(info, duration.Value, raised));
            }
        }

        return timers;
    }
}
