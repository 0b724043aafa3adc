using Aiops.Console.Accuracy;
using Aiops.Console.Reading;
using Aiops.Pipeline;

namespace Aiops.Console.Tests;

public sealed class AccuracyTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 16, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_interval_is_Wilsons()
    {
        // 8 of 10: the textbook's 0.490 to 0.943.
        new Share(8, 10).Low.ShouldBe(0.490, 0.001);
        new Share(8, 10).High.ShouldBe(0.943, 0.001);
        (new Share(0, 5).Low, new Share(5, 5).High).ShouldBe((0.0, 1.0));
    }

    [Fact]
    public void Only_what_people_judged_counts()
    {
        var accuracy = AccuracyOverTime.Of(
        [
            Judged(Verdict.Confirmed, Monday, 0.9), Judged(Verdict.Corrected, Monday, 0.8, "third"), Judged(Verdict.Corrected, Monday, 0.8, "fourth"),
            Judged(Verdict.Rejected, Monday, 0.3), Judged(Verdict.Resolved, Monday, 0.9), Judged(Verdict.Unreviewed, Monday, 0.9),
        ]);
        accuracy.First.ShouldBe(new Share(1, 4));
        accuracy.FirstThree.ShouldBe(new Share(2, 4));
        accuracy.Incidents.ShouldBe(6);
    }

    [Fact]
    public void Weeks_begin_on_Mondays_and_have_no_gaps()
    {
        var accuracy = AccuracyOverTime.Of(
            [Judged(Verdict.Confirmed, Monday.AddTicks(-1), 0.9), Judged(Verdict.Confirmed, Monday, 0.9), Judged(Verdict.Rejected, Monday.AddDays(20), 0.9)]);
        accuracy.Weeks.Select(week => (week.Monday.Day, week.Reviews)).ShouldBe([(9, 1), (16, 1), (23, 0), (30, 1)]);
    }

    [Fact]
    public void Confidence_is_held_against_what_was_right()
    {
        var accuracy = AccuracyOverTime.Of([.. Enumerable.Range(0, 10).Select(i => Judged(i < 7 ? Verdict.Confirmed : Verdict.Corrected, Monday, 0.7)), Judged(Verdict.Confirmed, Monday, 1)]);
        accuracy.Bins.Count.ShouldBe(2);
        accuracy.Bins[0].Said.ShouldBe(0.7, 1e-9);
        accuracy.Bins[0].Right.ShouldBe(new Share(7, 10));
        accuracy.Bins[1].ShouldBe(new ConfidenceBin(1, new Share(1, 1)));
    }

    [Fact]
    public void Nothing_reviewed_draws_nothing()
    {
        var accuracy = AccuracyOverTime.Of([Judged(Verdict.Unreviewed, Monday, 0.9)]);
        (accuracy.Weeks.Count, accuracy.Bins.Count, accuracy.First.Of).ShouldBe((0, 0, 0));
    }

    private static IncidentDigest Judged(Verdict verdict, DateTimeOffset at, double confidence, string? component = null)
    {
        var first = new Trigger
        {
            Source = TriggerSource.Webhook,
            SourceId = "m",
            Subject = "s",
            State = "firing",
            Condition = TriggerCondition.Firing,
            OccurredAt = at,
            Title = "t",
        };
        var incident = new Incident
        {
            Id = "INC-1",
            Scope = "local",
            Status = IncidentStatus.Closed,
            Title = "t",
            OpenedAt = at,
            LastEventAt = at,
            First = first,
        };
        var outcome = new Outcome { IncidentId = "INC-1", Verdict = verdict, Component = component, Reviewer = "r", At = at };
        return new IncidentDigest(incident, 1, Severity.Sev2, IncidentKind.Errors, "c", confidence, ["first", "second", "third", "fourth"], outcome);
    }
}
