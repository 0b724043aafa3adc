using Aiops.Pipeline;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Scopes;
using static Aiops.PortTests.Intake.Alarms;

namespace Aiops.Tests.Pipeline.Intake.Deciding;

public class LifeOfAnIncidentTests
{
    private readonly IntakeBench intake = new();

    [Fact]
    public async Task The_same_message_again_changes_nothing()
    {
        var first = await intake.TakeAsync(Firing("cart"));
        var before = await intake.IncidentAsync();
        var again = await intake.TakeAsync(Firing("cart"));

        again.Outcome.ShouldBe(TriggerOutcome.Duplicate);
        again.IncidentId.ShouldBe(first.IncidentId);
        var after = await intake.IncidentAsync();
        (after.MemberCount, after.FiringCount, after.LastEventAt).ShouldBe((before.MemberCount, before.FiringCount, before.LastEventAt));
        var kept = (await intake.Store.ListDecisionsAsync(new DecisionFilter(), default)).ShouldHaveSingleItem();
        (kept.Outcome, kept.Deliveries).ShouldBe((TriggerOutcome.Opened, 2));
    }

    [Fact]
    public async Task One_state_change_by_EventBridge_and_by_SNS_counts_once()
    {
        await intake.TakeAsync(Firing("cart"));
        var bySns = await intake.TakeAsync(Firing("cart") with { Source = TriggerSource.Sns, SourceId = "sns-message" });

        bySns.Outcome.ShouldBe(TriggerOutcome.Duplicate);
        bySns.Reasons[0].Kind.ShouldBe(ReasonKind.SameState);
        (await intake.IncidentAsync()).MemberCount.ShouldBe(1);
        (await intake.Store.ListDecisionsAsync(new DecisionFilter(), default)).Count.ShouldBe(2, "the second path can be explained too");
    }

    [Fact]
    public async Task One_message_id_about_two_subjects_is_two_triggers()
    {
        await intake.TakeAsync(Firing("cart") with { SourceId = "same" });
        var second = Firing("billing") with { SourceId = "same" };
        var decision = await intake.TakeAsync(second);

        decision.Outcome.ShouldBe(TriggerOutcome.Opened);
        decision.Reasons.ShouldContain(reason => reason.Kind == ReasonKind.SharedMessageId);
        (await intake.TakeAsync(second)).Outcome.ShouldBe(TriggerOutcome.Duplicate);
        (await intake.TakeAsync(Firing("cart") with { SourceId = "same" })).Outcome.ShouldBe(TriggerOutcome.Duplicate);
    }

    [Fact]
    public async Task An_ALARM_whose_OK_was_seen_is_late()
    {
        await intake.TakeAsync(Ok("cart", 5));
        var late = await intake.TakeAsync(Firing("cart", 1));

        late.Outcome.ShouldBe(TriggerOutcome.Ignored);
        late.Reasons[0].Kind.ShouldBe(ReasonKind.Late);
        (await intake.IncidentsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_ALARM_that_comes_late_with_nothing_newer_counts()
    {
        await intake.TakeAsync(Firing("orders-db", 10));
        var late = await intake.TakeAsync(Firing("cart", 5));
        late.Outcome.ShouldBe(TriggerOutcome.Joined);
        (await intake.IncidentAsync()).OpenedAt.ShouldBe(Start.AddMinutes(5));
    }

    [Fact]
    public async Task An_older_OK_doesnt_end_a_newer_ALARM()
    {
        await intake.TakeAsync(Firing("cart", 10));
        (await intake.TakeAsync(Ok("cart", 5))).Outcome.ShouldBe(TriggerOutcome.Ignored);
        (await intake.IncidentAsync()).FiringCount.ShouldBe(1);
    }

    [Fact]
    public async Task At_one_instant_the_end_wins_in_either_order()
    {
        await intake.TakeAsync(Firing("cart", 1));
        (await intake.TakeAsync(Ok("cart", 1))).Outcome.ShouldBe(TriggerOutcome.Resolved);

        await intake.TakeAsync(Ok("billing", 1));
        (await intake.TakeAsync(Firing("billing", 1))).Outcome.ShouldBe(TriggerOutcome.Ignored);
    }

    [Fact]
    public async Task A_sender_that_repeats_the_beginning_in_the_end_is_compared_by_the_end()
    {
        var firing = Firing("cart") with { Source = TriggerSource.Alertmanager };
        await intake.TakeAsync(firing);
        var resolved = firing with { SourceId = "r", State = "resolved", Condition = TriggerCondition.Resolved, EndedAt = Start.AddMinutes(9) };
        (await intake.TakeAsync(resolved)).Outcome.ShouldBe(TriggerOutcome.Resolved);
        (await intake.IncidentAsync()).ResolvedAt.ShouldBe(Start.AddMinutes(9));
    }

    [Fact]
    public async Task The_last_OK_resolves_and_says_so_to_the_workflow()
    {
        await intake.TakeAsync(Firing("orders-db"));
        await intake.TakeAsync(Firing("cart", 1));
        (await intake.TakeAsync(Ok("orders-db", 6))).Reasons[0].Kind.ShouldBe(ReasonKind.MemberEnded);
        (await intake.IncidentAsync()).Status.ShouldBe(IncidentStatus.Open);

        (await intake.TakeAsync(Ok("cart", 7))).Reasons[0].Kind.ShouldBe(ReasonKind.AllEnded);

        var incident = await intake.IncidentAsync();
        (incident.Status, incident.ResolvedAt, incident.FiringCount).ShouldBe((IncidentStatus.Resolved, Start.AddMinutes(7), 0));
        (await intake.Store.ListPendingAsync(10, default)).ShouldHaveSingleItem().Signals.ShouldBe(PendingSignals.Changed | PendingSignals.Resolved);
        (await intake.Store.ListMembersAsync(incident.Id, default)).ShouldAllBe(member => !member.Firing);
    }

    [Fact]
    public async Task By_default_what_fires_after_the_resolution_is_an_incident_of_its_own_that_links_back()
    {
        await intake.TakeAsync(Firing("cart"));
        await intake.TakeAsync(Ok("cart", 7));
        var again = await intake.TakeAsync(Firing("cart", 7.01));

        again.Outcome.ShouldBe(TriggerOutcome.Opened);
        var (newer, older) = ((await intake.IncidentsAsync())[0], (await intake.IncidentsAsync())[1]);
        (newer.LinkedTo, older.Status).ShouldBe((older.Id, IncidentStatus.Resolved));
    }

    [Theory]
    [InlineData(22, true)]
    [InlineData(22.01, false)]
    public async Task A_refire_reopens_a_resolved_incident_within_the_time_that_the_rules_give_and_follows_it_after(double minute, bool reopens)
    {
        var patient = new IntakeBench(rules: IntakeRules.Default with { ReopenWithin = TimeSpan.FromMinutes(15) });
        await patient.TakeAsync(Firing("cart"));
        await patient.TakeAsync(Ok("cart", 7));
        var again = await patient.TakeAsync(Firing("cart", minute));

        if (reopens)
        {
            again.Outcome.ShouldBe(TriggerOutcome.Joined);
            again.Reasons.ShouldContain(reason => reason.Kind == ReasonKind.Reopened);
            var incident = await patient.IncidentAsync();
            (incident.Status, incident.ResolvedAt, incident.MemberCount, incident.FiringCount).ShouldBe((IncidentStatus.Open, null, 1, 1));
            (await patient.Store.ListPendingAsync(10, default)).ShouldHaveSingleItem().Signals.ShouldBe(PendingSignals.Changed, "the resolution is withdrawn");
        }
        else
        {
            again.Outcome.ShouldBe(TriggerOutcome.Opened);
            var (newer, older) = ((await patient.IncidentsAsync())[0], (await patient.IncidentsAsync())[1]);
            newer.LinkedTo.ShouldBe(older.Id);
        }
    }

    [Theory]
    [InlineData(36.9, IncidentStatus.Resolved)]
    [InlineData(37, IncidentStatus.Closed)]
    public async Task A_resolved_incident_is_closed_after_half_an_hour_of_quiet(double minute, IncidentStatus status)
    {
        await intake.TakeAsync(Firing("cart"));
        await intake.TakeAsync(Ok("cart", 7));
        await intake.SweepAsync(minute);
        (await intake.IncidentAsync()).Status.ShouldBe(status);
    }

    [Fact]
    public async Task A_closed_incident_takes_no_more_alarms_and_the_next_one_links_back()
    {
        var first = await intake.TakeAsync(Firing("cart"));
        await intake.TakeAsync(Ok("cart", 7));
        await intake.SweepAsync(40);

        var again = await intake.TakeAsync(Firing("cart", 41));
        again.Outcome.ShouldBe(TriggerOutcome.Opened);
        again.Reasons.ShouldContain(reason => reason.Kind == ReasonKind.Follows && reason.IncidentId == first.IncidentId);
        (await intake.Store.FindAsync(again.IncidentId!, default))!.LinkedTo.ShouldBe(first.IncidentId);
        (await intake.Store.FindAsync(first.IncidentId!, default))!.MemberCount.ShouldBe(1);
    }

    [Fact]
    public async Task What_tells_of_no_fault_is_kept_and_opens_nothing()
    {
        var edited = Of("cart", "5xx", 3, "ConfigurationUpdated", TriggerCondition.Informational);
        var decision = await intake.TakeAsync(edited);

        decision.Outcome.ShouldBe(TriggerOutcome.Ignored);
        (await intake.TakeAsync(Firing("cart", 1))).Outcome.ShouldBe(TriggerOutcome.Opened, "an edit is no state: it makes no alarm late");
        var between = await intake.Store.ListDecisionsAsync(
            new DecisionFilter { From = Start.AddMinutes(2), To = Start.AddMinutes(4), Outcome = TriggerOutcome.Ignored }, default);
        between.ShouldHaveSingleItem().Trigger.State.ShouldBe("ConfigurationUpdated");
    }

    [Fact]
    public async Task An_unknown_state_neither_opens_nor_closes_nor_makes_an_alarm_late()
    {
        var unknown = Of("cart", "5xx", 5, "INSUFFICIENT_DATA", TriggerCondition.Unknown);
        (await intake.TakeAsync(unknown)).Reasons[0].Kind.ShouldBe(ReasonKind.UnknownState);
        (await intake.TakeAsync(Firing("cart", 1))).Outcome.ShouldBe(TriggerOutcome.Opened);
        await intake.TakeAsync(unknown with { SourceId = "u2", OccurredAt = Start.AddMinutes(6) });
        (await intake.IncidentAsync()).Status.ShouldBe(IncidentStatus.Open);
    }

    [Fact]
    public async Task An_OK_of_nothing_that_fired_is_kept_and_changes_nothing()
        => (await intake.TakeAsync(Ok("cart", 1))).Reasons[0].Kind.ShouldBe(ReasonKind.NothingFiring);
}
