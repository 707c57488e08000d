using MobikeX.Generators.Model;

namespace MobikeX.Generators.Tests;

/// <summary>Machines as they come out: every state says what every event does. What is refused is on the pages of MBX3001 and following.</summary>
public class BindingMachineTests
{
    private const string Door = """
        reactions:
          ignore: { doc: Nothing is answered. }
        machines:
          DOOR_GUARD:
            ref: "5"
            doc: A door.
            role: house
            initial: SHUT
            events:
              OPEN: Opened.
              Close: { doc: Closed., ref: "5.1", name: Shut }
              Bell: The bell.
            guards: { Locked: It is locked. }
            actions: { Ring: Ring the bell. }
            timers:
              SLAM: { seconds: 3, raises: Close, doc: The wind. }
              BLINK: { milliseconds: 40, raises: Bell }
            states:
              BROKEN: { final: true }
              SHUT:
                on:
                  OPEN:
                    - { when: [Locked], react: ignore, ref: "5.2" }
                    - { when: not Locked, to: AJAR, do: [Ring, start SLAM, stop BLINK], react: ignore }
                    - {}
                  Bell: { do: Ring }
                otherwise: ignore
              AJAR:
                on: { Close: { to: SHUT }, Bell: ignore }
                otherwise: { to: BROKEN }
        """;

    private static readonly MachineModel Machine = Assert.Single(BindingOfSpecs.Demo(Door).Machines);

    [Fact]
    public void The_initial_state_is_the_first()
    {
        Assert.Equal("Shut", Machine.InitialState);
        Assert.Equal(["Shut", "Broken", "Ajar"], Machine.States.Select(s => s.Info.ClrName));
    }

    [Fact]
    public void Every_state_has_every_event_in_the_order_of_the_machine()
    {
        Assert.Equal(["Open", "Shut", "Bell"], Machine.Events.Select(e => e.ClrName));
        Assert.All(Machine.States, s => Assert.Equal(["Open", "Shut", "Bell"], s.Events.Select(e => e.Event)));
    }

    [Fact]
    public void Otherwise_stands_for_the_events_that_are_not_listed()
    {
        Assert.Equal([false, true, false], State("SHUT").Events.Select(e => e.Ignored));
        Assert.Equal([("Broken", false), ("Shut", false), (null, true)], State("AJAR").Events.Select(e => (e.Transitions.FirstOrDefault()?.Target, e.Ignored)));
        Assert.True(State("BROKEN").Final);
        Assert.All(State("BROKEN").Events, e => Assert.True(e.Ignored));
    }

    [Fact]
    public void Alternatives_have_guards_a_target_and_steps_with_the_reaction_last()
    {
        StateEventModel open = State("SHUT").Events[0];

        Assert.Equal(["Locked", "not Locked", ""], open.Transitions.Select(t => string.Join(' ', t.Guards.Select(g => (g.Negated ? "not " : "") + g.Guard))));
        Assert.Equal([null, "Ajar", null], open.Transitions.Select(t => t.Target));
        Assert.Equal(
            [new StepModel(StepKind.Action, "Ring"), new(StepKind.StartTimer, "Slam"), new(StepKind.StopTimer, "Blink"), new(StepKind.React, "Ignore")],
            open.Transitions[1].Steps);
        Assert.Equal(["RFC 9999, section 5.2", "", ""], open.Transitions.Select(t => t.Reference));
    }

    [Fact]
    public void A_timer_has_its_time_and_raises_an_event() =>
        Assert.Equal([("Slam", 3000L, "Shut"), ("Blink", 40L, "Bell")], Machine.Timers.Select(t => (t.Info.ClrName, t.Milliseconds, t.Raises)));

    private static StateModel State(string name) => Machine.States.Single(s => s.Info.Name == name);
}
