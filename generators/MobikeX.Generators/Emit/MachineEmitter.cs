using System.Globalization;
using MobikeX.Generators.Model;
using Scriban.Runtime;

namespace MobikeX.Generators.Emit;

/// <summary>A state machine: a struct over an enum of states, driven through a handler; its table is data beside it.</summary>
internal static class MachineEmitter
{
    public static string Render(MachineUnit unit)
    {
        MachineModel machine = unit.Machine;
        string stem = machine.Info.ClrName;
        return unit.Template switch
        {
            "machine-state" => EnumEmitter.Render(unit.Namespace, Doc(machine, "The states of"), stem + "State", machine.States.Select(state => state.Info)),
            "machine-event" => EnumEmitter.Render(unit.Namespace, Doc(machine, "The events of"), stem + "Event", machine.Events),
            "machine-timer" => EnumEmitter.Render(unit.Namespace, Doc(machine, "The timers of"), stem + "Timer", machine.Timers.Select(timer => timer.Info)),
            "machine-handler" => Handler(unit),
            _ => Machine(unit),
        };
    }

    private static string Doc(MachineModel machine, string what) => $"/// <summary>{what} <see cref=\"{machine.Info.ClrName}Machine\"/>.</summary>";

    private static string Handler(MachineUnit unit)
    {
        MachineModel machine = unit.Machine;
        TypeScope scope = new(unit.Namespace, unit.SharedNames);
        if (machine.Timers.Count > 0)
        {
            scope.Import("System");
        }

        return TemplateLibrary.Render("machine-handler", scope, new ScriptObject
        {
            ["stem"] = machine.Info.ClrName,
            ["guards"] = TemplateLibrary.List(machine.Guards.Select(Member)),
            ["actions"] = TemplateLibrary.List(machine.Actions.Select(Member)),
            ["reacts"] = Steps(machine).Any(step => step.Kind == StepKind.React),
            ["timers"] = machine.Timers.Count > 0,
        });
    }

    private static ScriptObject Member(ElementInfo info) =>
        new() { ["doc"] = DocComment.For(info), ["name"] = CSharpText.Identifier(info.ClrName) };

    private static IEnumerable<StepModel> Steps(MachineModel machine) =>
        machine.States.SelectMany(state => state.Events).SelectMany(e => e.Transitions).SelectMany(transition => transition.Steps);

    private static string Machine(MachineUnit unit)
    {
        MachineModel machine = unit.Machine;
        TypeScope scope = new TypeScope(unit.Namespace, unit.SharedNames).Import("System", "System.Collections.Generic", "MobikeX.Runtime");
        return TemplateLibrary.Render("machine", scope, new ScriptObject
        {
            ["doc"] = DocComment.For(machine.Info),
            ["stem"] = machine.Info.ClrName,
            ["initial"] = machine.InitialState,
            ["events"] = TemplateLibrary.List(machine.Events.Select(e => new ScriptObject
            {
                ["doc"] = DocComment.For(e),
                ["name"] = CSharpText.Identifier(e.ClrName),
                ["body"] = Body(machine, e),
            })),
            ["rows"] = new ScriptArray(machine.States.SelectMany(state => state.Events.SelectMany(e => e.Transitions.Select(transition => Row(machine, state, e, transition))))),
        });
    }

    private static string Body(MachineModel machine, ElementInfo raised)
    {
        CodeBlock code = new();
        string stem = machine.Info.ClrName;
        var active = machine.States
            .Select(state => (State: state, Event: state.Events.FirstOrDefault(e => e.Event == raised.ClrName)))
            .Where(pair => pair.Event is { Ignored: false })
            .ToArray();
        if (active.Length == 0)
        {
            return string.Empty;
        }

        code.Open("switch (State)");
        foreach ((StateModel state, StateEventModel? handled) in active)
        {
            code.Case($"case {stem}State.{CSharpText.Identifier(state.Info.ClrName)}:", inner =>
            {
                foreach (TransitionModel transition in handled!.Transitions)
                {
                    if (transition.Guards.Count == 0)
                    {
                        Take(machine, state, transition, inner);
                        inner.Line("break;");
                    }
                    else
                    {
                        inner.Open($"if ({string.Join(" && ", transition.Guards.Select(Guard))})");
                        Take(machine, state, transition, inner);
                        inner.Line("break;");
                        inner.Close();
                    }
                }
            });
        }

        return code.Close().ToString();
    }

    private static string Guard(GuardTerm term) => $"{(term.Negated ? "!" : string.Empty)}handler.{CSharpText.Identifier(term.Guard)}()";

    // The state is set before anything is done, so that whoever looks from an action sees where the machine goes.
    private static void Take(MachineModel machine, StateModel state, TransitionModel transition, CodeBlock code)
    {
        string stem = machine.Info.ClrName;
        if (transition.Target is string target && target != state.Info.ClrName)
        {
            code.Line($"State = {stem}State.{CSharpText.Identifier(target)};");
        }

        foreach (StepModel step in transition.Steps)
        {
            code.Line(step.Kind switch
            {
                StepKind.React => $"handler.React(Reaction.{CSharpText.Identifier(step.Name)});",
                StepKind.StartTimer => $"handler.StartTimer({stem}Timer.{CSharpText.Identifier(step.Name)}, {Duration(machine, step.Name)});",
                StepKind.StopTimer => $"handler.StopTimer({stem}Timer.{CSharpText.Identifier(step.Name)});",
                _ => $"handler.{CSharpText.Identifier(step.Name)}();",
            });
        }
    }

    private static string Duration(MachineModel machine, string timer)
    {
        long milliseconds = machine.Timers.First(candidate => candidate.Info.ClrName == timer).Milliseconds;
        return $"TimeSpan.FromTicks({(milliseconds * TimeSpan.TicksPerMillisecond).ToString(CultureInfo.InvariantCulture)}L)";
    }

    private static string Row(MachineModel machine, StateModel state, StateEventModel raised, TransitionModel transition)
    {
        string target = transition.Target is null ? "null" : CSharpText.Literal(machine.States.First(candidate => candidate.Info.ClrName == transition.Target).Info.Name);
        string name = machine.Events.First(candidate => candidate.ClrName == raised.Event).Name;
        string guards = Texts(transition.Guards.Select(guard => (guard.Negated ? "not " : string.Empty) + guard.Guard));
        string steps = Texts(transition.Steps.Select(step => step.Kind switch
        {
            StepKind.React => "react " + step.Name,
            StepKind.StartTimer => "start " + step.Name,
            StepKind.StopTimer => "stop " + step.Name,
            _ => step.Name,
        }));
        return $"new MachineTransition({CSharpText.Literal(state.Info.Name)}, {CSharpText.Literal(name)}, {guards}, {target}, {steps}, {CSharpText.Literal(transition.Reference)}),";
    }

    private static string Texts(IEnumerable<string> texts)
    {
        string[] literals = texts.Select(CSharpText.Literal).ToArray();
        return literals.Length == 0 ? "Array.Empty<string>()" : "new[] { " + string.Join(", ", literals) + " }";
    }
}
