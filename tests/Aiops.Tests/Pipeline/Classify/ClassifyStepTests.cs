using Aiops.Analysis.Topology;
using Aiops.Pipeline;
using Aiops.Pipeline.Classify;
using Aiops.Pipeline.GatherContext;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Tests.Pipeline.Classify;

public class ClassifyStepTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 14, 10, 17, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Latency", IncidentKind.Latency)]
    [InlineData("5XXError", IncidentKind.Errors)]
    [InlineData("CPUUtilization", IncidentKind.Saturation)]
    [InlineData("Invocations", IncidentKind.Traffic)]
    public void The_kind_is_what_the_alarm_measures(string metric, IncidentKind expected)
        => Judge(Alarm("an-alarm") with { Signal = Metric(metric) }).Kind.ShouldBe(expected);

    [Fact]
    public void The_majority_of_the_firing_alarms_decides_the_kind()
    {
        var judged = Judge(
            Alarm("a") with { Signal = Metric("CPUUtilization") },
            Alarm("b") with { Signal = Metric("5XXError") },
            Alarm("c") with { Signal = Metric("5XXError") });
        judged.Kind.ShouldBe(IncidentKind.Errors);
        judged.Reasons[0].ShouldBe("b measures errors (2 of 3 alarms agree).");
    }

    [Fact]
    public void A_security_finding_gets_the_ticket_alone()
    {
        var judged = Judge(Alarm("finding") with { Source = TriggerSource.GuardDuty });
        judged.Kind.ShouldBe(IncidentKind.Security);
        judged.Depth.ShouldBe(AnalysisDepth.None);
    }

    [Fact]
    public void An_alarm_that_tells_nothing_is_of_unknown_kind_and_still_analysed()
    {
        var judged = Judge(Alarm("xyzzy"));
        judged.Kind.ShouldBe(IncidentKind.Unknown);
        judged.Severity.ShouldBe(Severity.Sev3);
        judged.Depth.ShouldBe(AnalysisDepth.Full);
    }

    [Theory]
    [InlineData(SeverityHint.Critical, Severity.Sev1)]
    [InlineData(SeverityHint.High, Severity.Sev2)]
    [InlineData(SeverityHint.Medium, Severity.Sev3)]
    [InlineData(SeverityHint.Low, Severity.Sev4)]
    [InlineData(SeverityHint.None, Severity.Sev3)]
    public void The_senders_claim_comes_first(SeverityHint hint, Severity expected)
        => Judge(Alarm("cpu") with { SeverityHint = hint }).Severity.ShouldBe(expected);

    [Theory]
    [InlineData(0.01, Severity.Sev3)]
    [InlineData(0.0, Severity.Sev2)]
    [InlineData(-0.5, Severity.Sev2)]
    public void A_spent_error_budget_raises_the_severity_and_one_nearly_spent_does_not(double remaining, Severity expected)
    {
        var judged = Step().Judge(Facts([Alarm("cpu")]) with { Objectives = [new ObjectiveBudget("checkout-availability", "checkout", 0.999, remaining)] });
        judged.Severity.ShouldBe(expected);
    }

    [Theory]
    [InlineData(4, Severity.Sev3)]
    [InlineData(5, Severity.Sev2)]
    public void Five_components_at_once_raise_the_severity(int components, Severity expected)
    {
        var facts = Facts([Alarm("cpu")]);
        var wide = facts with { Incident = facts.Incident with { Components = [.. Enumerable.Range(1, components).Select(i => $"s{i}")] } };
        Step().Judge(wide).Severity.ShouldBe(expected);
    }

    [Fact]
    public void Errors_at_an_entry_point_are_what_customers_see()
    {
        var facts = Facts([Alarm("a") with { Signal = Metric("5XXError") }]) with
        {
            Topology = new ServiceGraph([], [new Call("checkout", "orders")]),
        };
        Step().Judge(facts).Severity.ShouldBe(Severity.Sev2);
        Step().Judge(facts with { Topology = new ServiceGraph([], [new Call("shop", "checkout")]) }).Severity.ShouldBe(Severity.Sev3);
    }

    [Fact]
    public void Outside_production_nobody_is_woken_but_an_unnamed_environment_counts_as_production()
    {
        var staging = Alarm("a") with { SeverityHint = SeverityHint.Critical, Tags = new Dictionary<string, string> { ["Environment"] = "staging" } };
        Judge(staging).Severity.ShouldBe(Severity.Sev4);
        Judge(staging, Alarm("b") with { SeverityHint = SeverityHint.Critical }).Severity.ShouldBe(Severity.Sev1);
    }

    [Fact]
    public void Every_severity_comes_with_its_reasons()
    {
        var judged = Judge(Alarm("cpu") with { SeverityHint = SeverityHint.High });
        judged.Reasons.ShouldContain("The alarm itself claims high.");
    }

    private static Classification Judge(params Trigger[] members) => Step().Judge(Facts(members));

    private static ClassifyStep Step()
        => new(null!, null!, null!, null, null, SeverityRules.Default, NullLogger<ClassifyStep>.Instance);

    private static ClassificationFacts Facts(IReadOnlyList<Trigger> members) => new(
        new Incident
        {
            Id = "INC-1",
            Scope = "111122223333",
            Status = IncidentStatus.Open,
            Title = members[0].Title,
            OpenedAt = At,
            LastEventAt = At,
            First = members[0],
            Components = ["checkout"],
        },
        members,
        ServiceGraph.Empty,
        []);

    private static Trigger Alarm(string name) => new()
    {
        Source = TriggerSource.CloudWatch,
        SourceId = name,
        Subject = $"arn:aws:cloudwatch:eu-west-1:111122223333:alarm:{name}",
        State = "ALARM",
        Condition = TriggerCondition.Firing,
        OccurredAt = At,
        Title = name,
    };

    private static SignalReference Metric(string name) => new("AWS/Test", name, new Dictionary<string, string>());
}
