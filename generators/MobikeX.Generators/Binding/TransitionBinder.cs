using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Model;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Binding;

/// <summary>What an event does in a state: alternatives, tried in order, each with guards, a next state and steps.</summary>
internal sealed class TransitionBinder(SpecScope spec, ElementReader elements, MachineNames names, ReactionBinder reactions, DiagnosticBag diagnostics)
{
    /// <summary>Far above what a state needs; each alternative is compared with those before it.</summary>
    private const int MaximumAlternatives = 128;

    /// <param name="what"><c>ignore</c>, an alternative, or a list of them.</param>
    /// <param name="at">The name of the event, where what is missing is reported.</param>
    public StateEventModel? Read(string eventClrName, YamlNode what, YamlScalar at)
    {
        if (what is YamlScalar { IsNull: false } word)
        {
            if (word.Value == "ignore")
            {
                return new StateEventModel(eventClrName, Ignored: true, default);
            }

            diagnostics.Report(ShapeRules.WrongWord, word, word.Value, "ignore, an alternative or a list of alternatives", Suggestion.For(word.Value, ["ignore"]));
            return null;
        }

        IReadOnlyList<YamlNode> items = what is YamlSequence sequence ? sequence.Items : [what];
        if (items.Count is 0 or > MaximumAlternatives)
        {
            diagnostics.Report(ShapeRules.WrongShape, what, $"a list of 1 to {MaximumAlternatives} alternatives", $"one of {items.Count}");
            return null;
        }

        List<TransitionModel?> alternatives = [.. items.Select(ReadAlternative)];
        if (alternatives.Contains(null))
        {
            return null;
        }

        List<TransitionModel> sound = [.. alternatives.OfType<TransitionModel>()];
        return CheckOrder(sound, items, at) ? new StateEventModel(eventClrName, Ignored: false, sound.ToEquatableArray()) : null;
    }

    private TransitionModel? ReadAlternative(YamlNode node)
    {
        if (KeyReader.Of(node, node, diagnostics) is not { } keys)
        {
            return null;
        }

        bool sound = true;
        var guards = new List<GuardTerm>();
        foreach (YamlScalar written in keys.Scalars("when"))
        {
            sound &= ReadGuard(written, guards);
        }

        YamlScalar? to = keys.Scalar("to");
        string? target = to is null ? null : names.Use("state", to);
        var steps = new List<StepModel>();
        foreach (YamlScalar written in keys.Scalars("do"))
        {
            sound &= ReadStep(written, steps);
        }

        if (keys.Scalar("react") is { } reactionName)
        {
            ReactionModel? reaction = reactions.Resolve(spec, reactionName);
            sound &= reaction is not null;
            steps.Add(new StepModel(StepKind.React, reaction?.Info.ClrName ?? ""));
        }

        string reference = elements.Reference(keys.Scalars("ref").Select(s => s.Value));
        CheckNotes(keys);
        keys.Finish();
        return sound && (to is null || target is not null)
            ? new TransitionModel(guards.ToEquatableArray(), target, steps.ToEquatableArray(), reference)
            : null;
    }

    /// <summary>What is for the reader of the YAML alone: of the right kind, and no more.</summary>
    private static void CheckNotes(KeyReader keys)
    {
        keys.Scalar("doc");
        _ = keys.Scalars("errata").Count();
    }

    private bool ReadGuard(YamlScalar written, List<GuardTerm> guards)
    {
        bool negated = written.Value.StartsWith("not ", StringComparison.Ordinal);
        string name = negated ? written.Value.Substring(4).Trim() : written.Value;
        if (names.Use("guard", written, name) is not { } guard)
        {
            return false;
        }

        if (guards.Contains(new GuardTerm(guard, !negated)))
        {
            diagnostics.Report(MachineRules.Contradiction, written, name);
            return false;
        }

        if (!guards.Contains(new GuardTerm(guard, negated)))
        {
            guards.Add(new GuardTerm(guard, negated));
        }

        return true;
    }

    private bool ReadStep(YamlScalar written, List<StepModel> steps)
    {
        string[] words = written.Value.Split([' '], StringSplitOptions.RemoveEmptyEntries);
        (StepKind Kind, string Group, string Name)? step = words switch
        {
            ["start", var timer] => (StepKind.StartTimer, "timer", timer),
            ["stop", var timer] => (StepKind.StopTimer, "timer", timer),
            [var action] => (StepKind.Action, "action", action),
            _ => null,
        };
        if (step is not { } found)
        {
            diagnostics.Report(MachineRules.Step, written, written.Value);
            return false;
        }

        if (names.Use(found.Group, written, found.Name) is not { } clrName)
        {
            return false;
        }

        steps.Add(new StepModel(found.Kind, clrName));
        return true;
    }

    /// <summary>Each alternative must have a case of its own, and the last must take all that is left.</summary>
    private bool CheckOrder(List<TransitionModel> alternatives, IReadOnlyList<YamlNode> nodes, YamlScalar at)
    {
        for (int i = 1; i < alternatives.Count; i++)
        {
            var guards = new HashSet<GuardTerm>(alternatives[i].Guards);
            foreach (TransitionModel earlier in alternatives.Take(i))
            {
                if (guards.Count > 0 && guards.SetEquals(earlier.Guards))
                {
                    string text = string.Join(", ", alternatives[i].Guards.Select(g => g.Negated ? $"not {g.Guard}" : g.Guard));
                    diagnostics.Report(MachineRules.Nondeterministic, nodes[i], text);
                    return false;
                }

                if (guards.IsSupersetOf(earlier.Guards))
                {
                    diagnostics.Report(MachineRules.NeverTried, nodes[i]);
                    return false;
                }
            }
        }

        if (alternatives[alternatives.Count - 1].Guards.Count > 0)
        {
            diagnostics.Report(MachineRules.NoFallback, at, at.Value);
            return false;
        }

        return true;
    }
}
