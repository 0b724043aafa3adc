using Aiops.Pipeline;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Maintenance;
using static Aiops.PortTests.Intake.Alarms;

namespace Aiops.Tests.Pipeline.Intake.Deciding;

public class HoldTests
{
    private static readonly MaintenanceWindow Upgrade = new("db-upgrade", "Upgrade to 16.3",
        new WindowMatch { Components = ["orders-db"] }, new OneTime(Start, Start.AddMinutes(60)));

    private IntakeBench intake = new();

    [Fact]
    public async Task An_alarm_without_a_history_is_never_held()
        => (await intake.TakeAsync(Firing("cart"))).Outcome.ShouldBe(TriggerOutcome.Opened);

    [Fact]
    public async Task After_three_quick_cycles_in_an_hour_the_next_firing_is_held()
    {
        await FlapAsync(2);
        (await intake.TakeAsync(Firing("cart", 20))).Outcome.ShouldNotBe(TriggerOutcome.Held, "twice may be chance");
        await intake.TakeAsync(Ok("cart", 21));

        var held = await intake.TakeAsync(Firing("cart", 30));
        held.Outcome.ShouldBe(TriggerOutcome.Held);
        held.DueAt.ShouldBe(Start.AddMinutes(35));
        held.Reasons[0].Sentence.ShouldContain("3 times in the last 60 min");
    }

    [Fact]
    public async Task Slow_cycles_are_no_flaps()
    {
        for (var i = 0; i < 4; i++)
        {
            await intake.TakeAsync(Firing("cart", i * 10));
            await intake.TakeAsync(Ok("cart", i * 10 + 5.1));
        }

        (await intake.TakeAsync(Firing("cart", 41))).Outcome.ShouldBe(TriggerOutcome.Opened);
    }

    [Fact]
    public async Task A_history_is_forgotten_after_an_hour()
    {
        await FlapAsync(3);
        (await intake.TakeAsync(Firing("cart", 62))).Outcome.ShouldNotBe(TriggerOutcome.Held, "the first cycle ended a little over an hour ago");
    }

    [Fact]
    public async Task A_held_firing_that_ends_in_time_is_counted_and_closed_silently()
    {
        await FlapAsync(3);
        var incidents = (await intake.IncidentsAsync()).Count;
        await intake.TakeAsync(Firing("cart", 40));
        var ended = await intake.TakeAsync(Ok("cart", 42));

        ended.Outcome.ShouldBe(TriggerOutcome.Resolved);
        ended.IncidentId.ShouldBeNull();
        ended.Reasons[0].Sentence.ShouldContain("flap 4 in 60 min, 3 make a history");
        (await intake.SweepAsync(46)).ShouldBeEmpty();
        (await intake.IncidentsAsync()).Count.ShouldBe(incidents);
    }

    [Fact]
    public async Task A_held_firing_that_stays_is_opened_by_the_sweep_once()
    {
        await FlapAsync(3);
        await intake.SweepAsync(55);
        var held = await intake.TakeAsync(Firing("cart", 58));
        (await intake.SweepAsync(62.9)).ShouldBeEmpty();
        var due = (await intake.SweepAsync(63)).ShouldHaveSingleItem();

        due.Outcome.ShouldBe(TriggerOutcome.Opened);
        due.Id.ShouldStartWith(held.Id);
        (await intake.SweepAsync(64)).ShouldBeEmpty();
        var opened = await intake.Store.FindAsync(due.IncidentId!, default);
        (opened!.OpenedAt, opened.ExecutionStarted).ShouldBe((Start.AddMinutes(58), true));
        (await intake.Store.ListDecisionsAsync(new DecisionFilter { SourceId = held.Trigger.SourceId }, default))
            .Select(decision => decision.Outcome).ShouldBe([TriggerOutcome.Held, TriggerOutcome.Opened]);
    }

    [Fact]
    public async Task A_second_firing_doesnt_prolong_the_hold()
    {
        await FlapAsync(3);
        await intake.TakeAsync(Firing("cart", 40));
        (await intake.TakeAsync(Firing("cart", 43))).DueAt.ShouldBe(Start.AddMinutes(45));
    }

    [Fact]
    public async Task A_muted_alarm_is_recorded_with_its_rule_and_raised_again_when_the_mute_ends()
    {
        var mute = new Suppression("arn:aws:cloudwatch:eu-west-1:111122223333:mute-rule:deploys", "deployment", Start.AddMinutes(30));
        var muted = await intake.TakeAsync(Firing("cart") with { SuppressedBy = mute });

        muted.Outcome.ShouldBe(TriggerOutcome.Suppressed);
        (muted.DueAt, muted.Reasons[0].Rule).ShouldBe((mute.Until, mute.Rule));
        (await intake.IncidentsAsync()).ShouldBeEmpty();
        (await intake.SweepAsync(29.9)).ShouldBeEmpty();
        var raised = (await intake.SweepAsync(30)).ShouldHaveSingleItem();
        raised.Outcome.ShouldBe(TriggerOutcome.Opened);
        raised.Reasons.ShouldContain(reason => reason.Kind == ReasonKind.SuppressionEnded && reason.Rule == mute.Rule);
        (await intake.IncidentAsync()).OpenedAt.ShouldBe(Start, "the fault is as old as its alarm");
        intake.Executions.Names.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_raised_alarm_joins_what_is_open_then()
    {
        await intake.TakeAsync(Firing("cart") with { SuppressedBy = new Suppression("m", "r", Start.AddMinutes(120)) });
        var incident = await intake.TakeAsync(Firing("orders-db", 118));
        (await intake.SweepAsync(120)).ShouldHaveSingleItem().IncidentId.ShouldBe(incident.IncidentId);
    }

    [Fact]
    public async Task An_OK_ends_a_suppressed_alarm()
    {
        await intake.TakeAsync(Firing("cart") with { SuppressedBy = new Suppression("m", "r", Start.AddMinutes(30)) });
        (await intake.TakeAsync(Ok("cart", 20))).Outcome.ShouldBe(TriggerOutcome.Resolved);
        (await intake.SweepAsync(31)).ShouldBeEmpty();
        (await intake.IncidentsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_suppression_without_an_end_is_looked_at_after_an_hour()
    {
        await intake.TakeAsync(Firing("cart") with { SuppressedBy = new Suppression("WaitPeriod", "r") });
        (await intake.SweepAsync(59)).ShouldBeEmpty();
        (await intake.SweepAsync(60)).ShouldHaveSingleItem().Outcome.ShouldBe(TriggerOutcome.Opened);
    }

    [Fact]
    public async Task A_maintenance_window_suppresses_what_it_covers_while_it_is_open()
    {
        intake = new IntakeBench(rules: IntakeRules.Default with { Maintenance = new MaintenanceWindows([Upgrade]) });
        (await intake.TakeAsync(Firing("cart"))).Outcome.ShouldBe(TriggerOutcome.Opened);
        var suppressed = await intake.TakeAsync(Firing("orders-db", 59.9));
        (suppressed.Outcome, suppressed.Reasons[0].Rule).ShouldBe((TriggerOutcome.Suppressed, "db-upgrade"));
        (await intake.TakeAsync(Firing("orders-db", 60, "cpu"))).Outcome.ShouldNotBe(TriggerOutcome.Suppressed, "the end is excluded");
    }

    [Fact]
    public async Task A_window_that_follows_on_another_suppresses_further()
    {
        var next = Upgrade with { Id = "db-check", Time = new OneTime(Start.AddMinutes(60), Start.AddMinutes(90)) };
        intake = new IntakeBench(rules: IntakeRules.Default with { Maintenance = new MaintenanceWindows([Upgrade, next]) });
        await intake.TakeAsync(Firing("orders-db", 5));
        var again = (await intake.SweepAsync(60)).ShouldHaveSingleItem();
        (again.Outcome, again.Reasons[0].Rule).ShouldBe((TriggerOutcome.Suppressed, "db-check"));
        (await intake.SweepAsync(90)).ShouldHaveSingleItem().Outcome.ShouldBe(TriggerOutcome.Opened);
    }

    [Fact]
    public async Task A_held_composite_is_taken_up_with_its_children()
    {
        var child = await intake.TakeAsync(Firing("billing", 1));
        await intake.TakeAsync(Firing("shop", 2, "composite") with
        {
            Component = null,
            Children = [Arn("billing")],
            SuppressedBy = new Suppression("m", "r", Start.AddMinutes(10)),
        });
        var raised = (await intake.SweepAsync(10)).ShouldHaveSingleItem();
        raised.IncidentId.ShouldBe(child.IncidentId);
        (await intake.TakeAsync(Ok("billing", 11))).IncidentId.ShouldBe(child.IncidentId, "the child's own record is untouched");
    }

    private async Task FlapAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            await intake.TakeAsync(Firing("cart", i * 5));
            await intake.TakeAsync(Ok("cart", i * 5 + 1));
        }
    }
}
