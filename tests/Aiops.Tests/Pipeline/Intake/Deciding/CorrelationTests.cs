using Aiops.Analysis.Topology;
using Aiops.Pipeline;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Scopes;
using static Aiops.PortTests.Intake.Alarms;

namespace Aiops.Tests.Pipeline.Intake.Deciding;

public class CorrelationTests
{
    private IntakeBench intake = new();

    [Fact]
    public async Task A_callers_alarm_joins_the_incident_of_its_callee_and_shows_each_part_of_the_score()
    {
        var first = await intake.TakeAsync(Firing("orders-db"));
        var second = await intake.TakeAsync(Firing("payments", 3));

        first.Outcome.ShouldBe(TriggerOutcome.Opened);
        second.Outcome.ShouldBe(TriggerOutcome.Joined);
        second.IncidentId.ShouldBe(first.IncidentId);
        var score = second.Reasons[0].Score.ShouldNotBeNull();
        score.Parts.Select(part => part.Name).ShouldBe(["topology", "time", "similarity"]);
        score.Parts.Sum(part => part.Weight * part.Value).ShouldBe(score.Total, 0.001);
        score.Total.ShouldBe(0.5 * 0.9 + 0.3 * 0.9);
        second.Reasons[0].Sentence.ShouldContain("payments is 1 call away from it; 3 min from its events");
    }

    [Fact]
    public async Task What_the_graph_doesnt_connect_stays_apart_however_near_in_time_and_alike()
    {
        await intake.TakeAsync(Firing("checkout") with { Title = "HighErrorRate", GroupKey = "{}:{alertname=\"HighErrorRate\"}" });
        var other = await intake.TakeAsync(Firing("billing") with { Title = "HighErrorRate", GroupKey = "{}:{alertname=\"HighErrorRate\"}" });

        other.Outcome.ShouldBe(TriggerOutcome.Opened);
        other.Reasons[0].Score!.Parts[0].Value.ShouldBe(-1);
        other.Reasons[0].IncidentId.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(24.9, TriggerOutcome.Joined)]
    [InlineData(25.1, TriggerOutcome.Opened)]
    public async Task A_neighbour_joins_within_25_minutes(double minute, TriggerOutcome outcome)
    {
        await intake.TakeAsync(Firing("orders-db"));
        (await intake.TakeAsync(Firing("payments", minute))).Outcome.ShouldBe(outcome);
    }

    [Theory]
    [InlineData(30, TriggerOutcome.Joined)]
    [InlineData(30.1, TriggerOutcome.Opened)]
    public async Task Another_alarm_of_the_same_component_joins_within_the_window(double minute, TriggerOutcome outcome)
    {
        await intake.TakeAsync(Firing("orders-db"));
        (await intake.TakeAsync(Firing("orders-db", minute, "cpu"))).Outcome.ShouldBe(outcome);
    }

    [Fact]
    public async Task Of_two_incidents_that_fit_alike_the_older_takes_the_alarm()
    {
        intake = new IntakeBench(new ServiceGraph([], [new("a", "m"), new("m", "b")]), IntakeRules.Default with
        {
            Correlation = new() { Threshold = 0.7 }, // Two hops don't reach it, one does.
        });
        var older = await intake.TakeAsync(Firing("b", 0));
        (await intake.TakeAsync(Firing("a", 0.01))).Outcome.ShouldBe(TriggerOutcome.Opened);
        var between = await intake.TakeAsync(Firing("m", 0.005));
        between.IncidentId.ShouldBe(older.IncidentId);
    }

    [Fact]
    public async Task Without_topology_alarms_of_one_system_join_by_name_and_others_dont()
    {
        intake = new IntakeBench(ServiceGraph.Empty);
        var shop = await intake.TakeAsync(Firing("webshop-api-1"));
        (await intake.TakeAsync(Firing("webshop-worker-2", 1))).IncidentId.ShouldBe(shop.IncidentId);
        (await intake.TakeAsync(Firing("ledger-api-1", 1))).Outcome.ShouldBe(TriggerOutcome.Opened);
        (await intake.TakeAsync(Firing("webshop-api-3", 4))).Outcome.ShouldBe(TriggerOutcome.Opened, "by name alone only what is near in time joins");
    }

    [Fact]
    public async Task Without_topology_another_region_stands_apart()
    {
        intake = new IntakeBench(ServiceGraph.Empty);
        await intake.TakeAsync(Firing("webshop-api-1"));
        (await intake.TakeAsync(Firing("webshop-worker-2") with { Region = "us-east-1" })).Outcome.ShouldBe(TriggerOutcome.Opened);
    }

    [Fact]
    public async Task Accounts_never_mix()
    {
        await intake.TakeAsync(Firing("orders-db"));
        var other = await intake.TakeAsync(Firing("orders-db") with { Account = "444455556666", SourceId = "other", Subject = "other" });
        other.Outcome.ShouldBe(TriggerOutcome.Opened);
        other.Scope.ShouldBe("444455556666");
    }

    [Fact]
    public async Task A_senders_group_that_holds_everything_says_nothing()
    {
        intake = new IntakeBench(ServiceGraph.Empty);
        await intake.TakeAsync(Firing("checkout") with { GroupKey = "{}:{}" });
        (await intake.TakeAsync(Firing("ledger") with { GroupKey = "{}:{}" })).Outcome.ShouldBe(TriggerOutcome.Opened);
        await intake.TakeAsync(Firing("invoices", 1) with { GroupKey = "{}:{team=\"data\"}" });
        (await intake.TakeAsync(Firing("reports", 1) with { GroupKey = "{}:{team=\"data\"}" })).Outcome.ShouldBe(TriggerOutcome.Joined);
    }

    [Fact]
    public async Task A_contributor_and_its_alarm_are_one_thing_whichever_comes_first()
    {
        var parent = Firing("billing", 0, "errors");
        var contributor = Firing("cart", 200, "errors") with { Contributor = "c1", Subject = parent.Subject + "#c1" };
        var opened = await intake.TakeAsync(parent);
        (await intake.TakeAsync(contributor)).Reasons[0].Kind.ShouldBe(ReasonKind.SameAlarm);

        var intake2 = new IntakeBench();
        var first = await intake2.TakeAsync(contributor with { OccurredAt = parent.OccurredAt });
        (await intake2.TakeAsync(parent with { OccurredAt = contributor.OccurredAt })).IncidentId.ShouldBe(first.IncidentId);
        (await intake2.TakeAsync(contributor with { Subject = parent.Subject + "#c2", Contributor = "c2", SourceId = "c2" })).IncidentId.ShouldBe(first.IncidentId);
        opened.IncidentId.ShouldNotBe(first.IncidentId);
    }

    [Fact]
    public async Task A_composite_and_its_triggering_children_are_one_thing_whichever_comes_first()
    {
        var composite = Firing("shop", 1, "composite") with { Component = null, Children = [Arn("billing"), Arn("checkout")] };
        var child = await intake.TakeAsync(Firing("billing"));
        (await intake.TakeAsync(composite)).IncidentId.ShouldBe(child.IncidentId);
        (await intake.TakeAsync(Firing("checkout", 2))).IncidentId.ShouldBe(child.IncidentId, "the composite named it");
    }

    [Fact]
    public async Task The_priority_is_the_highest_members_and_its_rise_is_signalled()
    {
        await intake.TakeAsync(Firing("orders-db", hint: SeverityHint.Low));
        (await intake.Store.ListPendingAsync(10, default)).ShouldBeEmpty();

        await intake.TakeAsync(Firing("orders-db", 1, "cpu", SeverityHint.Critical));
        await intake.TakeAsync(Firing("orders-db", 2, "disk", SeverityHint.Low));

        (await intake.IncidentAsync()).Priority.ShouldBe(SeverityHint.Critical);
        var pending = (await intake.Store.ListPendingAsync(10, default)).ShouldHaveSingleItem();
        pending.Signals.ShouldBe(PendingSignals.Changed);
        pending.Reason.ShouldBe("the priority rises from low to critical");
    }

    [Fact]
    public async Task A_component_that_is_new_is_signalled_and_one_that_is_known_is_not()
    {
        await intake.TakeAsync(Firing("orders-db"));
        await intake.TakeAsync(Firing("orders-db", 1, "cpu"));
        (await intake.Store.ListPendingAsync(10, default)).ShouldBeEmpty();
        await intake.TakeAsync(Firing("cart", 2));
        (await intake.Store.ListPendingAsync(10, default)).ShouldHaveSingleItem().Reason.ShouldBe("cart is new to the incident");
        (await intake.IncidentAsync()).Components.ShouldBe(["orders-db", "cart"]);
    }

    [Fact]
    public async Task An_incident_names_its_first_hundred_components()
    {
        var graph = new ServiceGraph([], Enumerable.Range(1, 120).Select(i => new Call("hub", $"s{i}")));
        intake = new IntakeBench(graph);
        await intake.TakeAsync([Firing("hub"), .. Enumerable.Range(1, 99).Select(i => Firing($"s{i}", 1))]);
        (await intake.IncidentAsync()).Components.Count.ShouldBe(100);
        await intake.TakeAsync(Firing("s100", 2));
        var incident = await intake.IncidentAsync();
        (incident.Components.Count, incident.MemberCount).ShouldBe((100, 101));
    }
}
