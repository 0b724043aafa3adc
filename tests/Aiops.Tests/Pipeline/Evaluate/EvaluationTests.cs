using Aiops.Local.Hosting;
using Aiops.Local.Recordings;
using Aiops.Pipeline;
using Aiops.Pipeline.Evaluate;
using Aiops.Pipeline.Recommend;

namespace Aiops.Tests.Pipeline.Evaluate;

public sealed class EvaluationTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_outcome_teaches_the_next_incident_and_never_its_own()
    {
        var one = await IncidentAsync();
        var wrong = one.Diagnosed[^1]; // The least suspect of all is said to be the cause, each time.
        var report = Run([.. Enumerable.Range(0, 6).Select(i => At(one.Judged, i, Corrected(wrong)))]);
        report.Curve[0].ShouldBe(new CurvePoint(1, 0, 0));
        report.Curve[^1].Off.ShouldBe(0);
        report.Curve[^1].On.ShouldBeGreaterThan(0.5);
    }

    [Fact]
    public async Task What_was_reviewed_after_an_incident_opened_is_not_known_to_it()
    {
        var one = await IncidentAsync();
        var late = Corrected(one.Diagnosed[^1]) with { At = Start.AddDays(365) };
        var report = Run([.. Enumerable.Range(0, 6).Select(i => At(one.Judged, i, late))]);
        report.Curve.ShouldAllBe(point => point.On == 0 && point.Off == 0);
    }

    [Fact]
    public async Task The_order_in_which_incidents_are_handed_in_does_not_matter()
    {
        var one = await IncidentAsync();
        List<JudgedIncident> all = [.. Enumerable.Range(0, 5).Select(i => At(one.Judged, i, Corrected(one.Diagnosed[i % 2])))];
        var forth = Run(all);
        all.Reverse();
        Run(all).Curve.ShouldBe(forth.Curve);
    }

    [Fact]
    public async Task Rejected_answers_count_for_confidence_and_not_for_rates()
    {
        var one = await IncidentAsync();
        var rejected = Corrected("") with { Verdict = Verdict.Rejected, Component = null };
        var figures = Run([At(one.Judged, 0, rejected)]).Figures.ToDictionary(figure => figure.Name);
        figures["top1"].Count.ShouldBe(0);
        figures["top1"].On.ShouldBeNull();
        figures["brier"].On!.Value.ShouldBeGreaterThan(0.01);
    }

    [Fact]
    public async Task Severity_and_useful_actions_are_counted_where_people_said_so()
    {
        var one = await IncidentAsync();
        var severity = one.Judged.Classification!.Severity;
        var other = severity == Severity.Sev1 ? Severity.Sev2 : Severity.Sev1;
        var figures = Run([
            At(one.Judged, 0, Corrected(one.Diagnosed[0]) with { Severity = severity, Helped = [one.Recommended] }),
            At(one.Judged, 1, Corrected(one.Diagnosed[0]) with { Severity = other, Helped = ["no-such-playbook"] }),
            At(one.Judged, 2, Corrected(one.Diagnosed[0])),
        ]).Figures.ToDictionary(figure => figure.Name);
        (figures["severityAgreement"].Count, figures["severityAgreement"].On).ShouldBe((2, 0.5));
        (figures["actionUsefulness"].Count, figures["actionUsefulness"].Off).ShouldBe((2, 0.5));
    }

    [Fact]
    public void Nothing_to_judge_gives_figures_without_values()
    {
        var report = Run([]);
        report.Figures.ShouldAllBe(figure => figure.Count == 0 && figure.On == null);
        report.Curve.ShouldBeEmpty();
    }

    private static EvaluationReport Run(IReadOnlyList<JudgedIncident> incidents)
        => new Evaluation(((PlaybookLoad.Loaded)PlaybookLibrary.Load(null)).Library, TimeProvider.System).Run(incidents, default);

    private static JudgedIncident At(JudgedIncident one, int day, Outcome outcome)
    {
        var incident = one.Incident with { Id = $"INC-{day}", OpenedAt = Start.AddDays(day) };
        return one with { Incident = incident, Outcome = outcome with { IncidentId = incident.Id, At = outcome.At == default ? incident.OpenedAt.AddHours(1) : outcome.At } };
    }

    private static Outcome Corrected(string component)
        => new() { IncidentId = "", Verdict = Verdict.Corrected, Component = component, Reviewer = "ana", At = default };

    private async Task<(JudgedIncident Judged, IReadOnlyList<string> Diagnosed, string Recommended)> IncidentAsync()
    {
        var recording = Recording.Open(Path.Combine(TestPaths.Root, "recordings", "bad-deployment"));
        await using var session = await ReplaySession.OpenAsync(recording, folder.File("state"), default);
        var report = (await session.RunAsync(default)).Reports[0];
        var stored = new ReviewedIncidents(session.Host.Incidents, session.Host.Incidents, session.Host.Documents, session.Host.Cases);
        var judged = await stored.ReadAsync(report.Incident, Corrected("x"), default);
        report.Diagnosis.Hypotheses.Count.ShouldBeGreaterThan(1);
        return (judged!, [.. report.Diagnosis.Hypotheses.Select(hypothesis => hypothesis.Component)], report.Recommendations[0].Playbook);
    }
}
