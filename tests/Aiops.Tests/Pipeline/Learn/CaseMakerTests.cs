using System.Text.Json;
using Aiops.Analysis.Telemetry;
using Aiops.Analysis.Topology;
using Aiops.Pipeline;
using Aiops.Pipeline.Classify;
using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Learn;

namespace Aiops.Tests.Pipeline.Learn;

public sealed class CaseMakerTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);
    private static readonly SuspectSignature[] Suspects = [new("orders-db", "AWS::RDS::DBInstance", ["metric:saturation:up"], 0.8), new("orders", null, ["place:caller"], 0.1)];

    private readonly DocumentsInMemory documents = new();
    private readonly OneIncident incidents = OneIncident.Of("checkout", Start, "5xx");

    [Fact]
    public async Task A_case_says_who_judged_which_round_and_where()
    {
        await StoreRoundAsync(2);
        var made = await MakeAsync(Verdict.Corrected, "orders-db");
        (made.Verdict, made.Reviewer, made.ReviewedAt, made.Round, made.Ticket, made.Severity)
            .ShouldBe((Verdict.Corrected, "kim", Start.AddHours(1), 2, "TICKET-7", Severity.Sev2));
    }

    [Fact]
    public async Task Its_fingerprint_is_what_the_judged_round_saw()
    {
        await StoreRoundAsync(2);
        var fingerprint = (await MakeAsync(Verdict.Confirmed, null)).Fingerprint;
        fingerprint.Kind.ShouldBe(IncidentKind.Errors);
        fingerprint.Changes.ShouldBe(["deployment"], "an alarm that was mended, and a change long before, are none");
        fingerprint.Suspects.Select(suspect => suspect.Component).ShouldBe(["orders-db", "orders"]);
        fingerprint.Shape.ShouldBe(["AWS::Lambda::Function>?", "AWS::Lambda::Function>?>AWS::RDS::DBInstance"]);
    }

    [Fact]
    public async Task Confirming_needs_no_name_and_rejecting_has_none()
    {
        await StoreRoundAsync(2);
        (await MakeAsync(Verdict.Confirmed, null)).Component.ShouldBe("orders-db");
        var rejected = await MakeAsync(Verdict.Rejected, "orders");
        (rejected.Component, rejected.Named).ShouldBe((null, "orders-db"));
    }

    [Fact]
    public async Task A_case_can_be_made_of_an_incident_that_no_stage_left_anything_of()
    {
        var made = await MakeAsync(Verdict.Corrected, "orders-db");
        (made.Named, made.Severity, made.Fingerprint.Kind).ShouldBe((null, null, IncidentKind.Unknown));
        made.Fingerprint.Shape.ShouldBeEmpty();
    }

    [Fact]
    public void What_was_stored_before_there_was_more_to_keep_is_still_read()
    {
        const string Old = """{"incidentId":"INC-1","title":"t","openedAt":"2026-03-04T10:00:00+00:00","fingerprint":{"kind":"errors","components":["a"],"types":[],"metrics":[],"logPatterns":[]},"component":"b"}""";
        var read = JsonSerializer.Deserialize(Old, CaseJson.Default.PastCase)!;
        (read.Verdict, read.Round, read.Reviewer).ShouldBe((Verdict.Confirmed, 0, null));
        (read.Fingerprint.Changes.Count, read.Fingerprint.Shape.Count, read.Fingerprint.Suspects.Count).ShouldBe((0, 0, 0));
    }

    [Fact]
    public void A_shape_names_no_component_and_reaches_as_far_as_faults_travel()
    {
        Component[] components = [.. Enumerable.Range(0, 7).Select(i => new Component($"service-{i}", $"T{i}"))];
        ServiceGraph graph = new(components, Enumerable.Range(0, 6).Select(i => new Call($"service-{i}", $"service-{i + 1}")));
        PropagationShape.Of(graph, "service-1", ["service-1", "service-0", "service-5", "service-6"]).ShouldBe(["T1", "T1<T0", "T1>T2>T3>T4>T5"]);
        PropagationShape.Of(graph, "service-6", components.Select(one => one.Name)).Count.ShouldBe(3, "of seven the first five count, and two of those are too far");
        PropagationShape.Of(graph, null, ["service-1"]).ShouldBeEmpty();
    }

    private Task<PastCase> MakeAsync(Verdict verdict, string? component) => new CaseMaker(documents, incidents, (_, _) => Task.FromResult<string?>("TICKET-7"))
        .MakeAsync(
            incidents.Incident,
            new Outcome { IncidentId = incidents.Incident.Id, Verdict = verdict, Component = component, Reviewer = "kim", At = Start.AddHours(1) },
            2,
            default);

    private async Task StoreRoundAsync(int round)
    {
        var id = incidents.Incident.Id;
        Classification classification = new() { Kind = IncidentKind.Errors, Severity = Severity.Sev2, Depth = AnalysisDepth.Full, Reasons = [] };
        await documents.PutAsync(
            DocumentKeys.Classification(id, round), JsonSerializer.SerializeToUtf8Bytes(classification, ClassifyJson.Default.Classification), default);
        Diagnosis diagnosis = new()
        {
            Hypotheses = [new Hypothesis { Rank = 1, Component = "orders-db", Statement = "", Kind = CauseKind.Saturation, Confidence = 0.8, Role = SuspectRole.Cause }],
            Evidence = [],
            Signatures = Suspects,
        };
        await documents.PutAsync(DocumentKeys.Diagnosis(id, round), JsonSerializer.SerializeToUtf8Bytes(diagnosis, DiagnosisJson.Default.Diagnosis), default);
        ContextDocuments parts = new(documents);
        var windows = AnalysisWindows.For(incidents.Incident, Start);
        await parts.WriteAsync(id, round, Part(ContextSource.Topology, windows) with
        {
            Topology = new ServiceGraph(
                [new Component("checkout", "AWS::Lambda::Function"), new Component("orders-db", "AWS::RDS::DBInstance")],
                [new Call("checkout", "orders"), new Call("orders", "orders-db")]),
        }, default);
        await parts.WriteAsync(id, round, Part(ContextSource.Changes, windows) with
        {
            Changes =
            [
                new Change(windows.Incident.Start.AddMinutes(-30), "orders", ChangeKind.Deployment, "out"),
                new Change(windows.Incident.Start.AddMinutes(-31), "orders", ChangeKind.Scaling, "up"),
                new Change(windows.Incident.Start, "checkout", ChangeKind.Alarm, "mended"),
            ],
        }, default);
    }

    private static ContextPart Part(ContextSource source, AnalysisWindows windows)
        => new() { Source = new SourcePart(source, SourceStatus.Complete, null, []), Windows = windows };
}
