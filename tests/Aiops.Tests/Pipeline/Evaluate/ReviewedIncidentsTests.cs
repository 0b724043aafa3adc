using System.Text.Json;
using Aiops.Local.Hosting;
using Aiops.Local.Recordings;
using Aiops.Pipeline;
using Aiops.Pipeline.Evaluate;
using Aiops.Pipeline.Learn;

namespace Aiops.Tests.Pipeline.Evaluate;

public sealed class ReviewedIncidentsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_incident_is_judged_as_its_case_stands_and_not_at_all_once_that_is_taken_back()
    {
        await using var session = await ReplaySession.OpenAsync(
            Recording.Open(Path.Combine(TestPaths.Root, "recordings", "bad-deployment")), folder.File("state"), default);
        var report = (await session.RunAsync(default)).Reports[0];
        var host = session.Host;
        var stored = new ReviewedIncidents(host.Incidents, host.Incidents, host.Documents, host.Cases);
        (await stored.ReadAsync(default)).Judged.ShouldBeEmpty("nobody judged it");

        Outcome said = new() { IncidentId = report.Incident.Id, Verdict = Verdict.Confirmed, Severity = Severity.Sev4, Reviewer = "ana", At = report.Incident.LastEventAt };
        await host.Documents.PutAsync(DocumentKeys.Outcome(said.IncidentId), JsonSerializer.SerializeToUtf8Bytes(said, LearnJson.Default.Outcome), default);
        await host.Cases.WriteAsync(report.Incident, said, report.Round, default);
        var confirmed = (await stored.ReadAsync(default)).Judged.ShouldHaveSingleItem().Outcome;
        (confirmed.Component, confirmed.Severity, confirmed.At).ShouldBe((report.Diagnosis.Hypotheses[0].Component, Severity.Sev4, said.At));

        KnowledgeChange change = new(ChangeOrigin.Revision, "kim", said.At.AddDays(2));
        await host.Cases.ReviseAsync(
            LocalHost.KnowledgeScope, said.IncidentId, past => past with { Verdict = Verdict.Corrected, Component = "mail", Helped = ["bad-deployment"] }, change, default);
        var revised = (await stored.ReadAsync(default)).Judged.ShouldHaveSingleItem().Outcome;
        (revised.Verdict, revised.Component, revised.At).ShouldBe((Verdict.Corrected, "mail", change.At));
        revised.Helped.ShouldBe(["bad-deployment"]);

        await host.Cases.RevokeAsync(LocalHost.KnowledgeScope, said.IncidentId, change, default);
        var (judged, others) = await stored.ReadAsync(default);
        judged.ShouldBeEmpty();
        others.ShouldBeGreaterThan(0);
    }
}
